import { describe, expect, test } from 'vitest'
import type { DefectPromises } from '../../../../src/domain/sla/promises.ts'
import { openGoalsOf } from '../../../../src/domain/sla/record/open-goals.ts'
import {
  COUNTED_VERDICTS,
  countsOf,
  type RecordEntry,
  recordOf,
  type SlaRecord,
} from '../../../../src/domain/sla/record/record.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/lib/instant.ts'
import { zoned } from '../engine/zoned.ts'
import { promised } from '../promised.ts'

const at = (reading: string, zone = 'Asia/Kolkata') => zoned(zone, reading)
const tuesday = at('2026-11-10T12:00')
const december = at('2026-12-15T12:00')

/** Every number that is not zero, as "2026-11 critical met: CHK-1 response". */
function lines({ months }: SlaRecord): string[] {
  return months.flatMap(({ month, rows }) =>
    rows.flatMap((row) =>
      COUNTED_VERDICTS.flatMap((verdict) =>
        row[verdict].length === 0
          ? []
          : [`${month} ${row.severity} ${verdict}: ${row[verdict].map(nameOf).join(', ')}`],
      ),
    ),
  )
}

const nameOf = ({ defect, goal }: RecordEntry) => `${defect.key} ${goal.goal}`
const record = (...promises: DefectPromises[]) => recordOf(promises, '2026-12')

describe('a verdict counts', () => {
  test('in its severity, with the goal behind it', () => {
    const done = { response: tuesday + HOUR_MS, workaround: tuesday + 5 * HOUR_MS }
    const defect = promised({ startAt: tuesday, now: december, done })
    expect(lines(record(defect))).toEqual([
      '2026-11 critical met: CHK-1 response',
      '2026-11 critical missed: CHK-1 fix, CHK-1 workaround',
    ])
  })

  test.each([
    ['a millisecond before midnight in India', '2026-11-30T23:59:59.999', 'Asia/Kolkata', '2026-11'],
    ['at midnight in India', '2026-12-01T00:00', 'Asia/Kolkata', '2026-12'],
    ['on the last evening in New York', '2026-11-30T23:59:59.999', 'America/New_York', '2026-11'],
    ['on the first night in New York', '2026-12-01T00:00', 'America/New_York', '2026-12'],
    ['on the first morning in Auckland', '2026-12-01T00:00', 'Pacific/Auckland', '2026-12'],
  ])('in the month of its calendar’s zone: met %s', (_, reading, zone, month) => {
    const responded = at(reading, zone)
    const defect = promised({
      zone,
      startAt: responded - HOUR_MS,
      now: responded,
      done: { response: responded },
    })
    expect(lines(record(defect))).toEqual([`${month} critical met: CHK-1 response`])
  })

  test('in the month of the deadline when it was missed, however late it was done', () => {
    const startAt = at('2026-11-30T19:00')
    const done = { response: at('2026-12-03T09:00') }
    expect(lines(record(promised({ startAt, now: december, done })))).toEqual([
      '2026-12 critical missed: CHK-1 fix',
      '2026-11 critical missed: CHK-1 response, CHK-1 workaround',
    ])
  })

  test('in the month that its deadline ends, as it is written: by the end of the 30th', () => {
    const monthsOf = (startAt: number) => lines(record(promised({ startAt, now: december })))
    expect(monthsOf(at('2026-11-30T20:00'))).toEqual([
      '2026-12 critical missed: CHK-1 fix',
      '2026-11 critical missed: CHK-1 response, CHK-1 workaround',
    ])
    expect(monthsOf(at('2026-11-30T20:00') + 1)).toEqual([
      '2026-12 critical missed: CHK-1 fix, CHK-1 response, CHK-1 workaround',
    ])
  })

  test('as deferred in the month in which it was put off, met goals and missed ones aside', () => {
    const defect = promised({
      startAt: at('2026-11-30T21:00'),
      now: december,
      done: { response: at('2026-11-30T21:10'), fix: at('2026-12-10T12:00') },
      deferredAt: at('2026-12-01T09:00'),
    })
    expect(lines(record(defect))).toEqual([
      '2026-12 critical missed: CHK-1 workaround',
      '2026-12 critical deferred: CHK-1 fix',
      '2026-11 critical met: CHK-1 response',
    ])
  })

  test('without a promise in the month in which the clock was started', () => {
    const startAt = at('2026-11-30T23:59')
    const defect = promised({
      severity: 'low',
      startAt,
      now: december,
      done: { response: startAt + 2 * MINUTE_MS, fix: december },
    })
    expect(lines(record(defect))).toEqual([
      '2026-12 low met: CHK-1 response',
      '2026-11 low no_promise: CHK-1 workaround, CHK-1 fix',
    ])
  })

  test('in no month while it is open', () => {
    const now = tuesday + HOUR_MS
    const { months, open } = recordOf([promised({ startAt: tuesday, now })], '2026-11')
    expect(countsOf(months.flatMap(({ rows }) => rows)).due).toBe(0)
    expect(open.map(nameOf)).toEqual(['CHK-1 response', 'CHK-1 workaround', 'CHK-1 fix'])
  })

  test('not at all before the defect is confirmed', () => {
    const confirmed = promised({ startAt: tuesday, now: december })
    const reported = { ...confirmed, terms: null, startAt: null, goals: [] }
    expect(record(reported)).toEqual({ months: [expect.objectContaining({ month: '2026-12' })], open: [] })
  })
})

