import { invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Excluded } from './excluded-time.ts'
import { nextChangeAt, stoppedUntil } from './goal-changes.ts'
import {
  type GoalInput,
  type GoalLimits,
  lastInTime,
  limitsHistory,
  missedFrom,
  withHeldDeadline,
} from './goal-limits.ts'
import type { GoalTerm } from './goal-terms.ts'
import { mergedPauses, NO_END, type Pause, usedMsBetween } from './pauses.ts'

export const VERDICTS = ['met', 'missed', 'open', 'at_risk', 'deferred', 'no_promise'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Still to be done in time. */
export function isOpen(verdict: Verdict): boolean {
  return verdict === 'open' || verdict === 'at_risk'
}

export interface GoalState {
  verdict: Verdict
  /** What the severity in force promises, or promised when the verdict fell. */
  promise: GoalTerm
  /** How many of the steps, from the first on, the goal went through: those after its verdict had fallen move nothing. */
  stepsTaken: number
  /** Null without a promise. The start itself for "next release", which knows no weekends. */
  clockStartsAt: Instant | null
  /** The last instant that is in time; null without a window, and while a pause has no end yet. */
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
  /** Null unless open with a deadline. */
  remainingBusinessMs: number | null
  /** Open, and the clock stands still now: until `resumesAt`. */
  stopped: boolean
  resumesAt: Instant | null
  /** Open, and paused since then with no end yet: no deadline is known. */
  pausedSince: Instant | null
  /** What the calendar leaves out between the start and the deadline. */
  excluded: Excluded[]
  /** Pauses before the deadline that have ended, in order. */
  pauses: Pause[]
  /** The earliest future instant at which anything here but the running times changes by itself. */
  changesAt: Instant | null
  /** The `now` for which all this holds. */
  asOf: Instant
}

/**
 * What became of a goal: the one function that computes a verdict (rules 10 to 22, 24, 25).
 * @throws DomainError `invalid` for a completion before the start, which nobody may record
 */
export function goalState(given: GoalInput): GoalState {
  const { startAt, now } = given
  assertCompletion(startAt, given.completedAt)
  const input = asOfNow(given)
  const { completedAt, deferredAt } = input
  const history = limitsHistory(input)
  const computed = history.at(-1) ?? null
  const stepsTaken = history.length
  if (computed === null) return { ...noPromise(now), stepsTaken, completedAt }

  const standing = withHeldDeadline(computed, input)
  const outcome = outcomeOf(standing, completedAt, deferredAt, now)
  const limits = outcome.verdict === 'missed' ? limitsMissed(standing, outcome.at) : standing
  const { calendar } = limits
  const isOpenNow = outcome.verdict === 'open'
  const end = outcome.verdict === 'deferred' ? outcome.at : (completedAt ?? now)
  const used = (from: Instant, to: Instant) => usedMsBetween(calendar, from, to, limits.pauses)
  const overdueFrom = outcome.verdict === 'missed' ? outcome.at : end
  const remaining =
    isOpenNow && limits.deadlineAt !== null ? used(Math.max(startAt, now), limits.deadlineAt) : null
  const resumesAt = remaining === null || remaining === 0 ? null : stoppedUntil(input, limits)

  return {
    verdict: isOpenNow && limits.atRiskAt !== null && limits.atRiskAt <= now ? 'at_risk' : outcome.verdict,
    promise: limits.term,
    stepsTaken,
    clockStartsAt: limits.clockStartsAt,
    deadlineAt: limits.deadlineAt,
    atRiskAt: limits.atRiskAt,
    plannedAt: limits.plannedAt,
    completedAt,
    verdictAt: isOpenNow ? null : outcome.at,
    usedBusinessMs: used(startAt, end),
    lateWallMs: end - overdueFrom,
    lateBusinessMs: used(overdueFrom, end),
    remainingBusinessMs: remaining,
    stopped: resumesAt !== null,
    resumesAt,
    pausedSince: isOpenNow ? endlessPauseSince(limits) : null,
    excluded: limits.excluded,
    pauses: endedPauses(limits),
    changesAt: nextChangeAt(given, limits, isOpenNow, resumesAt),
    asOf: now,
  }
}

/** Whether a goal was missed or deferred at an instant, as far as it was known that nothing had completed it. */
export function wasLost(input: GoalInput, at: Instant): boolean {
  if (at < input.startAt) return false
  const { verdict } = goalState({ ...input, completedAt: null, now: Math.min(at, input.now) })
  return verdict === 'missed' || verdict === 'deferred'
}

/** @throws DomainError `invalid` for a completion before the start (rule 15) */
function assertCompletion(startAt: Instant, completedAt: Instant | null): void {
  if (completedAt === null || completedAt >= startAt) return
  throw invalidField('/at', 'This goal cannot be completed before its clock was started.')
}

/** Only what has happened by now. */
function asOfNow(input: GoalInput): GoalInput {
  const { now } = input
  const happened = (at: Instant | null) => (at !== null && at <= now ? at : null)
  return {
    ...input,
    steps: input.steps.filter(({ at }, index) => index === 0 || at <= now),
    completedAt: happened(input.completedAt),
    deferredAt: happened(input.deferredAt),
  }
}

/** The verdict and the instant at which it fell; an open one falls now, so to speak. */
function outcomeOf(
  limits: GoalLimits,
  completedAt: Instant | null,
  deferredAt: Instant | null,
  now: Instant,
): { verdict: 'met' | 'missed' | 'deferred' | 'open'; at: Instant } {
  const deferredFirst = deferredAt !== null && (completedAt === null || deferredAt < completedAt)
  const inTime = completedAt !== null && completedAt <= lastInTime(limits)
  if (inTime && !deferredFirst) return { verdict: 'met', at: completedAt }
  // Deferred stays deferred when it is completed after all: it is never counted as met.
  if (deferredFirst && deferredAt < missedFrom(limits)) return { verdict: 'deferred', at: deferredAt }
  const missed = completedAt !== null || missedFrom(limits) <= now
  return missed ? { verdict: 'missed', at: lastInTime(limits) } : { verdict: 'open', at: now }
}

/**
 * What a goal was missed by. Where a release came without it before a window of the same goal was over, that is the
 * promise of the release: the window's deadline had not come, and does not any more.
 */
function limitsMissed(limits: GoalLimits, missedAt: Instant): GoalLimits {
  if (missedAt === limits.deadlineAt) return limits
  return { ...limits, term: { release: 'next' }, deadlineAt: null, atRiskAt: null, excluded: [], pauses: [] }
}

function endlessPauseSince({ deadlineAt, pauses }: GoalLimits): Instant | null {
  const last = mergedPauses(pauses).at(-1)
  return deadlineAt === null && last?.to === NO_END ? last.from : null
}

function endedPauses({ pauses, deadlineAt }: GoalLimits): Pause[] {
  const end = deadlineAt ?? NO_END
  return mergedPauses(pauses).filter(({ from, to }) => to < NO_END && from < end)
}

/** No clock, and outside every percentage (rule 11). */
function noPromise(now: Instant): Omit<GoalState, 'stepsTaken' | 'completedAt'> {
  return {
    verdict: 'no_promise',
    promise: null,
    clockStartsAt: null,
    deadlineAt: null,
    atRiskAt: null,
    plannedAt: null,
    verdictAt: null,
    usedBusinessMs: 0,
    lateWallMs: 0,
    lateBusinessMs: 0,
    remainingBusinessMs: null,
    stopped: false,
    resumesAt: null,
    pausedSince: null,
    excluded: [],
    pauses: [],
    changesAt: null,
    asOf: now,
  }
}
