import type { GoalTerm } from '../domain/sla/engine/goal-terms.ts'
import { promiseWords } from '../domain/sla/words.ts'

/** What can stand in the field of a promise, for whoever does not know. */
export const TERM_EXAMPLES = ['4 hours', '3 business days', '1 week', 'next release', 'as seen fit']

/** A promise as it stands in a field: "4 hours", "next release", "as seen fit". */
export function termText(term: GoalTerm): string {
  return promiseWords(term).replace(/^(within|in the) /, '')
}

/** What stands in such a field; undefined for a text that says no promise. */
export function parseTerm(text: string): GoalTerm | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/^(within|in the) /, '')
  if (words === 'as seen fit') return null
  if (words === 'next release') return { release: 'next' }
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?(hours?|h|business days?|days?|weeks?)$/.exec(words) ?? []
  if (number === undefined || unit === undefined) return undefined
  if (unit.startsWith('h')) return { hours: Number(number) }
  return unit.startsWith('week') ? { weeks: Number(number) } : { bdays: Number(number) }
}
