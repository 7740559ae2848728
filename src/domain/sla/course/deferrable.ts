import { DomainError, invalidField } from '../../../errors.ts'
import { localDateWords } from '../../../lib/date-words.ts'
import { type LocalDate, localDateOf } from '../../../lib/dates.ts'
import type { Instant } from '../../../lib/instant.ts'
import { isOpen } from '../engine/goal-state.ts'
import type { CurrentDefect } from './current-defect.ts'

/**
 * Makes sure that there is something to put off (rule 22): a promise that is open, or one that was put off and is not
 * done, of which the customer is told again.
 * @throws DomainError `conflict` when there is none; `invalid` for a day that is over by the defect's calendar
 */
export function assertDeferrable(
  { promises }: CurrentDefect,
  until: LocalDate | undefined,
  now: Instant,
): void {
  const { goals, terms } = promises
  const isUndone = goals.some(
    ({ state }) => isOpen(state.verdict) || (state.verdict === 'deferred' && state.completedAt === null),
  )
  if (!isUndone) {
    throw new DomainError('conflict', 'No promise of this defect is open any more.', {
      current: { goals: goals.map(({ goal, state }) => ({ goal, verdict: state.verdict })) },
    })
  }
  const today = localDateOf(now, terms?.calendar.timeZone ?? 'UTC')
  if (until !== undefined && until < today) {
    const message = `${localDateWords(until, { year: true })} is over: a deferral is to a day that comes.`
    throw invalidField('/until', message)
  }
}
