import { isNextRelease } from '../domain/sla/engine/goal-terms.ts'
import { outcomeWords } from '../domain/sla/promise-sentence.ts'
import type { CountedVerdict, RecordEntry } from '../domain/sla/record/record.ts'
import { deadlineWords, nextReleaseWords } from '../domain/sla/words.ts'
import { dateWords, instantWords } from '../lib/date-words.ts'
import { localDateOf } from '../lib/dates.ts'

/** By when a goal is promised, in its calendar's zone, with the year where it is not the surrounding one. */
export function entryDue({ goal }: RecordEntry, surroundingYear?: string): string {
  const { timeZone } = goal.calendar
  const { deadlineAt, pausedSince, verdict, verdictAt, asOf } = goal.state
  const isOtherYear = (at: number) =>
    surroundingYear !== undefined && !localDateOf(at, timeZone).startsWith(surroundingYear)
  if (deadlineAt !== null) return deadlineWords(timeZone, deadlineAt, { year: isOtherYear(deadlineAt - 1) })
  if (pausedSince !== null) return `paused since ${instantWords(pausedSince, timeZone)}`
  if (!isNextRelease(goal.term)) return 'no deadline'
  if (verdict === 'missed') return `the release of ${dateWords(verdictAt ?? asOf, timeZone)}`
  return nextReleaseWords(goal.state, goal.calendar)
}

/** What became of a counted goal: "met after 38 min", "missed by 3 h 20 min", "missed, not done yet". */
export function entryOutcome({ goal }: RecordEntry): string {
  const { verdict, completedAt, deadlineAt } = goal.state
  if (verdict === 'no_promise') return 'no promise'
  // Beside its deadline; of a release that came without it, the words say which one that was.
  if (verdict === 'missed' && completedAt === null && deadlineAt !== null) return 'missed, not done yet'
  return outcomeWords(goal)
}

/** The verdicts of the record as its columns and headings name them. */
export const VERDICT_TITLES = {
  met: 'Met',
  missed: 'Missed',
  deferred: 'Deferred',
  no_promise: 'No promise',
} as const satisfies Record<CountedVerdict, string>

/** "12 of 14", in one piece. */
export function metOf(met: number, due: number): string {
  return `${met} of ${due}`.replaceAll(' ', '\u00a0')
}
