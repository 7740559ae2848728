import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import {
  addBusinessMs,
  businessMsBetween,
  clockStartAt,
  counts,
} from '../../../../src/domain/sla/engine/business-time.ts'
import type { Calendar } from '../../../../src/domain/sla/engine/calendar.ts'
import { excludedBetween } from '../../../../src/domain/sla/engine/excluded-time.ts'
import { addUsedMs, mergedPauses, usedMsBetween } from '../../../../src/domain/sla/engine/pauses.ts'
import { atRiskAt, windowEndsAt } from '../../../../src/domain/sla/engine/window.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../../../src/lib/instant.ts'
import {
  budgets,
  clockChanges,
  datesAround,
  jumpAt,
  laterThan,
  pausesAround,
  promises,
  SEED,
  situations,
  situationsWith,
} from './situations.ts'
import { isCountingDate, reasonOnTheWall, sameWallClockLater } from './wall-clock.ts'

/** In all properties together, so that nobody makes this file fast by asking less. */
const CASES_AT_LEAST = 20_000
const CASES_EACH = 1_600

// Thousands of cases take a second each on a machine of their own, and longer on a busy one.
vi.setConfig({ testTimeout: 30_000 })

let casesRan = 0

const paused = situationsWith(({ calendar, start }) => ({
  window: promises(calendar),
  pauses: pausesAround(start),
}))

describe('elapsed business time', () => {
  test('adds up, wherever it is cut, and never runs back or faster than the clock', () => {
    const cuts = situationsWith(({ start }) => ({ b: laterThan(start), c: laterThan(start) }))
    always(cuts, ({ calendar, start, b, c }) => {
      const [middle, end] = [Math.min(b, c), Math.max(b, c)]
      const first = businessMsBetween(calendar, start, middle)
      const second = businessMsBetween(calendar, middle, end)
      expect(businessMsBetween(calendar, start, end)).toBe(first + second)
      expect(second).toBeGreaterThanOrEqual(0)
      expect(second).toBeLessThanOrEqual(end - middle)
    })
  })

  test('and what is left out make up the whole time, without a gap or an overlap', () => {
    const spans = situationsWith(({ start }) => ({ end: laterThan(start) }))
    always(spans, ({ calendar, start, end }) => {
      const stretches = excludedBetween(calendar, start, end)
      let [excluded, before] = [0, start]
      for (const [index, { from, to, why }] of stretches.entries()) {
        expect(from).toBeGreaterThanOrEqual(before)
        expect(to).toBeGreaterThan(from)
        expect(businessMsBetween(calendar, from, to)).toBe(0)
        // Touching stretches are two only because their reasons differ.
        if (index > 0 && from === before) expect(why).not.toBe(stretches[index - 1]?.why)
        expect(why).toBe(reasonOnTheWall(calendar, from))
        expect(why).toBe(reasonOnTheWall(calendar, to - 1))
        excluded += to - from
        before = to
      }
      expect(before).toBeLessThanOrEqual(end)
      expect(excluded + businessMsBetween(calendar, start, end)).toBe(end - start)
    })
  })
})

describe('a clock', () => {
  test('starts while business time passes, no later than it must, and once', () => {
    always(situations, ({ calendar, start }) => {
      const clockStart = clockStartAt(calendar, start)
      expect(clockStart).toBeGreaterThanOrEqual(start)
      expect(counts(calendar, clockStart)).toBe(true)
      expect(businessMsBetween(calendar, start, clockStart)).toBe(0)
      expect(businessMsBetween(calendar, clockStart, clockStart + 1)).toBe(1)
      expect(clockStartAt(calendar, clockStart)).toBe(clockStart)
    })
  })
})

