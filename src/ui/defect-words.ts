import { isOpen } from '../domain/sla/engine/goal-state.ts'
import { promiseSentence } from '../domain/sla/promise-sentence.ts'
import type { DefectPromises } from '../domain/sla/promises.ts'
import { nearestPromise } from '../domain/status-page/headline.ts'
import { capital } from '../domain/status-page/update-words.ts'
import type { Mark } from '../render/mark-paths.ts'

/** How far a defect is, in the words of its heading. */
export const DEFECT_STATUS_WORDS = {
  reported: 'reported, not yet confirmed',
  confirmed: 'confirmed',
  worked_around: 'worked around',
  fixed: 'fixed',
  deferred: 'deferred',
} as const satisfies Record<DefectPromises['status'], string>

/** Of a defect that nobody has confirmed; it says nothing of clocks, which some contracts start with the report. */
export const NOT_CONFIRMED_WORDS = 'No deadline is set until a specialist confirms the defect.'

/** How far a defect is and what is worst about what is still to be done, as a word with its mark. */
export function defectState({ status, goals }: DefectPromises): { word: string; mark: Mark } {
  const word = capital(DEFECT_STATUS_WORDS[status])
  if (status === 'fixed') return { word, mark: 'operational' }
  const undone = goals.filter(({ state }) => state.completedAt === null).map(({ state }) => state.verdict)
  if (undone.includes('missed')) return { word: `${word}, overdue`, mark: 'missed' }
  if (undone.includes('at_risk')) return { word: `${word}, at risk`, mark: 'at_risk' }
  return { word, mark: status === 'deferred' ? 'deferred' : 'open' }
}

/** The open promise whose deadline comes first; without a deadline, what is promised all the same. */
export function promisedSentence(promises: DefectPromises): string | null {
  const nearest = nearestPromise([promises])
  if (nearest) return nearest.sentence
  const open = promises.goals.find(({ state }) => isOpen(state.verdict))
  return open ? promiseSentence(open) : null
}

/** The page of a defect in a sentence or two, for where it is linked. */
export function defectDescription(promises: DefectPromises): string {
  const { severity, key } = promises.defect
  const kind = `${capital(severity)} defect ${key}, ${defectState(promises).word.toLowerCase()}.`
  return [kind, promisedSentence(promises) ?? ''].join(' ').trim()
}
