import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../lib/instant.ts'

/**
 * What a local clock and calendar on the wall read, as milliseconds since 1970-01-01 00:00 on that wall.
 * Not an instant: a zone turns one into the other.
 */
export type CivilMs = number

/** A civil date as whole days since 1970-01-01. */
export type CivilDay = number

/** The civil date that a wall clock shows. */
export function dayOf(civil: CivilMs): CivilDay {
  return Math.floor(civil / DAY_MS)
}

/** ISO weekday of a civil date: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: CivilDay): number {
  return modulo(day + 3, 7) + 1
}

/** Reads `YYYY-MM-DD`; undefined for any other text and for dates that no calendar has, such as 30 February. */
export function parseDate(text: string): CivilDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const midnight = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(text)) return undefined
  return midnight / DAY_MS
}

/** Reads `HH:MM` as milliseconds since midnight; `24:00` is the end of the day; undefined for any other text. */
export function parseTimeOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return undefined
  const ms = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS
  return ms <= DAY_MS ? ms : undefined
}

/** The remainder that is never negative, so that dates before 1970 have weekdays too. */
export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
