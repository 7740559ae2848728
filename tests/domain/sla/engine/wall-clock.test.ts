import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessMsBetween, clockStartAt, counts } from '../../../../src/domain/sla/engine/business-time.ts'
import { atRiskAt, windowEndsAt } from '../../../../src/domain/sla/engine/window.ts'
import { laterThan, pausesAround, promises, SEED, situationsWith } from './situations.ts'
import {
  canonicalOnTheWall,
  clockStartOnTheWall,
  countsOnTheWall,
  elapsedOnTheWall,
  limitsOnTheWall,
  sameWallClockLater,
} from './wall-clock.ts'

/** Walking takes its time, so there are fewer cases than of the properties, and about shorter promises. */
const CASES_EACH = 120

describe('the engine agrees with one that walks through every minute', { timeout: 60_000 }, () => {
  test('about elapsed time and the start of the clock', () => {
    const spans = situationsWith(({ start }) => ({ end: laterThan(start, { maxDays: 4 }) }))
    always(spans, ({ calendar, start, end }) => {
      expect(businessMsBetween(calendar, start, end)).toBe(elapsedOnTheWall(calendar, start, end))
      expect(clockStartAt(calendar, start)).toBe(clockStartOnTheWall(calendar, start))
      expect(counts(calendar, end)).toBe(countsOnTheWall(calendar, end))
    })
  })

  test('about the canonical form of a deadline in days', () => {
    const cases = situationsWith(() => ({ bdays: fc.integer({ min: 1, max: 100 }) }))
    always(cases, ({ calendar, start, bdays }) => {
      const clockStart = clockStartOnTheWall(calendar, start)
      const same = sameWallClockLater(calendar, clockStart, bdays, { atOpening: clockStart > start })
      expect(windowEndsAt(calendar, start, { bdays })).toBe(canonicalOnTheWall(calendar, same))
    })
  })

  test('about deadlines and risk, with pauses', () => {
    const cases = situationsWith(({ calendar, start }) => ({
      window: promises(calendar, { maxDays: 3 }),
      pauses: pausesAround(start),
    }))
    always(cases, ({ calendar, start, window, pauses }) => {
      expect({
        deadline: windowEndsAt(calendar, start, window, pauses),
        atRisk: atRiskAt(calendar, start, window, pauses),
      }).toEqual(limitsOnTheWall(calendar, start, window, pauses))
    })
  })
})

function always<T>(cases: fc.Arbitrary<T>, check: (situation: T) => void): void {
  fc.assert(fc.property(cases, check), { numRuns: CASES_EACH, seed: SEED })
}
