import { invalidField } from '../../errors.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Excluded } from './excluded-time.ts'
import { nextChangeAt, stoppedUntil } from './goal-changes.ts'
import { type GoalInput, type GoalLimits, goalLimits } from './goal-limits.ts'
import { usedMsBetween } from './pauses.ts'
import type { GoalTerm } from './terms.ts'

export const VERDICTS = ['met', 'missed', 'open', 'at_risk', 'deferred', 'no_promise'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface GoalState {
  verdict: Verdict
  promise: GoalTerm
  /** Null without a promise. The start itself for "next release", which knows no weekends. */
  clockStartsAt: Instant | null
  /** The last instant that is in time; null without a window. */
  deadlineAt: Instant | null
  atRiskAt: Instant | null
  /** When the next release is planned, for "next release" only: never called a deadline. */
  plannedAt: Instant | null
  completedAt: Instant | null
  /** The instant at which the verdict fell, by which it is counted into a period (rule 26); null while open. */
  verdictAt: Instant | null
  /** Business time outside pauses from the start to the completion, the deferral or now. */
  usedBusinessMs: number
  /** How much later than promised it was done, or is by now. */
  lateWallMs: number
  lateBusinessMs: number
  /** Null unless open with a window. */
  remainingBusinessMs: number | null
  /** Open, and the clock stands still now: until `resumesAt`. */
  stopped: boolean
  resumesAt: Instant | null
  /** What the calendar leaves out between the start and the deadline. */
  excluded: Excluded[]
  /** The earliest future instant at which anything here but the running times changes by itself. */
  changesAt: Instant | null
  /** The `now` for which all this holds. */
  asOf: Instant
}

/**
 * What became of a goal: the one function that computes a verdict (rules 10 to 17, 22, 24, 25).
 * @throws DomainError `invalid` for a completion before the start, which nobody may record
 */
export function goalState(input: GoalInput): GoalState {
  assertCompletion(input.startAt, input.completedAt)
  const { calendar, startAt, now } = input
  const completedAt = happened(input.completedAt, now)
  const deferredAt = happened(input.deferredAt, now)
  if (input.promise === null) return { ...noPromise(input), completedAt }

  const limits = goalLimits(input, input.promise)
  const outcome = outcomeOf(limits, completedAt, deferredAt, now)
  const isOpen = outcome.verdict === 'open'
  const end = outcome.verdict === 'deferred' ? outcome.at : (completedAt ?? now)
  const used = (from: Instant, to: Instant) => usedMsBetween(calendar, from, to, limits.pauses)
  const overdueFrom = outcome.verdict === 'missed' ? outcome.at : end
  const remaining =
    isOpen && limits.deadlineAt !== null ? used(Math.max(startAt, now), limits.deadlineAt) : null
  const resumesAt = remaining === null || remaining === 0 ? null : stoppedUntil(input, limits)

  return {
    verdict: isOpen && limits.atRiskAt !== null && limits.atRiskAt <= now ? 'at_risk' : outcome.verdict,
    promise: input.promise,
    clockStartsAt: limits.clockStartsAt,
    deadlineAt: limits.deadlineAt,
    atRiskAt: limits.atRiskAt,
    plannedAt: limits.plannedAt,
    completedAt,
    verdictAt: isOpen ? null : outcome.at,
    usedBusinessMs: used(startAt, end),
    lateWallMs: end - overdueFrom,
    lateBusinessMs: used(overdueFrom, end),
    remainingBusinessMs: remaining,
    stopped: resumesAt !== null,
    resumesAt,
    excluded: limits.excluded,
    changesAt: nextChangeAt(input, limits, isOpen, resumesAt),
    asOf: now,
  }
}

/** @throws DomainError `invalid` for a completion before the start (rule 15) */
function assertCompletion(startAt: Instant, completedAt: Instant | null): void {
  if (completedAt === null || completedAt >= startAt) return
  throw invalidField('/at', 'This goal cannot be completed before its clock was started.')
}

function happened(at: Instant | null, now: Instant): Instant | null {
  return at !== null && at <= now ? at : null
}

/** The verdict and the instant at which it fell; an open one falls now, so to speak. */
function outcomeOf(
  { lastInTime, missedFrom }: GoalLimits,
  completedAt: Instant | null,
  deferredAt: Instant | null,
  now: Instant,
): { verdict: 'met' | 'missed' | 'deferred' | 'open'; at: Instant } {
  const deferredFirst = deferredAt !== null && (completedAt === null || deferredAt < completedAt)
  const inTime = completedAt !== null && completedAt <= lastInTime
  if (inTime && !deferredFirst) return { verdict: 'met', at: completedAt }
  // Deferred stays deferred when it is completed after all: it is never counted as met.
  if (deferredFirst && deferredAt < missedFrom) return { verdict: 'deferred', at: deferredAt }
  const missed = completedAt !== null || missedFrom <= now
  return missed ? { verdict: 'missed', at: lastInTime } : { verdict: 'open', at: now }
}

/** No clock, and outside every percentage (rule 11). */
function noPromise({ promise, now }: GoalInput): GoalState {
  return {
    verdict: 'no_promise',
    promise,
    clockStartsAt: null,
    deadlineAt: null,
    atRiskAt: null,
    plannedAt: null,
    completedAt: null,
    verdictAt: null,
    usedBusinessMs: 0,
    lateWallMs: 0,
    lateBusinessMs: 0,
    remainingBusinessMs: null,
    stopped: false,
    resumesAt: null,
    excluded: [],
    changesAt: null,
    asOf: now,
  }
}
