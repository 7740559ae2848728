import { businessMsBetween } from '../domain/sla/engine/business-time.ts'
import type { Calendar } from '../domain/sla/engine/calendar.ts'
import { STANDARD_CALENDAR } from '../domain/sla/terms/standard-terms.ts'
import { DAY_MS, type Instant, SECOND_MS } from '../lib/instant.ts'

/** The demo's page lives in Indian time: its midnight is never UTC's, and it knows no clock change. */
export const DEMO_ZONE = 'Asia/Kolkata'

export const DEMO_CALENDAR: Calendar = {
  timeZone: DEMO_ZONE,
  weekdays: STANDARD_CALENDAR.weekdays,
  excludedDates: STANDARD_CALENDAR.excludedDates,
  windows: null,
}

/**
 * Instants told from the demo's now: the same story on whatever day it is started. A weekday of an earlier week
 * is always past, a weekday of a later week always ahead.
 */
export interface Almanac {
  now: Instant
  /** So many weeks ago (ahead, when negative), on an ISO weekday (1 is Monday), at a local `HH:MM`. */
  week(ago: number, weekday: number, time: string): Instant
  /** So many days ago (ahead, when negative), at a local `HH:MM`. */
  day(ago: number, time: string): Instant
}

export function almanacOf(now: Instant): Almanac {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(DEMO_ZONE).toPlainDate()
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: DEMO_ZONE, plainTime: time }).epochMilliseconds
  return {
    now,
    week: (ago, weekday, time) => at(today.add({ days: weekday - today.dayOfWeek - 7 * ago }), time),
    day: (ago, time) => at(today.subtract({ days: ago }), time),
  }
}

/**
 * The latest instant after which so much business time has passed by `now`. At a weekend it lies on Friday, because
 * the clock stands still: whatever holds after that much working time holds then as well.
 */
export function businessMsAgo(now: Instant, ms: number): Instant {
  let [early, late] = [now - ms - 4 * DAY_MS, now]
  // Whole seconds are exact enough, and look like what people record.
  while (late - early > SECOND_MS) {
    const middle = early + Math.floor((late - early) / 2)
    if (businessMsBetween(DEMO_CALENDAR, middle, now) >= ms) early = middle
    else late = middle
  }
  return early
}

/** `YYYY-MM-DD` in the demo's zone. */
export function localDate(at: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(DEMO_ZONE).toPlainDate().toString()
}
