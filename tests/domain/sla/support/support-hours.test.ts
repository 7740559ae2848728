import { describe, expect, test } from 'vitest'
import { type OpeningHours, openState } from '../../../../src/domain/sla/support/opening.ts'
import { openStateWords } from '../../../../src/domain/sla/support/opening-words.ts'
import { EVERY_DAY, MONDAY_TO_FRIDAY, reading, zoned } from '../engine/zoned.ts'
import { dateAfter, hoursIn } from './opening-hours.ts'

const INDIA = 'Asia/Kolkata'
const NEW_YORK = 'America/New_York'
const office = (...excluded: string[]) =>
  hoursIn(
    INDIA,
    [
      [MONDAY_TO_FRIDAY, '09:00–18:00'],
      [[6], '10:00–14:00'],
    ],
    excluded,
  )
const always = (...excluded: string[]) => hoursIn(INDIA, [[EVERY_DAY, '00:00–24:00']], excluded)
const nights = (zone: string) => hoursIn(zone, [[EVERY_DAY, '00:00–06:00', '22:00–24:00']])
const christmas = office(...datesFrom('2026-12-25', 8))
const allButAnHour = hoursIn(NEW_YORK, [
  [[1, 2, 3, 4, 5, 6], '00:00–24:00'],
  [[7], '00:00–02:00', '03:00–24:00'],
])
const weekOff = office(...datesFrom('2026-11-21', 8))

