import { DomainError } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { DefectEvent } from '../../defects/defect-events.ts'
import { calendarInForce } from '../terms/calendars.ts'
import type { Pin } from '../terms/pins.ts'

/**
 * The version of its calendar by which a defect's open goals count from now on, when a person re-plans (rule 18).
 * @throws DomainError `conflict` when they count by it already
 */
export function replannedVersion(pin: Pin | undefined, events: readonly DefectEvent[], now: Instant): number {
  if (pin === undefined) throw new Error('A defect without terms has no calendar.')
  const version = newerCalendarVersion(pin, events, now)
  if (version === undefined) {
    throw new DomainError('conflict', 'This defect counts by the newest version of its calendar already.')
  }
  return version
}

/** The version of its calendar that is in force and that a defect does not count by yet; undefined where there is none. */
export function newerCalendarVersion(
  pin: Pin,
  events: readonly DefectEvent[],
  now: Instant,
): number | undefined {
  const { version } = calendarInForce(pin.calendarVersions, now)
  const last = events.findLast(({ calendarVersion }) => calendarVersion !== null)
  return version === (last?.calendarVersion ?? pin.terms.calendar.version) ? undefined : version
}
