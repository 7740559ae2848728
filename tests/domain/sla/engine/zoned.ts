import { assertCalendar, type Calendar } from '../../../../src/domain/sla/engine/calendar.ts'
import type { Instant } from '../../../../src/lib/instant.ts'

/** The instant at which a zone's clock reads so, `2026-11-13T22:00`; the earlier of two, forward over a gap. */
export function zoned(zone: string, reading: string): Instant {
  return Temporal.PlainDateTime.from(reading).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds
}

/** What a zone's clock reads, to the second, with its offset. */
export function reading(zone: string, at: Instant): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return local.toString({ timeZoneName: 'never', fractionalSecondDigits: 0 })
}

export const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5]
export const SUNDAY_TO_THURSDAY = [7, 1, 2, 3, 4]
export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/** The standard calendar in a zone, unless said otherwise. */
export function calendarIn(timeZone: string, differences: Partial<Calendar> = {}): Calendar {
  const calendar = { timeZone, weekdays: MONDAY_TO_FRIDAY, excludedDates: [], windows: null, ...differences }
  assertCalendar(calendar)
  return calendar
}
