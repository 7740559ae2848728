import type { Calendar } from '../../src/domain/sla/engine/calendar.ts'
import type { GoalInput } from '../../src/domain/sla/engine/goal-limits.ts'
import type { GoalTerm } from '../../src/domain/sla/engine/goal-terms.ts'

/** A goal for which one thing is promised from the start to the end. */
export type OneTerm = Omit<GoalInput, 'steps'> & { calendar: Calendar; promise: GoalTerm }

export function oneTerm({ calendar, promise, ...input }: OneTerm): GoalInput {
  return { ...input, steps: [{ at: input.startAt, kind: 'initial', term: promise, calendar }] }
}
