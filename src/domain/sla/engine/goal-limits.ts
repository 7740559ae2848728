import type { Instant } from '../../../lib/instant.ts'
import { clockStartAt } from './business-time.ts'
import type { Calendar } from './calendar.ts'
import { type Excluded, excludedBetween } from './excluded-time.ts'
import type { GoalTerm } from './goal-terms.ts'
import { isPublished, nextRelease, type Release } from './next-release.ts'
import { NO_END, type Pause } from './pauses.ts'
import { type Standing, type StandingPromise, standingAfter, type TermStep } from './term-steps.ts'
import { atRiskAt, windowEndsAt } from './window.ts'

/** Everything a verdict depends on (rule 16). Events later than `now` have not happened yet. */
export interface GoalInput {
  startAt: Instant
  /** What was promised from the start and since each change, in order; the first one is `initial`. */
  steps: readonly TermStep[]
  completedAt: Instant | null
  /** When the customer was told that it is put off; null: never while anything was promised. */
  deferredAt: Instant | null
  pauses: readonly Pause[]
  releases: readonly Release[]
  held?: HeldDeadline | null
  now: Instant
}

/** A deadline as it was computed with another time-zone database: it holds where the verdict has fallen by it. */
export interface HeldDeadline {
  deadlineAt: Instant
  /** When something happened that moves deadlines and that it does not take in; null: nothing did. */
  outdatedAt: Instant | null
}

/** What a promise comes to for one start. */
export interface GoalLimits {
  calendar: Calendar
  /** What the severity in force promises; null: nothing. */
  term: GoalTerm
  clockStartsAt: Instant
  deadlineAt: Instant | null
  atRiskAt: Instant | null
  plannedAt: Instant | null
  /** When the release that was promised came out; null while it is not out, or none was promised. */
  releasedAt: Instant | null
  pauses: readonly Pause[]
  excluded: Excluded[]
}

type End = Pick<GoalLimits, 'deadlineAt' | 'releasedAt'>

/** The last instant that is in time; infinity while nobody knows. */
export function lastInTime({ deadlineAt, releasedAt }: End): Instant {
  return Math.min(deadlineAt ?? Number.POSITIVE_INFINITY, releasedAt ?? Number.POSITIVE_INFINITY)
}

/**
 * The first instant at which it is a miss that nothing was completed. A deadline is inclusive (rule 15); a release that
 * appears without the fix is a miss at that very instant (rule 10).
 */
export function missedFrom({ deadlineAt, releasedAt }: End): Instant {
  return lastInTime({ deadlineAt: deadlineAt === null ? null : deadlineAt + 1, releasedAt })
}

/**
 * The limits after each step, in order; null where nothing is promised. It ends with the step before the verdict fell:
 * that was reached under what was promised then, and no later step moves it.
 */
export function limitsHistory(input: GoalInput): (GoalLimits | null)[] {
  const history: (GoalLimits | null)[] = []
  let standing: Standing | null = null
  for (const step of input.steps) {
    const before = history.at(-1)
    if (before !== undefined) {
      const limits = before && withHeldDeadline(before, input)
      if (isDecided(limits, input, step.at)) break
    }
    standing = standingAfter(standing, input.startAt, step)
    history.push(limitsOf(standing, step.term, input))
  }
  return history
}

/**
 * A verdict that has fallen keeps the deadline it was reached by, whatever a newer time-zone database says; nothing that
 * happened later moves it.
 */
export function withHeldDeadline(limits: GoalLimits, input: GoalInput): GoalLimits {
  const { held, now } = input
  if (held == null || limits.deadlineAt === null) return limits
  const asHeld = { ...limits, deadlineAt: held.deadlineAt }
  const until = Math.min(now, held.outdatedAt ?? now)
  return isDecided(asHeld, input, until) ? asHeld : limits
}

/** Whether a goal's verdict has fallen before something happens. */
function isDecided(
  limits: GoalLimits | null,
  { completedAt, deferredAt }: Pick<GoalInput, 'completedAt' | 'deferredAt'>,
  at: Instant,
): boolean {
  const ends = [completedAt, deferredAt, limits && missedFrom(limits)]
  return ends.some((end) => end !== null && end <= at)
}

/** All that stands holds: the earliest deadline counts, and a release that appears without the fix is a miss too. */
function limitsOf({ calendar, promises }: Standing, term: GoalTerm, input: GoalInput): GoalLimits | null {
  const [first] = promises
  if (first === undefined) return null
  const windows = promises.map((promise) => windowLimits(calendar, promise, input))
  const releases = promises.map((promise) => releaseLimits(promise, input))
  const tightest = windows.reduce((a, b) => (b.deadlineAt < a.deadlineAt ? b : a))
  const release = releases.reduce((a, b) => (b.publishedAt < a.publishedAt ? b : a))
  const deadlineAt = finite(tightest.deadlineAt)
  const hasWindow = promises.some(({ term }) => !('release' in term))
  return {
    calendar,
    term: term ?? first.term,
    // "Next release" knows no weekends.
    clockStartsAt: hasWindow ? clockStartAt(calendar, first.from) : first.from,
    deadlineAt,
    atRiskAt: finite(tightest.atRiskAt),
    plannedAt: releases.find(({ plannedAt }) => plannedAt !== null)?.plannedAt ?? null,
    releasedAt: finite(release.publishedAt),
    pauses: hasWindow ? input.pauses : [],
    excluded: deadlineAt === null ? [] : excludedBetween(calendar, first.from, deadlineAt),
  }
}

/** Never for a promise without a window, and during a pause without end. */
function windowLimits(
  calendar: Calendar,
  { from, term }: StandingPromise,
  { pauses }: GoalInput,
): { deadlineAt: Instant; atRiskAt: Instant } {
  if ('release' in term) return { deadlineAt: NO_END, atRiskAt: NO_END }
  return {
    deadlineAt: windowEndsAt(calendar, from, term, pauses),
    atRiskAt: atRiskAt(calendar, from, term, pauses),
  }
}

function releaseLimits(
  { from, term }: StandingPromise,
  { releases, now }: GoalInput,
): { publishedAt: Instant; plannedAt: Instant | null } {
  const release = 'release' in term ? nextRelease(releases, from, now) : undefined
  const isOut = release !== undefined && isPublished(release, now)
  return {
    publishedAt: (isOut ? release.publishedAt : null) ?? NO_END,
    plannedAt: release?.plannedAt ?? null,
  }
}

function finite(at: Instant): Instant | null {
  return at >= NO_END ? null : at
}
