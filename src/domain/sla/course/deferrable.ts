import { DomainError } from '../../../errors.ts'
import { isOpen } from '../engine/goal-state.ts'
import type { CurrentDefect } from './current-defect.ts'

/**
 * Makes sure that there is something to put off (rule 22): a promise that is open, or one that was put off and is not
 * done, of which the customer is told again.
 * @throws DomainError `conflict` when there is none
 */
export function assertDeferrable({ promises: { goals } }: CurrentDefect): void {
  const isUndone = goals.some(
    ({ state }) => isOpen(state.verdict) || (state.verdict === 'deferred' && state.completedAt === null),
  )
  if (!isUndone) {
    throw new DomainError('conflict', 'No promise of this defect is open any more.', {
      current: { goals: goals.map(({ goal, state }) => ({ goal, verdict: state.verdict })) },
    })
  }
}
