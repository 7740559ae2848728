import type { Instant } from './instant.ts'

/** A civil date, `YYYY-MM-DD`; texts of this shape sort as the dates do. */
export type LocalDate = string
/** A civil month, `YYYY-MM`. */
export type LocalMonth = string

/** The date that a clock in this zone shows at that instant. */
export function localDateOf(at: Instant, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

const dayStarts = new Map<string, Instant>()
const DAY_STARTS_KEPT = 20_000

/** The first instant of a date in a zone: midnight, or the moment a missing midnight is jumped over. */
export function startOfDate(date: LocalDate, zone: string): Instant {
  const key = `${zone} ${date}`
  const known = dayStarts.get(key)
  if (known !== undefined) return known
  const start = Temporal.PlainDate.from(date).toZonedDateTime(zone).startOfDay().epochMilliseconds
  if (dayStarts.size >= DAY_STARTS_KEPT) dayStarts.clear()
  dayStarts.set(key, start)
  return start
}

/** Whether a text is a date of the calendar: `2026-02-30` is none. */
export function isLocalDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
  )
}

/** The date so many days later, or earlier. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** A date of a zone, and the time that it is there. */
export interface LocalDay {
  date: LocalDate
  from: Instant
  /** The first instant of the next day. */
  until: Instant
}

/** Every day between two dates, both included, oldest first. */
export function daysBetween(first: LocalDate, last: LocalDate, zone: string): LocalDay[] {
  const days: LocalDay[] = []
  let from = startOfDate(first, zone)
  for (let date = first; date <= last; ) {
    const next = addDays(date, 1)
    const until = startOfDate(next, zone)
    days.push({ date, from, until })
    date = next
    from = until
  }
  return days
}

export function monthOf(date: LocalDate): LocalMonth {
  return date.slice(0, 7)
}

export function addMonths(month: LocalMonth, months: number): LocalMonth {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString()
}

/** The first and the last date of a month. */
export function datesOfMonth(month: LocalMonth): { first: LocalDate; last: LocalDate } {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month)
  return { first: `${month}-01`, last: `${month}-${String(daysInMonth).padStart(2, '0')}` }
}
