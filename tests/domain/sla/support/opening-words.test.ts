import { describe, expect, test } from 'vitest'
import { closedDatesWords, weeklyHoursWords } from '../../../../src/domain/sla/support/opening-words.ts'
import { EVERY_DAY, MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, zoned } from '../engine/zoned.ts'
import { hoursIn, type Told } from './opening-hours.ts'

describe('a week of hours reads', () => {
  test.for<[words: string, zone: string, Told[]]>([
    [
      'Monday to Friday 09:00–18:00, Saturday 10:00–14:00 IST',
      'Asia/Kolkata',
      [
        [[6], '10:00–14:00'],
        [MONDAY_TO_FRIDAY, '09:00–18:00'],
      ],
    ],
    ['every day 08:00–22:00 EST', 'America/New_York', [[EVERY_DAY, '08:00–22:00']]],
    ['around the clock', 'Asia/Kolkata', [[EVERY_DAY, '00:00–24:00']]],
    [
      'around the clock',
      'Asia/Kolkata',
      [
        [[1, 2, 3], '12:00–24:00', '00:00–12:00'],
        [[4, 5, 6, 7], '00:00–24:00'],
      ],
    ],
    ['Monday to Friday 00:00–24:00 IST', 'Asia/Kolkata', [[MONDAY_TO_FRIDAY, '00:00–24:00']]],
    ['Sunday to Thursday 09:00–17:00 GMT+3', 'Asia/Riyadh', [[SUNDAY_TO_THURSDAY, '09:00–17:00']]],
    ['Saturday and Sunday 09:00–17:00 UTC', 'UTC', [[[7, 6], '09:00–17:00']]],
    ['Sunday and Monday 09:00–17:00 UTC', 'UTC', [[[1, 7], '09:00–17:00']]],
    ['Monday, Wednesday and Friday 09:00–17:00 UTC', 'UTC', [[[5, 3, 1], '09:00–17:00']]],
    ['Wednesday and Saturday to Monday 09:00–17:00 UTC', 'UTC', [[[1, 3, 6, 7], '09:00–17:00']]],
    ['Monday 09:00–12:00 and 13:00–18:00 UTC', 'UTC', [[[1], '13:00–18:00', '09:00–12:00']]],
    ['Monday 09:00–18:00 UTC', 'UTC', [[[1], '09:00–12:00', '12:00–18:00']]],
    [
      'Monday, Wednesday and Friday 09:00–12:00; Tuesday and Thursday 13:00–17:00 UTC',
      'UTC',
      [
        [[2, 4], '13:00–17:00'],
        [[1, 3, 5], '09:00–12:00'],
      ],
    ],
    [
      'Monday 22:00–24:00, Tuesday to Friday 00:00–06:00 and 22:00–24:00, Saturday 00:00–06:00 UTC',
      'UTC',
      [
        [MONDAY_TO_FRIDAY, '22:00–24:00'],
        [[2, 3, 4, 5, 6], '00:00–06:00'],
      ],
    ],
  ])('“%s”', ([words, zone, told]) => {
    expect(weeklyHoursWords(hoursIn(zone, told), Date.parse('2026-11-12T12:00:00Z'))).toBe(words)
  })

  test('with the zone’s name in summer', () => {
    const opening = hoursIn('America/New_York', [[EVERY_DAY, '08:00–22:00']])
    expect(weeklyHoursWords(opening, Date.parse('2026-07-01T12:00:00Z'))).toBe('every day 08:00–22:00 EDT')
  })
})

describe('closed dates read', () => {
  test.for<[words: string, excluded: string[]]>([
    ['', []],
    ['closed on Friday 25 December', ['2026-12-25']],
    ['closed on Friday 25 December and Friday 1 January', ['2027-01-01', '2026-12-25', '2026-12-25']],
    // Past, on a Sunday that is closed anyway, and more than sixty days ahead.
    ['', ['2026-11-11', '2026-11-15', '2027-01-15']],
    ['closed on Thursday 12 November', ['2026-11-12']],
  ])('“%s”', ([words, excluded]) => {
    expect(
      closedDatesWords(
        hoursIn('Asia/Kolkata', [[[1, 2, 3, 4, 5, 6], '09:00–18:00']], excluded),
        zoned('Asia/Kolkata', '2026-11-12T12:00'),
      ),
    ).toBe(words)
  })
})
