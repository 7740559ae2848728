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
  const { version } = calendarInForce(pin.calendarVersions, now)
  const last = events.findLast(({ calendarVersion }) => calendarVersion !== null)
  if (version === (last?.calendarVersion ?? pin.terms.calendar.version)) {
    throw new DomainError('conflict', 'This defect counts by the newest version of its calendar already.')
  }
  return version
}
