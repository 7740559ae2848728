import { describe, expect, test } from 'vitest'
import {
  firstWordSentence,
  measuredFirstWord,
  measuredResponse,
  percentile,
  responseSentence,
  type ToldIncident,
} from '../../../../src/domain/sla/record/measured.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/lib/instant.ts'
import { zoned } from '../engine/zoned.ts'
import { promised } from '../promised.ts'

const at = (reading: string) => zoned('Asia/Kolkata', reading)
const now = at('2026-11-20T12:00')
const since = at('2025-11-20T00:00')
const tuesday = at('2026-11-10T12:00')

describe('a percentile by nearest rank', () => {
  test.each<[times: number[], median: number | null, percentile90: number | null]>([
    [[], null, null],
    [[7], 7, 7],
    [[2, 1], 1, 2],
    [[3, 1, 2], 2, 3],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10],
    [[5, 5, 5, 100], 5, 100],
  ])('of %j is %s and %s', (times, median, percentile90) => {
    expect([percentile(times, 50), percentile(times, 90)]).toEqual([median, percentile90])
  })
})

describe('the first response', () => {
  const respondedAfter = (ms: number, startAt = tuesday) =>
    promised({ startAt, now, done: { response: startAt + ms } })

  test('is measured in working time from the start of the clock', () => {
    const friday = at('2026-11-13T23:00')
    // An hour of Friday, a weekend and an hour of Monday.
    const over = promised({ startAt: friday, now, done: { response: at('2026-11-16T01:00') } })
    expect(measuredResponse([over], since)).toEqual({
      median: 2 * HOUR_MS,
      percentile90: 2 * HOUR_MS,
      count: 1,
    })
  })

  test('counts whether it was in time, late, or not promised at all', () => {
    const goals = {
      critical: { response: null, workaround: null, fix: null },
      high: { response: null, workaround: null, fix: null },
      medium: { response: null, workaround: null, fix: null },
      low: { response: null, workaround: null, fix: null },
    }
    const unpromised = promised({ startAt: tuesday, now, goals, done: { response: tuesday + MINUTE_MS } })
    const times = [respondedAfter(10 * MINUTE_MS), respondedAfter(9 * HOUR_MS), unpromised]
    expect(measuredResponse(times, since)).toEqual({
      median: 10 * MINUTE_MS,
      percentile90: 9 * HOUR_MS,
      count: 3,
    })
  })

  test('leaves out what nobody has answered, and what was answered earlier', () => {
    const unanswered = promised({ startAt: tuesday, now })
    const long = at('2025-11-19T23:00')
    const defects = [unanswered, respondedAfter(59 * MINUTE_MS, long), respondedAfter(60 * MINUTE_MS, long)]
    // The last one was answered at the very beginning of the twelve months.
    expect(measuredResponse(defects, since)).toMatchObject({ count: 1, median: 60 * MINUTE_MS })
    expect(measuredResponse([unanswered], since)).toBeNull()
  })

  test.each([
    [null, 'No first response came in the last twelve months: there is nothing to measure.'],
    [
      { median: 0, percentile90: 0, count: 1 },
      'The one first response of the last twelve months came within 1 min of working time.',
    ],
    [
      { median: 24 * MINUTE_MS, percentile90: 130 * MINUTE_MS, count: 41 },
      'Half of all first responses came within 24 min of working time, nine in ten within 2 h 10 min (41 responses in the last twelve months).',
    ],
    [
      { median: 24 * MINUTE_MS + 1, percentile90: 49 * HOUR_MS + 1, count: 2 },
      'Half of all first responses came within 25 min of working time, nine in ten within 2 d 2 h (2 responses in the last twelve months).',
    ],
  ])('of %j in words holds what it says', (measured, sentence) => {
    expect(responseSentence(measured)).toBe(sentence)
  })
})

describe('the first word about an incident', () => {
  const told = (
    { startedAt = tuesday, backfilled = false, reportedAt = [tuesday] as number[] },
    ...updates: ToldIncident['updates']
  ): ToldIncident => ({
    incident: { startedAt, backfilled },
    defects: reportedAt.map((it) => ({ reportedAt: it })),
    updates,
  })
  const post = (minutes: number, authorKind: 'staff' | 'token' | 'job' = 'staff') => ({
    createdAt: tuesday + minutes * MINUTE_MS,
    authorKind,
  })
  const minutesOf = (...incidents: ToldIncident[]) => {
    const measured = measuredFirstWord(incidents, since)
    return measured && [measured.median / MINUTE_MS, measured.percentile90 / MINUTE_MS, measured.count]
  }

  test('is measured from the earliest report of any defect behind it', () => {
    const reportedAt = [tuesday + 3 * MINUTE_MS, tuesday + MINUTE_MS]
    expect(minutesOf(told({ startedAt: tuesday + 5 * MINUTE_MS, reportedAt }, post(7)))).toEqual([6, 6, 1])
  })

  test('is measured from the start that the incident shows, where that is earlier', () => {
    expect(minutesOf(told({ startedAt: tuesday - 4 * MINUTE_MS }, post(7)))).toEqual([11, 11, 1])
  })

  test('is a person’s, the earliest one really posted', () => {
    expect(minutesOf(told({}, post(1, 'job'), post(9, 'token'), post(8)))).toEqual([8, 8, 1])
    expect(minutesOf(told({}, post(1, 'job')))).toBeNull()
  })

  test('is none for what was told after the fact, and for what no shown defect is behind', () => {
    expect(minutesOf(told({ backfilled: true }, post(7)))).toBeNull()
    expect(minutesOf(told({ reportedAt: [] }, post(7)))).toBeNull()
  })

  test('takes no time when it came before the defect was filed', () => {
    expect(minutesOf(told({ startedAt: tuesday + 2 * MINUTE_MS }, post(-1)))).toEqual([0, 0, 1])
  })

  test('counts if it came in the last twelve months', () => {
    const first = since - tuesday
    const earlier = told({ startedAt: since, reportedAt: [since] }, post((first - 1) / MINUTE_MS))
    const justIn = told({ startedAt: since, reportedAt: [since] }, post(first / MINUTE_MS))
    expect(minutesOf(earlier)).toBeNull()
    expect(minutesOf(justIn)).toEqual([0, 0, 1])
  })

  test.each([
    [
      null,
      'No incident with a defect behind it was told in the last twelve months: there is nothing to measure.',
    ],
    [
      { median: 6 * MINUTE_MS, percentile90: 6 * MINUTE_MS, count: 1 },
      'The one incident of the last twelve months was told here within 6 min of being noticed.',
    ],
    [
      { median: MINUTE_MS, percentile90: 1, count: 31 },
      'Nine in ten incidents were told here within 1 min of being noticed (31 incidents in the last twelve months).',
    ],
    [
      { median: 6 * MINUTE_MS - 1, percentile90: 14 * MINUTE_MS, count: 12 },
      'Half of all incidents were told here within 6 min of being noticed, nine in ten within 14 min (12 incidents in the last twelve months).',
    ],
  ])('of %j in words holds what it says', (measured, sentence) => {
    expect(firstWordSentence(measured)).toBe(sentence)
  })
})
