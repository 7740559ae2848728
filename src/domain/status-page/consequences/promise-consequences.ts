import { changeWords, goalNoun } from '../../sla/change-words.ts'
import { isOpen } from '../../sla/engine/goal-state.ts'
import { goalTitle, outcomeWords, promiseSentence } from '../../sla/promise-sentence.ts'
import type { DefectPromises, GoalPromise } from '../../sla/promises.ts'
import { verdictWords } from '../../sla/words.ts'

/** What a write does to a promise; `missed` without being done, `completed` in time or late. */
export const PROMISE_EFFECTS = [
  'begins',
  'completed',
  'missed',
  'reopened',
  'deferred',
  'moved',
  'stays_open',
  'unchanged',
] as const
export type PromiseEffect = (typeof PROMISE_EFFECTS)[number]

export interface PromiseConsequence {
  effect: PromiseEffect
  /** Null until the defect is confirmed. */
  before: GoalPromise | null
  after: GoalPromise
  /** "This update is the response: met after 38 min." */
  sentence: string
}

/** What becomes of each promise of a defect; `newUpdateIds` are those that the write posts. */
export function promiseConsequences(
  before: DefectPromises | undefined,
  after: DefectPromises,
  newUpdateIds: ReadonlySet<string>,
): PromiseConsequence[] {
  return after.goals.map((goal) => {
    const earlier = before?.goals.find((one) => one.goal === goal.goal) ?? null
    const effect = effectOn(earlier, goal)
    const isByUpdate = newUpdateIds.has(goal.evidence?.update?.updateId ?? '')
    return { effect, before: earlier, after: goal, sentence: sentenceOf(effect, earlier, goal, isByUpdate) }
  })
}

function effectOn(before: GoalPromise | null, { state: after }: GoalPromise): PromiseEffect {
  const was = before?.state
  if (after.completedAt !== null && after.completedAt !== was?.completedAt) return 'completed'
  if (after.verdict === 'deferred' && was?.verdict !== 'deferred') return 'deferred'
  if (after.verdict === 'missed' && was?.verdict !== 'missed') return 'missed'
  if (!isOpen(after.verdict))
    return was === undefined && after.verdict !== 'no_promise' ? 'begins' : 'unchanged'
  if (was === undefined || was.verdict === 'no_promise') return 'begins'
  if (!isOpen(was.verdict)) return 'reopened'
  const isSame =
    was.deadlineAt === after.deadlineAt &&
    was.plannedAt === after.plannedAt &&
    was.pausedSince === after.pausedSince
  return isSame ? 'stays_open' : 'moved'
}

function sentenceOf(
  effect: PromiseEffect,
  before: GoalPromise | null,
  after: GoalPromise,
  isByUpdate: boolean,
): string {
  const title = goalTitle(after.goal)
  const words = verdictWords(after.state, after.calendar)
  switch (effect) {
    case 'begins':
      return promiseSentence(after)
    case 'completed':
      return isByUpdate ? `This update is the ${goalNoun(after.goal)}: ${words}.` : `${title} ${words}.`
    case 'missed':
      return `${title} ${words}.`
    case 'deferred':
      return `${title} ${outcomeWords(after)}.`
    case 'reopened':
      return `${title} is open again, ${words}.`
    case 'moved':
      return `${title} is now ${words}; it was ${before ? verdictWords(before.state, before.calendar) : 'not promised'}.`
    case 'stays_open':
      return `${title} stays ${after.state.verdict === 'at_risk' ? 'at risk' : 'open'}, ${words}.`
    case 'unchanged':
      return `${title} stays as it is: ${words}.`
  }
}

/** What moves clocks or deadlines and was not on record before, as sentences that end with their reasons. */
export function newChangeSentences(before: DefectPromises | undefined, after: DefectPromises): string[] {
  const known = new Set((before?.changes ?? []).map((change) => JSON.stringify(change)))
  return after.changes.filter((change) => !known.has(JSON.stringify(change))).map(changeWords)
}
