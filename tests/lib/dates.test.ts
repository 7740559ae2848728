import { describe, expect, test } from 'vitest'
import { daysBetween, startOfDate } from '../../src/lib/dates.ts'
import { HOUR_MS } from '../../src/lib/instant.ts'

describe('the days between two dates', () => {
  test('are in order and leave no time between them', () => {
    const days = daysBetween('2028-02-27', '2028-03-02', 'Asia/Kolkata')
    expect(days.map(({ date }) => date)).toEqual([
      '2028-02-27',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
      '2028-03-02',
    ])
    expect(days.slice(1).map(({ from }) => from)).toEqual(days.slice(0, -1).map(({ until }) => until))
    expect(days[0]?.from).toBe(startOfDate('2028-02-27', 'Asia/Kolkata'))
  })

  test('are as long as clocks make them', () => {
    const hours = (zone: string, first: string, last: string) =>
      daysBetween(first, last, zone).map(({ from, until }) => (until - from) / HOUR_MS)
    expect(hours('Europe/Berlin', '2026-03-28', '2026-03-30')).toEqual([24, 23, 24])
    expect(hours('Europe/Berlin', '2026-10-24', '2026-10-26')).toEqual([24, 25, 24])
    // Samoa went over the date line and had no 30 December 2011.
    expect(hours('Pacific/Apia', '2011-12-29', '2011-12-31')).toEqual([24, 0, 24])
  })

  test('are one for one date, and none for an end before the beginning', () => {
    expect(daysBetween('2026-11-12', '2026-11-12', 'UTC').length).toBe(1)
    expect(daysBetween('2026-11-12', '2026-11-11', 'UTC')).toEqual([])
  })
})
