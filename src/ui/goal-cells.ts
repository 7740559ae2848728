import { isOpen } from '../domain/sla/engine/goal-state.ts'
import { isNextRelease } from '../domain/sla/engine/goal-terms.ts'
import type { GoalPromise } from '../domain/sla/promises.ts'
import { deadlineWords, nextReleaseWords } from '../domain/sla/words.ts'
import { dateWords } from '../lib/date-words.ts'

/** What a table says under "Deadline": an instant, or why there is none. */
export function deadlineCell({ state, calendar }: GoalPromise): string {
  const { verdict, promise, deadlineAt, verdictAt } = state
  const { timeZone } = calendar
  if (promise === null) return 'none'
  if (deadlineAt !== null) return deadlineWords(timeZone, deadlineAt)
  if (!isNextRelease(promise))
    return isOpen(verdict) ? 'none while the clock is paused' : 'none: the clock was paused'
  if (verdict === 'missed' && verdictAt !== null) return `the release of ${dateWords(verdictAt, timeZone)}`
  return isOpen(verdict) ? `the ${nextReleaseWords(state, calendar)}` : 'the next release'
}
