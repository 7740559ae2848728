import type { Instant } from '../../src/lib/instant.ts'

/** A clock that stands still until it is told to move. */
export interface Clock {
  now(): Instant
  /** To an ISO instant, for instance `2026-11-13T20:00:00+05:30`. */
  set(iso: string): void
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void
}

export function stillClock(iso: string): Clock {
  let current = Temporal.Instant.from(iso)
  return {
    now: () => current.epochMilliseconds,
    set: (next) => {
      current = Temporal.Instant.from(next)
    },
    advance: ({ days = 0, ...time }) => {
      current = current.add({ ...time, hours: (time.hours ?? 0) + 24 * days })
    },
  }
}
