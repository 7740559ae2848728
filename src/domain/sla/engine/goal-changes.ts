import type { Instant } from '../../../lib/instant.ts'
import { clockStartAt } from './business-time.ts'
import { type GoalInput, type GoalLimits, missedFrom } from './goal-limits.ts'
import { mergedPauses } from './pauses.ts'

/** When the clock of an open goal goes on; null when it is running now. */
export function stoppedUntil({ startAt, now }: GoalInput, { calendar, pauses }: GoalLimits): Instant | null {
  let at = clockStartAt(calendar, Math.max(startAt, now))
  for (const pause of mergedPauses(pauses)) {
    if (pause.from <= at && at < pause.to) at = clockStartAt(calendar, pause.to)
  }
  return at > now ? at : null
}

/**
 * The earliest instant after now at which a state changes although nobody does anything: at risk, overdue,
 * the clock stops or goes on, a release or an event already dated in the future arrives.
 */
export function nextChangeAt(
  input: GoalInput,
  limits: GoalLimits,
  isOpen: boolean,
  resumesAt: Instant | null,
): Instant | null {
  const { completedAt, deferredAt, steps, releases, now } = input
  const running = [
    limits.atRiskAt,
    missedFrom(limits),
    resumesAt,
    ...clockStops(limits),
    ...releases.map(({ publishedAt }) => publishedAt),
    ...steps.map(({ at }) => at),
  ]
  const candidates = [completedAt, deferredAt, ...(isOpen ? running : [])]
  const future = candidates.filter(
    (at): at is Instant => at !== null && at > now && at < Number.POSITIVE_INFINITY,
  )
  return future.length === 0 ? null : Math.min(...future)
}

function clockStops({ excluded, pauses }: GoalLimits): Instant[] {
  return [...excluded, ...pauses].map(({ from }) => from)
}
