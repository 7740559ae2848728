/** A point in time: integer milliseconds since 1970-01-01T00:00:00Z, on every engine and in every table. */
export type Instant = number

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** The instant as ISO 8601 with milliseconds and `Z`, as every JSON document of ours writes it. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString()
}

/** The instant as ISO 8601 with `Z`, with milliseconds only where there are any: `2026-11-09T07:00:00Z`. */
export function toShortIso(at: Instant): string {
  return toIso(at).replace('.000Z', 'Z')
}

/** Reads ISO 8601 with an offset or `Z`; undefined for anything else, a date without an offset included. */
export function parseIso(text: string): Instant | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    // Temporal throws a RangeError for every text that is not an instant; the caller words the complaint.
    return undefined
  }
}
