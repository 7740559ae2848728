import { invalidField } from '../../../errors.ts'
import type { DefectPromises } from '../promises.ts'

type Goals = Pick<DefectPromises, 'goals'>

/** Whether something that anybody could read as missed is not any more, or was missed by another release. */
export function takesMiss(before: Goals, after: Goals): boolean {
  return before.goals.some(({ goal, state }) => {
    if (state.verdict !== 'missed') return false
    const now = after.goals.find((it) => it.goal === goal)?.state
    return now?.verdict !== 'missed' || (state.deadlineAt === null && now.verdictAt !== state.verdictAt)
  })
}

/**
 * Makes sure that nothing takes away a miss without saying how it is known that it was none; the page shows what is said.
 * @throws DomainError `invalid` at the pointer where it should be said
 */
export function assertMissExplained(
  before: Goals,
  after: Goals,
  reason: string | undefined,
  pointer: '/note' | '/reason',
): void {
  if (reason !== undefined || !takesMiss(before, after)) return
  throw invalidField(
    pointer,
    'A promise was missed as far as anybody could read. Say how it is known that this was done in time; the page shows it.',
  )
}
