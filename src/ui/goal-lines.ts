import type { Calendar } from '../domain/sla/engine/calendar.ts'
import type { GoalState } from '../domain/sla/engine/goal-state.ts'
import { outcomeWords } from '../domain/sla/promise-sentence.ts'
import type { Evidence, EvidentUpdate, GoalPromise } from '../domain/sla/promises.ts'
import { deadlineWords, verdictWords } from '../domain/sla/words.ts'
import { type Instant, MINUTE_MS } from '../lib/instant.ts'

/** What the panel says of one goal: the verdict large, the time that belongs to it small. */
export interface GoalLines {
  /** Still to be done in time: what is due matters most. */
  isRunning: boolean
  /** Past its deadline and still not done. */
  isOverdue: boolean
  verdict: string
  due: string | null
}

export function goalLines(promise: GoalPromise): GoalLines {
  const { state, calendar } = promise
  const { verdict, deadlineAt, completedAt } = state
  const isRunning = verdict === 'open' || verdict === 'at_risk'
  const isOverdue = verdict === 'missed' && completedAt === null
  return {
    isRunning,
    isOverdue,
    verdict: verdictLine(promise),
    due: isRunning ? verdictWords(state, calendar) : wasDue(deadlineAt, calendar),
  }
}

function verdictLine(promise: GoalPromise): string {
  switch (promise.state.verdict) {
    case 'open':
      return 'open'
    case 'at_risk':
      return 'at risk'
    case 'no_promise':
      return 'no promise'
    default:
      return outcomeWords(promise)
  }
}

function wasDue(deadlineAt: number | null, { timeZone }: Calendar): string | null {
  return deadlineAt === null ? null : `was due ${deadlineWords(timeZone, deadlineAt)}`
}

/** One goal in one line, for a list: "Workaround at risk, due end of Friday 13 November (24:00 IST)". */
export function goalLine(title: string, { isRunning, verdict, due }: GoalLines): string {
  return isRunning ? `${title} ${verdict}, ${due}` : `${title} ${verdict}`
}

/** What an update that satisfied a goal is called, before the time from which it counts. */
export function updateWords({ linkedLater }: EvidentUpdate): string {
  return linkedLater ? 'earlier update, its incident linked' : 'update of'
}

/**
 * When the evidence was written down, if that was later than the minute in which it was done. An update speaks for
 * itself, unless it was named as the evidence only when the deadline had passed.
 */
export function recordedLater(
  { at, recordedAt, update }: Evidence,
  { verdict, deadlineAt }: Pick<GoalState, 'verdict' | 'deadlineAt'>,
): Instant | null {
  if (recordedAt - at < MINUTE_MS) return null
  const changedTheVerdict = verdict === 'met' && deadlineAt !== null && recordedAt > deadlineAt
  return update === null || changedTheVerdict ? recordedAt : null
}
