import { DomainError, invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { DefectEvent } from '../../defects/defect-events.ts'
import { windowEndsAt } from '../engine/window.ts'
import type { CurrentDefect } from './current-defect.ts'
import { completionsOf } from './defect-course.ts'

/** So long after a fix it can be withdrawn, by the calendar that counts it; later it is a new defect (rule 20). */
const WITHDRAWABLE = { bdays: 5 }

/**
 * The completion that did not hold: the one that is named, or the latest one.
 * @throws DomainError `conflict` when there is nothing to withdraw; `invalid` for an event that completed nothing, and
 * later than five business days after a fix
 */
export function withdrawnEvent(
  { promises, events }: CurrentDefect,
  eventId: string | undefined,
  now: Instant,
): DefectEvent {
  const completions = completionsOf(events)
  const withdrawn =
    eventId === undefined
      ? completions.toSorted((a, b) => a.createdAt - b.createdAt).at(-1)
      : completions.find(({ id }) => id === eventId)
  if (withdrawn === undefined) {
    if (eventId === undefined)
      throw new DomainError('conflict', 'Nothing is completed that could be withdrawn.')
    throw invalidField(
      '/event_id',
      'This is not a response, workaround or fix of the defect that still holds.',
    )
  }
  // A fix that was recorded late could not be doubted earlier.
  const told = Math.max(withdrawn.at, withdrawn.createdAt)
  const fix = promises.goals.find(({ goal }) => goal === 'fix')
  if (withdrawn.type === 'fixed' && fix && now > windowEndsAt(fix.calendar, told, WITHDRAWABLE)) {
    const message =
      'This fix has held for more than 5 business days. File a new defect that follows this one, with “follows”.'
    throw invalidField('/type', message)
  }
  return withdrawn
}