describe('a deadline', () => {
  test('is the earliest instant with its elapsed time, and hours are used up exactly', () => {
    const cases = situationsWith(({ calendar }) => ({ window: promises(calendar), ms: budgets(calendar) }))
    always(cases, ({ calendar, start, window, ms }) => {
      const deadline = windowEndsAt(calendar, start, window)
      const used = businessMsBetween(calendar, start, deadline)
      expect(used).toBeGreaterThan(0)
      expect(businessMsBetween(calendar, start, deadline - 1)).toBe(used - 1)
      const inHours = windowEndsAt(calendar, start, { hours: ms / HOUR_MS })
      expect(businessMsBetween(calendar, start, inHours)).toBe(ms)
      expect(counts(calendar, inHours - 1)).toBe(true)
    })
  })

  test('in hours is never earlier for a later start', () => {
    const cases = situationsWith(({ calendar, start }) => ({
      later: laterThan(start),
      ms: budgets(calendar),
    }))
    always(cases, ({ calendar, start, later, ms }) => {
      const window = { hours: ms / HOUR_MS }
      const deadline = windowEndsAt(calendar, start, window)
      expect(windowEndsAt(calendar, later, window)).toBeGreaterThanOrEqual(deadline)
    })
  })

  test('in days is earlier for a later start by no more than the clocks were changed', () => {
    // 02:30 moves forward over a gap and past 03:15; an hour that comes twice is read as the earlier one.
    const cases = situationsWith(({ start }) => ({
      later: laterThan(start),
      bdays: fc.integer({ min: 1, max: 12 }),
    }))
    always(cases, ({ calendar, start, later, bdays }) => {
      const deadline = windowEndsAt(calendar, start, { bdays })
      const laterDeadline = windowEndsAt(calendar, later, { bdays })
      const changed = clocksChangedBy(calendar, start, deadline)
      expect(businessMsBetween(calendar, laterDeadline, deadline)).toBeLessThanOrEqual(changed)
    })
  })

  test('is later for more hours, and for more days, if they are open all day', () => {
    // With windows it may be the same: 01:45, moved over a gap to 02:45, is past a close at 02:27 like the next 01:45.
    const cases = situationsWith(({ calendar }) => ({
      ms: budgets(calendar),
      more: budgets(calendar),
      bdays: fc.integer({ min: 1, max: 12 }),
    }))
    always(cases, ({ calendar, start, ms, more, bdays }) => {
      const end = (budget: number) => windowEndsAt(calendar, start, { hours: budget / HOUR_MS })
      expect(end(ms + more)).toBeGreaterThan(end(ms))
      const daysEnd = windowEndsAt(calendar, start, { bdays })
      const nextEnd = windowEndsAt(calendar, start, { bdays: bdays + 1 })
      expect(nextEnd).toBeGreaterThanOrEqual(daysEnd)
      if (calendar.windows === null) expect(nextEnd).toBeGreaterThan(daysEnd)
    })
  })

  test('is never earlier for one more excluded date', () => {
    const cases = situationsWith(({ calendar, start }) => ({
      holiday: datesAround(calendar.timeZone, start),
      window: promises(calendar),
    }))
    always(cases, ({ calendar, start, holiday, window }) => {
      // In exchange for the holiday a promise in days may get a day that is left out, and with it nothing.
      if (!('hours' in window || 'seconds' in window)) fc.pre(!leavesOutDay(calendar, start))
      const excludedDates = [...calendar.excludedDates, holiday]
      const deadline = windowEndsAt(calendar, start, window)
      expect(windowEndsAt({ ...calendar, excludedDates }, start, window)).toBeGreaterThanOrEqual(deadline)
    })
  })

  test('after two terms in a row is the one after their sum', () => {
    const cases = situationsWith(({ calendar }) => ({ first: budgets(calendar), second: budgets(calendar) }))
    always(cases, ({ calendar, start, first, second }) => {
      const endOf = (from: Instant, ms: number) => windowEndsAt(calendar, from, { hours: ms / HOUR_MS })
      expect(endOf(endOf(start, first), second)).toBe(endOf(start, first + second))
    })
  })

  test('in days is the same wall clock, or the close before it', () => {
    const bdays = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 }))
    const cases = situationsWith(() => ({ bdays }))
    always(cases, ({ calendar, start, bdays }) => {
      const clockStart = clockStartAt(calendar, start)
      const atOpening = clockStart > start
      const same = sameWallClockLater(calendar, clockStart, bdays, { atOpening })
      const deadline = windowEndsAt(calendar, start, { bdays })
      expect(deadline).toBeLessThanOrEqual(same)
      expect(businessMsBetween(calendar, deadline, same)).toBe(0)
      const weekLength = calendar.weekdays.length
      if (bdays % weekLength === 0) {
        expect(windowEndsAt(calendar, start, { weeks: bdays / weekLength })).toBe(deadline)
      }
    })
  })

  test('is at risk once three quarters are used, and not a millisecond before', () => {
    const cases = situationsWith(({ calendar }) => ({ window: promises(calendar) }))
    always(cases, ({ calendar, start, window }) => {
      const used = businessMsBetween(calendar, start, windowEndsAt(calendar, start, window))
      const atRisk = atRiskAt(calendar, start, window)
      expect(businessMsBetween(calendar, start, atRisk) * 4).toBeGreaterThanOrEqual(used * 3)
      expect(businessMsBetween(calendar, start, atRisk - 1) * 4).toBeLessThan(used * 3)
    })
  })
})

