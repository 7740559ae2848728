import type { Instant } from './instant.ts'

/**
 * Dates and times as people write them, in one zone that is always named. Made of `Intl` alone,
 * because the browser's script writes the same words in the reader's zone.
 */

/** "Friday 13 November, 20:00 IST", with the year where the surroundings do not say it. */
export function instantWords(at: Instant, zone: string, options: { year?: boolean } = {}): string {
  return `${dateWords(at, zone, options)}, ${clockWords(at, zone)} ${zoneWord(at, zone)}`
}

/**
 * The two ends of a stretch, day and zone said once where both share them: "Friday 23 October, 06:14" and "–08:55 UTC".
 * The second begins with the dash, so that the ends can be written side by side, or each into its own place.
 */
export function spanWords(from: Instant, until: Instant, zone: string): [from: string, until: string] {
  const [day, start] = instantWords(from, zone).split(', ')
  const [lastDay, end] = instantWords(until, zone).split(', ')
  if (day !== lastDay) return [`${day}, ${start}`, ` – ${lastDay}, ${end}`]
  const [clock, name] = start.split(' ')
  return end.endsWith(name) ? [`${day}, ${clock}`, `–${end}`] : [`${day}, ${start}`, ` – ${end}`]
}

/** "Friday 13 November" */
export function dateWords(at: Instant, zone: string, options: { year?: boolean } = {}): string {
  const { weekday, day, month, year } = readingOf(at, zone)
  return `${weekday} ${day} ${month}${options.year ? ` ${year}` : ''}`
}

/** "20:00" */
export function clockWords(at: Instant, zone: string): string {
  const { hour, minute } = readingOf(at, zone)
  return `${hour}:${minute}`
}

/** "IST", "CET", or "GMT+9" where English has no short name for the zone. */
export function zoneWord(at: Instant, zone: string): string {
  let name = ''
  // Each English knows the short names of its own region only.
  for (const locale of ['en-GB', 'en-IN', 'en-US', 'en-AU', 'en-NZ', 'en-ZA']) {
    name = partsOf(at, zone, locale).timeZoneName ?? ''
    if (!/[+-]/.test(name)) break
  }
  return name
}

/** "Friday 13 November" for `2026-11-13`. */
export function localDateWords(date: string, options: { year?: boolean } = {}): string {
  return dateWords(Date.parse(`${date}T00:00:00Z`), 'UTC', options)
}

/** "November 2026" for `2026-11`. */
export function monthWords(month: string): string {
  const reading = readingOf(Date.parse(`${month}-01T00:00:00Z`), 'UTC')
  return `${reading.month} ${reading.year}`
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>

function readingOf(at: Instant, zone: string): Parts {
  return partsOf(at, zone, 'en-GB')
}

const formats = new Map<string, Intl.DateTimeFormat>()

function partsOf(at: Instant, zone: string, locale: string): Parts {
  const key = `${locale} ${zone}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      dateStyle: 'full',
      timeStyle: 'long',
      hourCycle: 'h23',
    })
    formats.set(key, format)
  }
  const parts: Parts = {}
  for (const { type, value } of format.formatToParts(at)) parts[type] = value
  return parts
}
