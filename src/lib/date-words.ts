import type { Instant } from './instant.ts'

/**
 * Dates and times as people write them, in one zone that is always named. Made of `Intl` alone,
 * because the browser's script writes the same words in the reader's zone.
 */

/** "Friday 13 November, 20:00 IST", with the year where the surroundings do not say it. */
export function instantWords(at: Instant, zone: string, options?: { year?: boolean }): string {
  const reading = readingOf(at, zone)
  return `${dateOf(reading, options)}, ${reading.hour}:${reading.minute} ${zoneOf(reading, at, zone)}`
}

/**
 * The two ends of a stretch, day and zone said once where both share them: "Friday 23 October, 06:14" and "–08:55 UTC".
 * The second begins with the dash, so that each end can be written into its own element.
 */
export function spanWords(
  from: Instant,
  until: Instant,
  zone: string,
  options?: { year?: boolean },
): [from: string, until: string] {
  const start = instantWords(from, zone, options)
  const end = instantWords(until, zone, options).replace(`${dateWords(from, zone, options)}, `, '')
  const name = start.replace(/.* /, ' ')
  const isShort = !end.includes(',') && end.endsWith(name)
  return isShort ? [start.replace(name, ''), `–${end}`] : [start, ` – ${end}`]
}

/** "Friday 13 November" */
export function dateWords(at: Instant, zone: string, options?: { year?: boolean }): string {
  return dateOf(readingOf(at, zone), options)
}

/** "20:00" */
export function clockWords(at: Instant, zone: string): string {
  const { hour, minute } = readingOf(at, zone)
  return `${hour}:${minute}`
}

/** "IST", "CET", or "GMT+9" where English has no short name for the zone. */
export function zoneWord(at: Instant, zone: string): string {
  return zoneOf(readingOf(at, zone), at, zone)
}

/** "Friday 13 November" for `2026-11-13`. */
export function localDateWords(date: string, options?: { year?: boolean }): string {
  return dateWords(Date.parse(`${date}T00:00:00Z`), 'UTC', options)
}

/** "November 2026" for `2026-11`. */
export function monthWords(month: string): string {
  const reading = readingOf(Date.parse(`${month}-01T00:00:00Z`), 'UTC')
  return `${reading.month} ${reading.year}`
}

/** Monday first, as ISO numbers them from 1. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>

// One reading of the clock serves all words of an instant: taking one is what they cost.

function dateOf({ weekday, day, month, year }: Parts, options?: { year?: boolean }): string {
  return `${weekday} ${day} ${month}${options?.year ? ` ${year}` : ''}`
}

function zoneOf(reading: Parts, at: Instant, zone: string): string {
  let name = reading.timeZoneName ?? ''
  // Each English knows the short names of its own region only.
  for (const region of ['IN', 'US', 'AU', 'NZ', 'ZA']) {
    if (/[+-]/.test(name)) name = readingOf(at, zone, region).timeZoneName ?? ''
  }
  return name
}

const formats: Record<string, Intl.DateTimeFormat> = {}

function readingOf(at: Instant, zone: string, region = 'GB'): Parts {
  // biome-ignore lint/suspicious/noAssignInExpressions: read once, made once
  const format = (formats[region + zone] ??= new Intl.DateTimeFormat(`en-${region}`, {
    timeZone: zone,
    dateStyle: 'full',
    timeStyle: 'long',
    hourCycle: 'h23',
  }))
  const parts: Parts = {}
  for (const { type, value } of format.formatToParts(at)) parts[type] = value
  return parts
}
