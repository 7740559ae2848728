import type { Calendar } from '../../../../src/domain/sla/engine/calendar.ts'
import type { Pause } from '../../../../src/domain/sla/engine/pauses.ts'
import type { Window } from '../../../../src/domain/sla/engine/window.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../../../src/lib/instant.ts'

// A second engine to compare the first one with: it asks the platform what the clock reads, minute after minute, and
// knows no shortcut. Clocks have changed at whole minutes since 1999 and windows open and close at them, so between
// two whole minutes nothing changes but a pause.

/** What each minute of a calendar came to: a walk looks at most of them more than once. */
const looked = new WeakMap<Calendar, Map<number, boolean>>()

/** Whether business time passes: rule 3 by the letter. */
export function countsOnTheWall(calendar: Calendar, at: Instant): boolean {
  const minutes = looked.get(calendar) ?? new Map<number, boolean>()
  looked.set(calendar, minutes)
  const minute = Math.floor(at / MINUTE_MS)
  const known = minutes.get(minute)
  if (known !== undefined) return known
  const local = localAt(calendar, at)
  const does = isOpen(calendar, local) && isCountingDate(calendar, local)
  minutes.set(minute, does)
  return does
}

/** Whether business time may pass on this local date, by its weekday and the excluded dates. */
export function isCountingDate({ weekdays, excludedDates }: Calendar, date: LocalDate): boolean {
  if (!weekdays.includes(date.dayOfWeek)) return false
  return excludedDates.length === 0 || !excludedDates.includes(date.toString().slice(0, 'YYYY-MM-DD'.length))
}

/** Why an instant that does not count is left out; a holiday on a weekend is a weekend. */
export function reasonOnTheWall(calendar: Calendar, at: Instant): string {
  const local = localAt(calendar, at)
  if (isCountingDate(calendar, local)) return 'outside hours'
  return calendar.weekdays.includes(local.dayOfWeek) ? 'holiday' : 'weekend'
}

/** The earliest counting instant at or after a start. */
export function clockStartOnTheWall(calendar: Calendar, start: Instant): Instant {
  let at = start
  while (!countsOnTheWall(calendar, at)) at = nextMinute(at)
  return at
}

/** Business time in `[from, to)`, in milliseconds. */
export function elapsedOnTheWall(calendar: Calendar, from: Instant, to: Instant): number {
  let elapsed = 0
  for (let at = from; at < to; at = nextMinute(at)) {
    if (countsOnTheWall(calendar, at)) elapsed += Math.min(to, nextMinute(at)) - at
  }
  return elapsed
}

/** The deadline and the instant at which three quarters are used, both moved by pauses. */
export function limitsOnTheWall(calendar: Calendar, start: Instant, window: Window, pauses: Pause[]) {
  const budget = budgetOnTheWall(calendar, start, window)
  const threeQuarters = Math.ceil((budget * 3) / 4)
  const atRisk = usedUpOnTheWall(calendar, start, threeQuarters, pauses)
  return { atRisk, deadline: usedUpOnTheWall(calendar, atRisk, budget - threeQuarters, pauses) }
}

/**
 * The same wall clock so many counting dates later (rule 7), before it is made canonical. The clock starts later than
 * the start if so told, and then reads its opening.
 */
export function sameWallClockLater(
  calendar: Calendar,
  clockStart: Instant,
  days: number,
  { atOpening }: { atOpening: boolean },
): Instant {
  const { timeZone } = calendar
  const local = localAt(calendar, clockStart)
  let date = local.toPlainDate()
  for (let left = days; left > 0; ) {
    date = date.add({ days: 1 })
    if (isCountingDate(calendar, date) && isOnTheWall(timeZone, date)) left -= 1
  }
  const time = local.toPlainTime()
  const plainTime = atOpening ? openingOnTheWall(calendar, time) : time
  return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
}

/** Of all instants with the same elapsed business time the earliest (rule 9). */
export function canonicalOnTheWall(calendar: Calendar, at: Instant): Instant {
  let canonical = at
  while (!countsOnTheWall(calendar, canonical - 1)) {
    canonical = Math.floor((canonical - 1) / MINUTE_MS) * MINUTE_MS
  }
  return canonical
}

function budgetOnTheWall(calendar: Calendar, start: Instant, window: Window): number {
  if ('hours' in window) return Math.round(window.hours * HOUR_MS)
  if ('seconds' in window) return Math.round(window.seconds * SECOND_MS)
  const clockStart = clockStartOnTheWall(calendar, start)
  const days = 'bdays' in window ? window.bdays : window.weeks * calendar.weekdays.length
  const end = sameWallClockLater(calendar, clockStart, days, { atOpening: clockStart > start })
  return elapsedOnTheWall(calendar, start, end)
}

function usedUpOnTheWall(calendar: Calendar, start: Instant, budget: number, pauses: Pause[]): Instant {
  let [at, left] = [start, budget]
  while (left > 0) {
    // Until the minute or a pause begins or ends, nothing changes.
    let next = nextMinute(at)
    for (const { from, to } of pauses) {
      if (from > at) next = Math.min(next, from)
      if (to > at) next = Math.min(next, to)
    }
    const rests = pauses.some(({ from, to }) => from <= at && at < to)
    if (!rests && countsOnTheWall(calendar, at)) {
      if (next - at >= left) return at + left
      left -= next - at
    }
    at = next
  }
  return at
}

function nextMinute(at: Instant): Instant {
  return (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS
}

function localAt({ timeZone }: Calendar, at: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
}

/** What is read off a wall, from a zoned or a plain reading. */
type LocalDate = Pick<Temporal.PlainDate, 'dayOfWeek' | 'toString'>
type LocalTime = Pick<Temporal.PlainTime, 'hour' | 'minute'>

/** Apia's clocks never showed 30 December 2011; a day without a midnight begins later, but on its own date. */
function isOnTheWall(timeZone: string, date: Temporal.PlainDate): boolean {
  return date.toZonedDateTime(timeZone).toPlainDate().equals(date)
}

function isOpen({ windows }: Calendar, { hour, minute }: LocalTime): boolean {
  if (windows === null) return true
  const now = clockFace(hour, minute)
  return windows.some(([open, close]) => open <= now && now < close)
}

/** Back on the wall, minute by minute, to where business time began. */
function openingOnTheWall(calendar: Calendar, time: Temporal.PlainTime): Temporal.PlainTime {
  let opening = time.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  while (opening.hour + opening.minute > 0) {
    const earlier = opening.subtract({ minutes: 1 })
    if (!isOpen(calendar, earlier)) break
    opening = earlier
  }
  return opening
}

/** `HH:MM`, as windows are spelled. */
function clockFace(hour: number, minute: number): string {
  return `${hour < 10 ? '0' : ''}${hour}:${minute < 10 ? '0' : ''}${minute}`
}