describe('pauses', () => {
  test('move a deadline by exactly the business time inside them', () => {
    always(paused, ({ calendar, start, window, pauses }) => {
      const without = windowEndsAt(calendar, start, window)
      const deadline = windowEndsAt(calendar, start, window, pauses)
      const inside = mergedPauses(pauses)
        .map(({ from, to }) => businessMsBetween(calendar, Math.max(start, from), Math.min(deadline, to)))
        .reduce((sum, ms) => sum + ms, 0)
      expect(deadline).toBe(addBusinessMs(calendar, without, inside))
      const budget = businessMsBetween(calendar, start, without)
      expect(usedMsBetween(calendar, start, deadline, pauses)).toBe(budget)
      expect(usedMsBetween(calendar, start, deadline - 1, pauses)).toBe(budget - 1)
    })
  })

  test('never make a deadline earlier, and are the same in any order and in any pieces', () => {
    const cut = fc.double({ min: 0, max: 1, noNaN: true })
    const cases = situationsWith(({ calendar, start }) => ({
      ms: budgets(calendar),
      pauses: pausesAround(start),
      cut,
    }))
    always(cases, ({ calendar, start, ms, pauses, cut }) => {
      const deadline = addUsedMs(calendar, start, ms, pauses)
      expect(deadline).toBeGreaterThanOrEqual(addUsedMs(calendar, start, ms))
      const pieces = pauses.toReversed().flatMap(({ from, to }) => {
        const middle = from + Math.floor((to - from) * cut)
        return [
          { from: middle, to },
          { from, to: middle },
        ]
      })
      expect(mergedPauses(pieces)).toEqual(mergedPauses(pauses))
      expect(addUsedMs(calendar, start, ms, pieces)).toBe(deadline)
    })
  })
})

describe('what is stored', () => {
  test('gives the same deadline and the same moment of risk when it is read again', () => {
    always(paused, (inputs) => {
      const limits = ({ calendar, start, window, pauses }: typeof inputs) => ({
        deadline: windowEndsAt(calendar, start, window, pauses),
        atRisk: atRiskAt(calendar, start, window, pauses),
      })
      expect(limits(JSON.parse(JSON.stringify(inputs)))).toEqual(limits(inputs))
    })
  })

  test('means the same in any order', () => {
    const cases = situationsWith(({ calendar }) => ({ window: promises(calendar) }))
    always(cases, ({ calendar, start, window }) => {
      const turned: Calendar = {
        timeZone: calendar.timeZone,
        weekdays: calendar.weekdays.toReversed(),
        excludedDates: [...calendar.excludedDates.toReversed(), ...calendar.excludedDates],
        windows: calendar.windows?.toReversed() ?? [['00:00', '24:00']],
      }
      expect(windowEndsAt(turned, start, window)).toBe(windowEndsAt(calendar, start, window))
    })
  })
})

test('at least so many cases ran', () => {
  expect(casesRan).toBeGreaterThanOrEqual(CASES_AT_LEAST)
})

function always<T>(cases: fc.Arbitrary<T>, check: (situation: T) => void): void {
  const counted = fc.property(cases, (situation) => {
    check(situation)
    casesRan += 1
  })
  fc.assert(counted, { numRuns: CASES_EACH, seed: SEED })
}

/** How far the clocks of a calendar were moved, both ways together, from the day before to the day after. */
function clocksChangedBy({ timeZone }: Calendar, from: Instant, to: Instant): number {
  return clockChanges(timeZone)
    .filter((at) => from - DAY_MS <= at && at <= to + DAY_MS)
    .map((at) => jumpAt(timeZone, at))
    .reduce((sum, ms) => sum + ms, 0)
}

/**
 * Whether a clock change soon after leaves nothing of a counting date, as in Havana where the Sunday has no 00:00 to
 * 01:00, if the windows lie in there. It is a counting date all the same (rule 7), with no business time.
 */
function leavesOutDay(calendar: Calendar, start: Instant): boolean {
  const { timeZone } = calendar
  const changes = clockChanges(timeZone).filter((at) => start - DAY_MS <= at && at <= start + 200 * DAY_MS)
  return changes
    .flatMap((at) => [at - 1, at])
    .map((at) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate())
    .filter((date) => isCountingDate(calendar, date))
    .map((date) =>
      [date, date.add({ days: 1 })].map((day) => day.toZonedDateTime(timeZone).epochMilliseconds),
    )
    .some(([from = 0, to = 0]) => businessMsBetween(calendar, from, to) === 0)
}
