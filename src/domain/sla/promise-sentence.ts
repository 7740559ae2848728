import { instantWords, localDateWords } from '../../lib/date-words.ts'
import { isOpen } from './engine/goal-state.ts'
import { type GoalName, isNextRelease } from './engine/goal-terms.ts'
import type { GoalPromise } from './promises.ts'
import { deadlineWords, nextReleaseWords, promiseWords, verdictWords } from './words.ts'

export function goalTitle(goal: GoalName): string {
  return TITLES[goal]
}

const TITLES = { response: 'Response', workaround: 'Workaround', fix: 'Permanent fix' } as const

/**
 * A promise and what became of it, for bytes that are kept: "Workaround promised by end of Friday 13 November
 * (24:00 IST): met after 2 h 10 min." An open one is the promise alone; nothing is relative to now.
 */
export function promiseSentence(promise: GoalPromise): string {
  const outcome = outcomeWords(promise)
  const promised = `${goalTitle(promise.goal)} ${promisedWords(promise)}`
  return outcome === '' ? `${promised}.` : `${promised}: ${outcome}.`
}

function promisedWords({ term, state, calendar }: GoalPromise): string {
  if (term === null) return 'as seen fit, without a promised time'
  if (state.deadlineAt !== null) return `promised by ${deadlineWords(calendar.timeZone, state.deadlineAt)}`
  if (state.pausedSince !== null) {
    const since = instantWords(state.pausedSince, calendar.timeZone)
    return `promised ${promiseWords(term)}, its clock paused since ${since}`
  }
  if (isNextRelease(term) && isOpen(state.verdict))
    return `promised in the ${nextReleaseWords(state, calendar)}`
  // The release is over, or it was completed or deferred during a pause: no deadline was ever known.
  return `promised ${promiseWords(term)}`
}

/** What became of it: "met after 38 min", "missed by 3 h 20 min", "missed", "deferred to Wednesday 2 December 2026". */
export function outcomeWords({ state, calendar, deferral }: GoalPromise): string {
  switch (state.verdict) {
    case 'met':
      return verdictWords(state, calendar)
    case 'missed':
      // The sentence has said when it was due.
      return state.completedAt === null && state.deadlineAt !== null
        ? 'missed'
        : verdictWords(state, calendar)
    case 'deferred':
      return deferral?.untilOn
        ? `deferred to ${localDateWords(deferral.untilOn, { year: true })}`
        : 'deferred'
    default:
      return ''
  }
}
