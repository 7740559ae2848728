import { localDateOf } from '../../../lib/dates.ts'
import { DAY_MS, type Instant } from '../../../lib/instant.ts'
import { businessMsBetween, clockStartAt, counts } from '../engine/business-time.ts'
import type { Calendar } from '../engine/calendar.ts'
import { parseDate, weekdayOf } from '../engine/civil-time.ts'
import { excludedBetween } from '../engine/excluded-time.ts'
import { instantOfCivil } from '../engine/zone-offsets.ts'

/** Local times that are open on some weekdays, half-open; `24:00` closes with the day. */
export interface DayHours {
  /** ISO weekdays, 1 (Monday) to 7 (Sunday). */
  weekdays: number[]
  /** `HH:MM` */
  opens: string
  /** `HH:MM`, later than it opens. */
  closes: string
}

/** When something is open. No two entries of `hours` overlap. */
export interface OpeningHours {
  /** IANA name. */
  timeZone: string
  hours: DayHours[]
  /** Local dates that are closed all day, `YYYY-MM-DD`. */
  excludedDates: string[]
}

/** Whether it is open, and the instant at which that changes; null when it is open for good. */
export interface OpenState {
  isOpen: boolean
  until: Instant | null
}

/**
 * The state at an instant, pointwise as the engine counts: exact over clock changes, and hours that touch, also
 * over midnight, are one opening.
 * @throws DomainError `invalid` for hours that do not open within 400 days, which validation rules out
 */
export function openState(opening: OpeningHours, now: Instant): OpenState {
  const calendars = calendarsOf(opening)
  const isOpen = calendars.some((calendar) => counts(calendar, now))
  const opensAt = () => Math.min(...calendars.map((calendar) => clockStartAt(calendar, now)))
  return { isOpen, until: isOpen ? closesAt(opening, calendars, now) : opensAt() }
}

/** How long it is open in `[from, to)`, in milliseconds of real time. */
export function openMsBetween(opening: OpeningHours, from: Instant, to: Instant): number {
  return calendarsOf(opening).reduce((sum, calendar) => sum + businessMsBetween(calendar, from, to), 0)
}

/** Excluded dates that would be open otherwise, from the date of an instant on, in order, each once. */
export function closedDatesFrom({ timeZone, hours, excludedDates }: OpeningHours, at: Instant): string[] {
  const first = localDateOf(at, timeZone)
  const opensOn = (date: string) => hours.some(({ weekdays }) => weekdays.includes(weekdayOfDate(date)))
  return [...new Set(excludedDates)].filter((date) => date >= first && opensOn(date)).sort()
}

/** An engine's calendar for each entry; as entries do not overlap, at most one of them counts at a time. */
function calendarsOf({ timeZone, hours, excludedDates }: OpeningHours): Calendar[] {
  return hours.map(({ weekdays, opens, closes }) => ({
    timeZone,
    weekdays,
    excludedDates,
    windows: [[opens, closes]],
  }))
}

/** A closed minute of the week comes within two weeks, even when a clock change leaves it out once. */
const WEEKLY_CLOSING_MS = 15 * DAY_MS

function closesAt(opening: OpeningHours, calendars: Calendar[], now: Instant): Instant | null {
  for (let at = now; at < now + WEEKLY_CLOSING_MS; ) {
    const open = calendars.find((calendar) => counts(calendar, at))
    if (open === undefined) return at
    at = countsUntil(open, at)
  }
  // The week has no closed minute, so only a date that is excluded ends this.
  const starts = closedDatesFrom(opening, now).map((date) => startOf(date, opening.timeZone))
  // A date that the zone leaves out starts with the one after it, which is open.
  const isClosed = (at: Instant) => !calendars.some((calendar) => counts(calendar, at))
  return starts.find((at) => at > now && isClosed(at)) ?? null
}

/** How long a calendar that counts goes on counting, as far as one day shows. */
export function countsUntil(calendar: Calendar, at: Instant): Instant {
  return excludedBetween(calendar, at, at + DAY_MS)[0]?.from ?? at + DAY_MS
}

function startOf(date: string, timeZone: string): Instant {
  return instantOfCivil(timeZone, (parseDate(date) ?? 0) * DAY_MS)
}

function weekdayOfDate(date: string): number {
  return weekdayOf(parseDate(date) ?? 0)
}
