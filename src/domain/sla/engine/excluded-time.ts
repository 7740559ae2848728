import { DAY_MS, type Instant } from '../../../lib/instant.ts'
import type { Calendar } from './calendar.ts'
import { type CivilDay, type CivilMs, dayOf, weekdayOf } from './civil-time.ts'
import { type CountedTime, countedTimeOf } from './counted-time.ts'
import { segmentsFrom } from './zone-offsets.ts'

/** Time that a calendar leaves out, half-open. A public holiday on a Sunday is a weekend. */
export interface Excluded {
  from: Instant
  to: Instant
  why: 'weekend' | 'holiday' | 'outside hours'
}

/** What the calendar leaves out between two instants, in order, touching stretches of one reason joined. */
export function excludedBetween(calendar: Calendar, from: Instant, to: Instant): Excluded[] {
  const excluded: Excluded[] = []
  if (to <= from) return excluded
  for (const segment of segmentsFrom(calendar.timeZone, from)) {
    const first = Math.max(from, segment.from) + segment.offsetMs
    const last = Math.min(to, segment.to) + segment.offsetMs
    for (const stretch of excludedOnWall(calendar, first, last)) {
      append(excluded, {
        ...stretch,
        from: stretch.from - segment.offsetMs,
        to: stretch.to - segment.offsetMs,
      })
    }
    if (to <= segment.to) break
  }
  return excluded
}

function append(excluded: Excluded[], next: Excluded): void {
  const last = excluded.at(-1)
  if (last !== undefined && last.to === next.from && last.why === next.why) last.to = next.to
  else excluded.push(next)
}

function* excludedOnWall(calendar: Calendar, from: CivilMs, to: CivilMs): Generator<Excluded> {
  const counted = countedTimeOf(calendar)
  for (let day = dayOf(from); day * DAY_MS < to; day++) {
    for (const stretch of excludedOfDay(calendar, counted, day)) {
      const clipped = { ...stretch, from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }
      if (clipped.from < clipped.to) yield clipped
    }
  }
}

function excludedOfDay(calendar: Calendar, counted: CountedTime, day: CivilDay): Excluded[] {
  const midnight = day * DAY_MS
  if (!counted.isCountingDay(day)) {
    const why = calendar.weekdays.includes(weekdayOf(day)) ? 'holiday' : 'weekend'
    return [{ from: midnight, to: midnight + DAY_MS, why }]
  }
  const opens = [...counted.windows.map(([open]) => open), DAY_MS]
  const closes = [0, ...counted.windows.map(([, close]) => close)]
  return closes.map((close, index): Excluded => {
    return { from: midnight + close, to: midnight + (opens[index] ?? DAY_MS), why: 'outside hours' }
  })
}
