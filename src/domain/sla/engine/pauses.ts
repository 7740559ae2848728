import type { Instant } from '../../../lib/instant.ts'
import { addBusinessMs, businessMsBetween } from './business-time.ts'
import type { Calendar } from './calendar.ts'

/**
 * The last instant that a date can hold: the end of a pause that has not ended. A number in JSON too, so that what went
 * into a verdict is stored as it was.
 */
export const NO_END: Instant = 8_640_000_000_000_000

/** Time in which a contract lets a clock rest (rule 21), half-open. One that has not ended goes to `NO_END`. */
export interface Pause {
  from: Instant
  to: Instant
}

/** Pauses in order, overlapping and touching ones joined, empty ones dropped. */
export function mergedPauses(pauses: readonly Pause[]): Pause[] {
  const merged: Pause[] = []
  const inOrder = pauses.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
  for (const { from, to } of inOrder) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

/** Business time in `[from, to)` outside all pauses, in milliseconds: what uses up a promise. */
export function usedMsBetween(
  calendar: Calendar,
  from: Instant,
  to: Instant,
  pauses: readonly Pause[] = [],
): number {
  const paused = mergedPauses(pauses).map((pause) => {
    return businessMsBetween(calendar, Math.max(from, pause.from), Math.min(to, pause.to))
  })
  return paused.reduce((used, ms) => used - ms, businessMsBetween(calendar, from, to))
}

/**
 * The earliest instant by which so much business time outside all pauses has passed since the start.
 * A pause that begins at that very instant moves nothing: the promise is already used up. `NO_END` when a pause without
 * end comes before.
 * @throws DomainError `invalid` if that is more than a hundred years away
 */
export function addUsedMs(
  calendar: Calendar,
  start: Instant,
  ms: number,
  pauses: readonly Pause[] = [],
): Instant {
  let [at, left] = [start, ms]
  for (const pause of mergedPauses(pauses)) {
    if (pause.to <= at) continue
    const before = businessMsBetween(calendar, at, pause.from)
    if (before >= left) break
    if (pause.to === NO_END) return NO_END
    left -= before
    at = pause.to
  }
  return addBusinessMs(calendar, at, left)
}
