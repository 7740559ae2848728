import { DomainError, type FieldError } from '../../../errors.ts'
import { isTimeZone } from '../../../lib/time-zones.ts'
import { type CivilDay, parseDate, parseTimeOfDay, weekdayOf } from './civil-time.ts'

/** Local opening and closing as `HH:MM`, half-open; `24:00` closes with the day. */
export type DayWindow = [open: string, close: string]

/** When business time passes. Versioned and append-only: whoever changes a calendar makes a new object. */
export interface Calendar {
  /** IANA name. */
  timeZone: string
  /** ISO weekdays that count, 1 (Monday) to 7 (Sunday). */
  weekdays: number[]
  /** Local dates that do not count, `YYYY-MM-DD`. */
  excludedDates: string[]
  /** Local times that count on a counting date; null is the whole day. */
  windows: DayWindow[] | null
}

/** A calendar that stands still for longer than this is a mistake, not a calendar. */
export const LONGEST_SILENCE_DAYS = 400

/**
 * Refuses a calendar that no clock could run by, naming every wrong field at once.
 * @throws DomainError `invalid`
 */
export function assertCalendar(calendar: Calendar): void {
  const fields = [
    ...zoneErrors(calendar.timeZone),
    ...weekdayErrors(calendar.weekdays),
    ...dateErrors(calendar.excludedDates),
    ...windowErrors(calendar.windows),
  ]
  if (fields.length === 0) fields.push(...silenceErrors(calendar))
  if (fields.length > 0)
    throw new DomainError('invalid', fields.map(({ message }) => message).join(' '), { fields })
}

function zoneErrors(timeZone: string): FieldError[] {
  if (isTimeZone(timeZone)) return []
  const message = `“${timeZone}” is not a time zone; use a name such as Europe/Paris, or UTC.`
  return [{ pointer: '/time_zone', message }]
}

function weekdayErrors(weekdays: number[]): FieldError[] {
  const wrong = weekdays.some((weekday) => !Number.isInteger(weekday) || weekday < 1 || weekday > 7)
  if (!wrong && new Set(weekdays).size === weekdays.length) return []
  return [{ pointer: '/weekdays', message: 'Weekdays are numbers from 1 (Monday) to 7 (Sunday), each once.' }]
}

function dateErrors(dates: string[]): FieldError[] {
  return dates.flatMap((date, index) => {
    if (parseDate(date) !== undefined) return []
    return [
      { pointer: `/excluded_dates/${index}`, message: `“${date}” is not a date; write it as 2026-12-25.` },
    ]
  })
}

function windowErrors(windows: DayWindow[] | null): FieldError[] {
  const times = (windows ?? []).map(([open, close]) => [parseTimeOfDay(open), parseTimeOfDay(close)] as const)
  return times.flatMap(([open, close], index) => {
    const pointer = `/windows/${index}`
    if (open === undefined || close === undefined) {
      return [{ pointer, message: 'A window is two local times such as 09:00 and 17:00.' }]
    }
    if (open >= close) return [{ pointer, message: 'A window opens before it closes, on the same day.' }]
    const overlaps = times.slice(0, index).some(([from = 0, to = 0]) => open < to && from < close)
    return overlaps ? [{ pointer, message: 'Two windows of a day overlap.' }] : []
  })
}

function silenceErrors({ weekdays, excludedDates, windows }: Calendar): FieldError[] {
  if (weekdays.length === 0)
    return [{ pointer: '/weekdays', message: 'This calendar never counts: it has no weekday.' }]
  if (windows?.length === 0)
    return [{ pointer: '/windows', message: 'This calendar never counts: it has no window.' }]
  if (longestSilenceDays(weekdays, excludedDates) < LONGEST_SILENCE_DAYS) return []
  const message = `This calendar never counts for ${LONGEST_SILENCE_DAYS} days in a row.`
  return [{ pointer: '/excluded_dates', message }]
}

/** The longest run of days without a counting one that excluded dates cause. */
function longestSilenceDays(weekdays: number[], excludedDates: string[]): number {
  const nearestWeekday = (day: CivilDay, step: 1 | -1): CivilDay => {
    let nearest = day + step
    while (!weekdays.includes(weekdayOf(nearest))) nearest += step
    return nearest
  }
  const excluded = excludedDates.map((date) => parseDate(date) ?? 0).sort((a, b) => a - b)
  let [longest, before, after] = [0, 0, Number.NEGATIVE_INFINITY]
  for (const day of excluded) {
    if (day > after) before = nearestWeekday(day, -1)
    if (day >= after) after = nearestWeekday(day, 1)
    longest = Math.max(longest, after - before - 1)
  }
  return longest
}
