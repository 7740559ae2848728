import { describe, expect, test } from 'vitest'
import { chartTicks } from '../../src/ui/chart-ticks.ts'
import { zoned } from '../domain/sla/engine/zoned.ts'

function ticks(zone: string, from: string, to: string) {
  return chartTicks(zoned(zone, from), zoned(zone, to), zone)
}

/** The words on a desk, those that have room there only in brackets. */
function words(zone: string, from: string, to: string): string[] {
  return ticks(zone, from, to).flatMap(({ label, isWide }) =>
    label === null ? [] : [isWide ? `(${label})` : label],
  )
}

describe('the axis of time', () => {
  test.for<[what: string, from: string, to: string, expected: string[]]>([
    [
      'days',
      '2026-11-13T20:00',
      '2026-11-17T22:00',
      ['Fri 13 Nov', 'Sun 15 Nov', '(Mon 16 Nov)', '(Tue 17 Nov)'],
    ],
    [
      'some of many days',
      '2026-11-13T20:00',
      '2026-12-04T20:00',
      [
        'Fri 13 Nov',
        '(Tue 17 Nov)',
        'Fri 20 Nov',
        '(Mon 23 Nov)',
        'Thu 26 Nov',
        '(Sun 29 Nov)',
        '(Wed 2 Dec)',
      ],
    ],
    [
      'hours of a short one, midnight by its day',
      '2026-11-13T20:00',
      '2026-11-14T04:15',
      ['Fri 13 Nov', '(21:00)', '(22:00)', '23:00', '(Sat 14 Nov)', '(01:00)', '02:00', '(03:00)'],
    ],
    [
      'every third hour of a day',
      '2026-11-13T20:30',
      '2026-11-14T22:30',
      ['Fri 13 Nov', '(Sat 14 Nov)', '03:00', '(06:00)', '(09:00)', '12:00', '(15:00)', '(18:00)'],
    ],
    [
      'Mondays of some months',
      '2026-11-13T20:00',
      '2027-02-20T20:00',
      [
        'Fri 13 Nov',
        '(Mon 30 Nov)',
        'Mon 14 Dec',
        '(Mon 28 Dec)',
        'Mon 11 Jan',
        '(Mon 25 Jan)',
        '(Mon 8 Feb)',
      ],
    ],
    [
      'months of some years',
      '2026-11-13T20:00',
      '2028-11-13T20:00',
      ['Nov 2026', '(Mar 2027)', 'Jun 2027', '(Sep 2027)', 'Dec 2027', '(Mar 2028)', '(Jun 2028)'],
    ],
    [
      'years of a decade',
      '2026-11-13T20:00',
      '2034-11-13T20:00',
      ['Nov 2026', '(Jan 2028)', 'Jan 2029', '(Jan 2030)', '(Jan 2031)', 'Jan 2032', '(Jan 2033)'],
    ],
  ])('names %s', ([, from, to, expected]) => {
    expect(words('Asia/Kolkata', from, to)).toEqual(expected)
  })

  test('has a line at every local midnight, wherever the clocks go', () => {
    // The night of 1 November has 25 hours.
    const [, ...lines] = ticks('America/New_York', '2026-10-30T12:00', '2026-11-03T12:00')
    const gaps = lines.slice(1).map(({ x }, index) => Math.round(x - (lines[index]?.x ?? 0)))
    expect(gaps).toEqual([25, 26, 25])
  })

  test('leaves room for words: none touch, none stand over the edge', () => {
    for (let days = 1; days < 800; days += 7) {
      const to = Temporal.PlainDate.from('2026-11-13').add({ days }).toString()
      const labelled = ticks('Asia/Kolkata', '2026-11-13T20:00', `${to}T20:00`).filter((tick) => tick.label)
      for (const [isNarrow, room] of [
        [true, 25],
        [false, 11],
      ] as const) {
        const places = labelled.filter(({ isWide }) => !isNarrow || !isWide).map(({ x }) => x)
        for (const [index, x] of places.entries())
          expect((places[index + 1] ?? 100) - x).toBeGreaterThanOrEqual(room)
      }
    }
  })
})
