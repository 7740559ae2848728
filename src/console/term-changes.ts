import { SEVERITIES } from '../domain/defects/defect.ts'
import { GOALS } from '../domain/sla/engine/goal-terms.ts'
import { goalTitle } from '../domain/sla/promise-sentence.ts'
import type { Policy } from '../domain/sla/terms/policies.ts'
import { promiseWords } from '../domain/sla/words.ts'
import type { Fields } from './fields.ts'
import { parseTerm, termText } from './term-text.ts'

/** A field of terms as it is and as a form would have it, in words. */
export interface TermChange {
  field: string
  before: string
  after: string
}

/** What each promise of a policy stands as in its field, by the name of the field. */
export function policyTexts({ goals }: Pick<Policy, 'goals'>): Record<string, string> {
  const fields = SEVERITIES.flatMap((severity) =>
    GOALS.map((goal) => [`${severity}-${goal}`, termText(goals[severity][goal])] as const),
  )
  return Object.fromEntries(fields)
}

/** What a form says otherwise than the version that it edits; what it says wrongly is told by its problem. */
export function policyChanges(fields: Fields, edited: Policy): TermChange[] {
  if (!fields.isFilled) return []
  const changes = SEVERITIES.flatMap((severity) =>
    GOALS.flatMap((goal): TermChange[] => {
      const term = parseTerm(fields.value(`${severity}-${goal}`))
      if (term === undefined) return []
      const field = `${severity}, ${goalTitle(goal).toLowerCase()}`
      return changed(field, promiseWords(edited.goals[severity][goal]), promiseWords(term))
    }),
  )
  return [...changed('name', edited.name, fields.value('name')), ...changes]
}

/** The one change of a field, or none. */
export function changed(field: string, before: string, after: string): TermChange[] {
  return before === after ? [] : [{ field, before: before || 'nothing', after: after || 'nothing' }]
}
