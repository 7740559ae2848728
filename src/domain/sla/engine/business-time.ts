import { DomainError } from '../../../errors.ts'
import { DAY_MS, type Instant } from '../../../lib/instant.ts'
import { type Calendar, LONGEST_SILENCE_DAYS } from './calendar.ts'
import { countedTimeOf } from './counted-time.ts'
import { civilAt, segmentsFrom } from './zone-offsets.ts'

/** No promise runs longer; a mistyped window ends in a sentence instead of in the year 9999. */
const LONGEST_WINDOW_DAYS = 100 * 366

/** Whether business time passes at this instant (rule 3): pointwise, by what the wall clock reads. */
export function counts(calendar: Calendar, at: Instant): boolean {
  const civil = civilAt(calendar.timeZone, at)
  return countedTimeOf(calendar).nextCounting(civil) === civil
}

/**
 * The earliest counting instant at or after a start (rule 4).
 * @throws DomainError `invalid` if the calendar does not count within 400 days
 */
export function clockStartAt(calendar: Calendar, start: Instant): Instant {
  const counted = countedTimeOf(calendar)
  for (const { from, to, offsetMs } of segmentsFrom(calendar.timeZone, start)) {
    if (from - start > LONGEST_SILENCE_DAYS * DAY_MS) break
    const at = counted.nextCounting(Math.max(start, from) + offsetMs) - offsetMs
    if (at < to) return at
  }
  throw new DomainError('invalid', `This calendar never counts within ${LONGEST_SILENCE_DAYS} days.`)
}

/**
 * Business time in `[from, to)`, in milliseconds; 0 when the end is not after the start.
 * Real time, not wall-clock time: a night with 25 hours counts 25.
 * Source: the published terms, "all timelines exclude Saturdays and Sundays".
 */
export function businessMsBetween(calendar: Calendar, from: Instant, to: Instant): number {
  if (to <= from) return 0
  const counted = countedTimeOf(calendar)
  let sum = 0
  for (const segment of segmentsFrom(calendar.timeZone, from)) {
    const first = Math.max(from, segment.from) + segment.offsetMs
    const last = Math.min(to, segment.to) + segment.offsetMs
    sum += counted.countedBefore(last) - counted.countedBefore(first)
    if (to <= segment.to) break
  }
  return sum
}

/**
 * The earliest instant by which so much business time has passed since the start (rules 6 and 9):
 * the end of Friday, never Monday 00:00.
 * @throws DomainError `invalid` if that is more than a hundred years away
 */
export function addBusinessMs(calendar: Calendar, start: Instant, ms: number): Instant {
  if (ms <= 0) return start
  const counted = countedTimeOf(calendar)
  let left = ms
  for (const { from, to, offsetMs } of segmentsFrom(calendar.timeZone, start)) {
    assertWithinReach(start, from)
    const before = counted.countedBefore(Math.max(start, from) + offsetMs)
    const available = counted.countedBefore(to + offsetMs) - before
    if (available >= left) return counted.earliestWith(before + left) - offsetMs
    left -= available
  }
  throw new Error('segments have no end')
}

/** @throws DomainError `invalid` if an instant lies more than a hundred years after a start */
export function assertWithinReach(start: Instant, at: Instant): void {
  if (at - start <= LONGEST_WINDOW_DAYS * DAY_MS) return
  throw new DomainError('invalid', 'This window ends more than a hundred years after its start.')
}