describe('a severity that changes', () => {
  const change = (
    at: number,
    to: 'critical' | 'high' | 'low',
    kind: 'worsened' | 'misclassified' | 'lowered',
  ) => [{ at, to, change: kind }]

  test('moves no miss into a milder row', () => {
    const changed = change(tuesday + 5 * HOUR_MS, 'low', 'lowered')
    expect(lines(record(promised({ startAt: tuesday, now: december, changed })))).toEqual([
      '2026-11 critical missed: CHK-1 response, CHK-1 workaround',
      '2026-11 low no_promise: CHK-1 fix',
    ])
  })

  test('takes along what is still open', () => {
    const changed = change(tuesday + HOUR_MS, 'critical', 'worsened')
    const done = { response: tuesday + 10 * MINUTE_MS }
    expect(
      lines(record(promised({ severity: 'high', startAt: tuesday, now: december, done, changed }))),
    ).toEqual(['2026-11 critical missed: CHK-1 fix, CHK-1 workaround', '2026-11 high met: CHK-1 response'])
  })

  test('that was judged wrongly counts as what it was, though its deadline has passed before', () => {
    // High promises a workaround within 24 hours, critical within 4: those had passed when it was noticed.
    const changed = change(tuesday + 10 * HOUR_MS, 'critical', 'misclassified')
    const done = { response: tuesday + HOUR_MS }
    const defect = promised({
      severity: 'high',
      startAt: tuesday,
      now: tuesday + 11 * HOUR_MS,
      done,
      changed,
    })
    expect(lines(record(defect))).toEqual([
      '2026-11 critical missed: CHK-1 workaround',
      '2026-11 high met: CHK-1 response',
    ])
  })
})

describe('the months', () => {
  test('go without gaps from the running one to the first that has anything', () => {
    const september = at('2026-09-10T12:00')
    const defect = promised({ startAt: september, now: december, done: { fix: september + HOUR_MS } })
    expect(record(defect).months.map(({ month }) => month)).toEqual([
      '2026-12',
      '2026-11',
      '2026-10',
      '2026-09',
    ])
  })

  test('are the running one alone while there is nothing, with a row for each severity', () => {
    const { months } = record()
    expect(months.map(({ month, rows }) => [month, rows.map(({ severity }) => severity)])).toEqual([
      ['2026-12', ['critical', 'high', 'medium', 'low']],
    ])
  })

  test('go on to where it is later already', () => {
    const zone = 'Pacific/Auckland'
    const responded = at('2027-01-01T00:30', zone)
    const startAt = responded - HOUR_MS
    const defect = promised({ zone, startAt, now: responded, done: { response: responded } })
    expect(record(defect).months.map(({ month }) => month)).toEqual(['2027-01', '2026-12'])
  })
})

describe('the numbers', () => {
  const met = (key: string) =>
    promised({ key, severity: 'low', startAt: tuesday, now: december, done: { response: tuesday + HOUR_MS } })
  const missed = (key: string) => promised({ key, severity: 'low', startAt: tuesday, now: december })

  test('are a share of what fell due, rounded down', () => {
    const { months } = record(met('A-1'), met('A-2'), missed('A-3'))
    const low = months[1]?.rows.filter(({ severity }) => severity === 'low') ?? []
    expect(countsOf(low)).toEqual({
      met: 2,
      missed: 1,
      due: 3,
      attainmentPercent: 66.6,
      deferred: 0,
      no_promise: 6,
    })
  })

  test('know no share where nothing fell due', () => {
    expect(countsOf(record().months[0]?.rows ?? [])).toMatchObject({ due: 0, attainmentPercent: null })
  })

  test('stand in the order in which they came, the latest first', () => {
    const later = promised({
      key: 'A-0',
      severity: 'low',
      startAt: tuesday,
      now: december,
      done: { response: tuesday + 2 * HOUR_MS },
    })
    const names = record(met('A-2'), later, met('A-1')).months[1]?.rows.at(-1)?.met.map(nameOf)
    expect(names).toEqual(['A-0 response', 'A-1 response', 'A-2 response'])
  })
})

describe('what is still to be done', () => {
  test('has the soonest deadline first, what has none last, and what is late apart', () => {
    const now = tuesday + 30 * HOUR_MS
    const { open, overdue } = openGoalsOf([
      promised({ key: 'M-1', severity: 'medium', startAt: tuesday + 29 * HOUR_MS, now }),
      promised({ key: 'C-1', startAt: tuesday, now, done: { response: tuesday + HOUR_MS } }),
    ])
    expect(open.map(nameOf)).toEqual(['M-1 response', 'C-1 fix', 'M-1 workaround', 'M-1 fix'])
    expect(overdue.map(nameOf)).toEqual(['C-1 workaround'])
  })

  test('is not what was missed and then done', () => {
    const done = { fix: tuesday + 100 * HOUR_MS }
    const defect = promised({ startAt: tuesday, now: december, done })
    expect(openGoalsOf([defect])).toEqual({ open: [], overdue: [] })
  })
})
