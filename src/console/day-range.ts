import { addDays, isLocalDate, startOfDate } from '../lib/dates.ts'
import type { Instant } from '../lib/instant.ts'

/** Whole days of a zone from one date to another, both included; `wrong` says which of them is no date, if one is. */
export function dayRange(
  first: string | undefined,
  last: string | undefined,
  zone: string,
): { from?: Instant; until?: Instant; wrong?: string } {
  for (const date of [first, last]) {
    if (date !== undefined && !isLocalDate(date)) return { wrong: `“${date}” is not a date like 2026-11-26.` }
  }
  if (first !== undefined && last !== undefined && first > last)
    return { wrong: 'The first day comes after the last.' }
  return {
    ...(first !== undefined && { from: startOfDate(first, zone) }),
    ...(last !== undefined && { until: startOfDate(addDays(last, 1), zone) }),
  }
}