describe('support', () => {
  test.for<[what: string, OpeningHours, now: string, words: string, until: string | null]>([
    ['in its hours', office(), '2026-11-12T12:00', 'open now until 18:00 IST', '2026-11-12T18:00:00+05:30'],
    ['from opening', office(), '2026-11-12T09:00', 'open now until 18:00 IST', '2026-11-12T18:00:00+05:30'],
    [
      'a moment before opening',
      office(),
      '2026-11-12T08:59:59.999',
      'closed; opens Thursday 09:00 IST',
      '2026-11-12T09:00:00+05:30',
    ],
    [
      'from closing',
      office(),
      '2026-11-12T18:00',
      'closed; opens Friday 09:00 IST',
      '2026-11-13T09:00:00+05:30',
    ],
    [
      'at a weekend',
      office(),
      '2026-11-14T14:00',
      'closed; opens Monday 09:00 IST',
      '2026-11-16T09:00:00+05:30',
    ],
    ['all day and night', always(), '2026-11-12T00:00', 'open around the clock', null],
    [
      'all day and night, told day by day',
      hoursIn(
        INDIA,
        EVERY_DAY.map((weekday) => [[weekday], '00:00–12:00', '12:00–24:00']),
      ),
      '2026-11-12T00:00',
      'open around the clock',
      null,
    ],
    [
      'on working days, day and night, when it opens',
      hoursIn(INDIA, [[MONDAY_TO_FRIDAY, '00:00–24:00']]),
      '2026-11-09T00:00',
      'open now until Friday 24:00 IST',
      '2026-11-14T00:00:00+05:30',
    ],
    [
      'on working days, day and night, in its last hour',
      hoursIn(INDIA, [[MONDAY_TO_FRIDAY, '00:00–24:00']]),
      '2026-11-13T23:30',
      'open now until Friday 24:00 IST',
      '2026-11-14T00:00:00+05:30',
    ],
    [
      'on one day, from midnight to midnight',
      hoursIn(INDIA, [[[4], '00:00–24:00']]),
      '2026-11-12T12:00',
      'open now until Thursday 24:00 IST',
      '2026-11-13T00:00:00+05:30',
    ],
    [
      'in the evening',
      hoursIn(INDIA, [[EVERY_DAY, '18:00–24:00']]),
      '2026-11-12T20:00',
      'open now until 24:00 IST',
      '2026-11-13T00:00:00+05:30',
    ],
    [
      'through a night',
      nights(INDIA),
      '2026-11-12T23:00',
      'open now until 06:00 IST',
      '2026-11-13T06:00:00+05:30',
    ],
    [
      'through the night with 25 hours in its day',
      nights(NEW_YORK),
      '2026-10-31T23:00',
      'open now until 06:00 EST',
      '2026-11-01T06:00:00-05:00',
    ],
    [
      'through the night with an hour less',
      nights(NEW_YORK),
      '2026-03-07T23:00',
      'open now until 06:00 EDT',
      '2026-03-08T06:00:00-04:00',
    ],
    [
      'until a time that comes twice',
      hoursIn(NEW_YORK, [[EVERY_DAY, '00:00–01:30']]),
      '2026-11-01T00:30',
      'open now until 01:30 EDT',
      '2026-11-01T01:30:00-04:00',
    ],
    [
      'between the two times',
      hoursIn(NEW_YORK, [[EVERY_DAY, '00:00–01:30']]),
      '2026-11-01T01:45',
      'closed; opens Sunday 01:00 EST',
      '2026-11-01T01:00:00-05:00',
    ],
    [
      'before hours that a clock change leaves out',
      hoursIn(NEW_YORK, [[EVERY_DAY, '02:00–03:00']]),
      '2026-03-07T12:00',
      'closed; opens Monday 02:00 EDT',
      '2026-03-09T02:00:00-04:00',
    ],
    [
      'before a closed hour that a clock change leaves out',
      allButAnHour,
      '2026-03-01T04:00',
      'open now until Sunday 15 March, 02:00 EDT',
      '2026-03-15T02:00:00-04:00',
    ],
    [
      'before a closed hour',
      allButAnHour,
      '2026-03-16T04:00',
      'open now until Sunday 22 March, 02:00 EDT',
      '2026-03-22T02:00:00-04:00',
    ],
    [
      'before a midnight that does not exist',
      hoursIn('Asia/Beirut', [[[6], '18:00–24:00']]),
      '2026-03-28T20:00',
      'open now until 24:00 EET',
      '2026-03-29T01:00:00+03:00',
    ],
    [
      'over a midnight that does not exist',
      nights('Asia/Beirut'),
      '2026-03-28T23:00',
      'open now until 06:00 EEST',
      '2026-03-29T06:00:00+03:00',
    ],
    [
      'before an excluded date',
      office('2026-11-13'),
      '2026-11-12T18:00',
      'closed; opens Saturday 10:00 IST',
      '2026-11-14T10:00:00+05:30',
    ],
    [
      'long before an excluded date',
      always('2026-12-25'),
      '2026-11-12T12:00',
      'open now until Thursday 24 December 2026, 24:00 IST',
      '2026-12-25T00:00:00+05:30',
    ],
    [
      'on an excluded date',
      always('2026-12-25'),
      '2026-12-25T12:00',
      'closed; opens Saturday 00:00 IST',
      '2026-12-26T00:00:00+05:30',
    ],
    ['after the last excluded date', always('2026-12-25'), '2026-12-26T00:00', 'open around the clock', null],
    [
      'years before an excluded date',
      always('2026-11-02', '2028-12-25'),
      '2026-11-12T12:00',
      'open now until Sunday 24 December 2028, 24:00 IST',
      '2028-12-25T00:00:00+05:30',
    ],
    [
      'before an excluded date that the zone leaves out',
      hoursIn('Pacific/Apia', [[EVERY_DAY, '00:00–24:00']], ['2011-12-30']),
      '2011-12-29T12:00',
      'open around the clock',
      null,
    ],
    [
      'over the turn of the year, at its beginning',
      christmas,
      '2026-12-24T18:00',
      'closed; opens Saturday 2 January, 10:00 IST',
      '2027-01-02T10:00:00+05:30',
    ],
    [
      'over the turn of the year, the evening before it opens',
      christmas,
      '2027-01-01T23:00',
      'closed; opens Saturday 2 January, 10:00 IST',
      '2027-01-02T10:00:00+05:30',
    ],
    [
      'open over the turn of the year',
      nights(INDIA),
      '2026-12-31T22:00',
      'open now until 06:00 IST',
      '2027-01-01T06:00:00+05:30',
    ],
    [
      'closed for more than six days',
      weekOff,
      '2026-11-20T18:00',
      'closed; opens Monday 30 November, 09:00 IST',
      '2026-11-30T09:00:00+05:30',
    ],
    ['on a leap day', office(), '2028-02-29T10:00', 'open now until 18:00 IST', '2028-02-29T18:00:00+05:30'],
  ])('%s', ([, opening, now, words, until]) => {
    const state = openState(opening, zoned(opening.timeZone, now))
    expect(state.until && reading(opening.timeZone, state.until)).toBe(until)
    expect(openStateWords(opening, state)).toBe(words)
  })

  test('opens again, however its one weekday is left out', () => {
    const sundays = Array.from({ length: 50 }, (_, index) => dateAfter('2026-03-08', 7 * index - 7))
    const opening = hoursIn(NEW_YORK, [[[7], '02:00–03:00']], sundays)
    const { until } = openState(opening, zoned(NEW_YORK, '2026-02-22T03:00'))
    expect(until && reading(NEW_YORK, until)).toBe('2027-02-14T02:00:00-05:00')
  })
})

function datesFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dateAfter(first, index))
}
