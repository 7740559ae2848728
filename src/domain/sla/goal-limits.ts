import type { Instant } from '../../lib/instant.ts'
import { clockStartAt } from './business-time.ts'
import type { Calendar } from './calendar.ts'
import { type Excluded, excludedBetween } from './excluded-time.ts'
import { isPublished, nextRelease, type Release } from './next-release.ts'
import type { Pause } from './pauses.ts'
import type { GoalTerm } from './terms.ts'
import { atRiskAt, type Window, windowEndsAt } from './window.ts'

/** Everything a verdict depends on (rule 16). Events later than `now` have not happened yet. */
export interface GoalInput {
  calendar: Calendar
  promise: GoalTerm
  startAt: Instant
  completedAt: Instant | null
  deferredAt: Instant | null
  pauses: readonly Pause[]
  releases: readonly Release[]
  now: Instant
}

/** What a promise comes to for one start. */
export interface GoalLimits {
  clockStartsAt: Instant
  deadlineAt: Instant | null
  atRiskAt: Instant | null
  plannedAt: Instant | null
  /** The last instant that is in time; infinity while nobody knows. */
  lastInTime: Instant
  /** The first instant at which it is a miss that nothing was completed. */
  missedFrom: Instant
  pauses: readonly Pause[]
  excluded: Excluded[]
}

export function goalLimits(input: GoalInput, promise: NonNullable<GoalTerm>): GoalLimits {
  return 'release' in promise ? releaseLimits(input) : windowLimits(input, promise)
}

/** A deadline is inclusive: what is done at that very instant is met (rule 15). */
function windowLimits({ calendar, startAt, pauses }: GoalInput, window: Window): GoalLimits {
  const deadlineAt = windowEndsAt(calendar, startAt, window, pauses)
  return {
    clockStartsAt: clockStartAt(calendar, startAt),
    deadlineAt,
    atRiskAt: atRiskAt(calendar, startAt, window, pauses),
    plannedAt: null,
    lastInTime: deadlineAt,
    missedFrom: deadlineAt + 1,
    pauses,
    excluded: excludedBetween(calendar, startAt, deadlineAt),
  }
}

/** A release that appears without the fix is a miss at that very instant (rule 10). */
function releaseLimits({ startAt, releases, now }: GoalInput): GoalLimits {
  const release = nextRelease(releases, startAt, now)
  const publishedAt = release !== undefined && isPublished(release, now) ? release.publishedAt : null
  return {
    clockStartsAt: startAt,
    deadlineAt: null,
    atRiskAt: null,
    plannedAt: release?.plannedAt ?? null,
    lastInTime: publishedAt ?? Number.POSITIVE_INFINITY,
    missedFrom: publishedAt ?? Number.POSITIVE_INFINITY,
    pauses: [],
    excluded: [],
  }
}
