import { DomainError, invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import { SEVERITIES, type Severity } from '../../defects/defect.ts'
import type { DefectEvent, SeverityChange } from '../../defects/defect-events.ts'
import type { CurrentDefect } from './current-defect.ts'

/**
 * A change of severity and when it counts from (rule 19). Getting worse may be told later than it was known, which only
 * makes a deadline earlier; any other change counts from when it is recorded, so that nothing missed is saved by it.
 * @throws DomainError `conflict` when the defect has that severity already; `invalid` for a change in the wrong
 * direction, or earlier than the clock's start or the change before
 */
export function severityStep(
  { defect, promises, events }: CurrentDefect,
  event: { severity?: Severity; change?: SeverityChange; at?: Instant },
  now: Instant,
): { at: Instant; severity: NonNullable<DefectEvent['severity']> } {
  const { severity: after, change, at = now } = event
  if (after === undefined) throw invalidField('/severity', 'Say the new severity.')
  if (change === undefined) {
    throw invalidField('/change', 'Say why: it “worsened”, was “misclassified”, or is “lowered”.')
  }
  const before = defect.severity
  if (after === before) {
    throw new DomainError('conflict', `The severity of this defect is ${before} already.`, {
      current: { severity: before },
    })
  }
  const isRaised = SEVERITIES.indexOf(after) < SEVERITIES.indexOf(before)
  if (isRaised !== (change !== 'lowered')) {
    const message = isRaised
      ? `From ${before} to ${after} it is raised: it “worsened” or was “misclassified”.`
      : `From ${before} to ${after} it is “lowered”.`
    throw invalidField('/change', message)
  }
  if (change !== 'worsened' && at < now) {
    throw invalidField(
      '/at',
      'Only what got worse may be told later; any other change counts from when it is recorded.',
    )
  }
  const last = events.findLast(({ severity }) => severity !== null)
  if (at < (last?.at ?? promises.startAt ?? at)) {
    throw invalidField(
      '/at',
      'A change of severity comes after the start of the clock and the change before.',
    )
  }
  return { at, severity: { before, after, change } }
}
