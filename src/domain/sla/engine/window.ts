import { DAY_MS, HOUR_MS, type Instant, SECOND_MS } from '../../../lib/instant.ts'
import { assertWithinReach, businessMsBetween, clockStartAt } from './business-time.ts'
import type { Calendar } from './calendar.ts'
import { dayOf } from './civil-time.ts'
import { countedTimeOf } from './counted-time.ts'
import { addUsedMs, type Pause } from './pauses.ts'
import { civilAt, instantOfCivil, skippedDays } from './zone-offsets.ts'

/** How long a promise gives, as policies and the public JSON spell it. Seconds are for the check command. */
export type Window = { hours: number } | { bdays: number } | { weeks: number } | { seconds: number }

/**
 * The deadline of a window that starts here (rules 6 to 9), moved by exactly the business time in pauses (21).
 * Meeting it is inclusive: what is done at this very instant is in time.
 * @throws DomainError `invalid` if the deadline is more than a hundred years away
 */
export function windowEndsAt(
  calendar: Calendar,
  start: Instant,
  window: Window,
  pauses: readonly Pause[] = [],
): Instant {
  return addUsedMs(calendar, start, windowMs(calendar, start, window), pauses)
}

/**
 * The instant at which three quarters of the window are used (rule 25).
 * @throws DomainError `invalid` if that is more than a hundred years away
 */
export function atRiskAt(
  calendar: Calendar,
  start: Instant,
  window: Window,
  pauses: readonly Pause[] = [],
): Instant {
  const threeQuarters = Math.ceil((windowMs(calendar, start, window) * 3) / 4)
  return addUsedMs(calendar, start, threeQuarters, pauses)
}

/** The business time that a window holds when it starts here, in milliseconds, pauses left aside. */
function windowMs(calendar: Calendar, start: Instant, window: Window): number {
  if ('seconds' in window) return Math.round(window.seconds * SECOND_MS)
  if ('hours' in window) return Math.round(window.hours * HOUR_MS)
  const days = 'bdays' in window ? window.bdays : window.weeks * calendar.weekdays.length
  return businessMsBetween(calendar, start, sameWallClock(calendar, start, days))
}

/**
 * The same wall clock so many counting dates later (rule 7), before it is made canonical. A clock that starts
 * later than the start instant reads its opening, even where a clock change has left that opening out.
 */
function sameWallClock(calendar: Calendar, start: Instant, days: number): Instant {
  const { timeZone } = calendar
  const counted = countedTimeOf(calendar)
  const clockStart = clockStartAt(calendar, start)
  const civil = civilAt(timeZone, clockStart)
  const firstDay = dayOf(civil)
  const time = (clockStart > start ? counted.openingOf(civil) : civil) - firstDay * DAY_MS
  // A date that the zone leaves out is nobody's business day, so each one met on the way asks for another.
  for (let skipped = 0; ; ) {
    const day = counted.countingDay(counted.countingDaysBefore(firstDay) + days + skipped)
    assertWithinReach(clockStart, clockStart + (day - firstDay) * DAY_MS)
    const at = instantOfCivil(timeZone, day * DAY_MS + time)
    const skippedNow = skippedDays(timeZone, clockStart, at).filter(counted.isCountingDay).length
    if (skippedNow === skipped) return at
    skipped = skippedNow
  }
}
