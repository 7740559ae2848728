import { describe, expect, test } from 'vitest'
import type { Calendar } from '../../../../src/domain/sla/engine/calendar.ts'
import { atRiskAt, type Window, windowEndsAt } from '../../../../src/domain/sla/engine/window.ts'
import { DomainError } from '../../../../src/errors.ts'
import { calendarIn, EVERY_DAY, reading, SUNDAY_TO_THURSDAY, zoned } from './zoned.ts'

const kolkata = calendarIn('Asia/Kolkata')
const newYork = calendarIn('America/New_York')
const newYorkDaily = calendarIn('America/New_York', { weekdays: EVERY_DAY })
const lordHoweDaily = calendarIn('Australia/Lord_Howe', { weekdays: EVERY_DAY })
const stJohns = calendarIn('America/St_Johns', { weekdays: SUNDAY_TO_THURSDAY })
const stJohnsDaily = calendarIn('America/St_Johns', { weekdays: EVERY_DAY })
const cairo = calendarIn('Africa/Cairo')
const beirut = calendarIn('Asia/Beirut', { weekdays: SUNDAY_TO_THURSDAY })
const office = calendarIn('Europe/Paris', {
  windows: [
    ['09:00', '12:00'],
    ['13:00', '17:00'],
  ],
})
const christmas = calendarIn('Europe/Paris', { excludedDates: ['2026-12-25', '2026-12-28'] })

describe('a deadline', () => {
  test.for<[string, Calendar, string, Window, string]>([
    ['skips the weekend', kolkata, '2026-11-13T22:00', { hours: 4 }, '2026-11-16T02:00:00+05:30'],
    ['is the end of Friday', kolkata, '2026-11-13T20:00', { hours: 4 }, '2026-11-14T00:00:00+05:30'],
    ['is a second after it', kolkata, '2026-11-13T20:00:01', { hours: 4 }, '2026-11-16T00:00:01+05:30'],
    ['counts nights', kolkata, '2026-11-10T22:00', { hours: 8 }, '2026-11-11T06:00:00+05:30'],
    ['starts on Monday', kolkata, '2026-11-15T12:00', { hours: 48 }, '2026-11-18T00:00:00+05:30'],
    ['keeps seconds', kolkata, '2026-11-12T23:59:59', { seconds: 2 }, '2026-11-13T00:00:01+05:30'],
    ['takes half hours', kolkata, '2026-11-12T10:00', { hours: 1.5 }, '2026-11-12T11:30:00+05:30'],

    ['is three working days on', kolkata, '2026-11-10T10:00', { bdays: 3 }, '2026-11-13T10:00:00+05:30'],
    ['from Saturday ends Wednesday', kolkata, '2026-11-14T10:00', { bdays: 3 }, '2026-11-19T00:00:00+05:30'],
    [
      'from Monday 00:00 ends that day',
      kolkata,
      '2026-11-16T00:00',
      { bdays: 1 },
      '2026-11-17T00:00:00+05:30',
    ],
    ['is a week on', kolkata, '2026-11-11T14:30', { weeks: 1 }, '2026-11-18T14:30:00+05:30'],
    ['is two weeks on', kolkata, '2026-11-11T14:30', { weeks: 2 }, '2026-11-25T14:30:00+05:30'],
    ['from Sunday ends Friday', kolkata, '2026-11-15T14:30', { weeks: 1 }, '2026-11-21T00:00:00+05:30'],
    ['knows the leap day', kolkata, '2028-02-28T10:00', { bdays: 1 }, '2028-02-29T10:00:00+05:30'],
    ['a week after the leap day', kolkata, '2028-02-29T10:00', { weeks: 1 }, '2028-03-07T10:00:00+05:30'],
    ['waits for holidays', christmas, '2026-12-24T12:00', { bdays: 1 }, '2026-12-29T12:00:00+01:00'],

    ['a short weekend', newYork, '2026-03-06T22:00', { hours: 4 }, '2026-03-09T02:00:00-04:00'],
    ['a long weekend', newYork, '2026-10-30T22:00', { hours: 4 }, '2026-11-02T02:00:00-05:00'],
    [
      'a short night in real hours',
      newYorkDaily,
      '2026-03-07T22:00',
      { hours: 8 },
      '2026-03-08T07:00:00-04:00',
    ],
    [
      'a long night in real hours',
      newYorkDaily,
      '2026-10-31T22:00',
      { hours: 8 },
      '2026-11-01T05:00:00-05:00',
    ],
    [
      'a reading that does not exist',
      newYorkDaily,
      '2026-03-07T02:30',
      { bdays: 1 },
      '2026-03-08T03:30:00-04:00',
    ],
    [
      'a reading that comes twice',
      newYorkDaily,
      '2026-10-31T01:30',
      { bdays: 1 },
      '2026-11-01T01:30:00-04:00',
    ],
    ['half an hour missing', lordHoweDaily, '2026-10-03T02:15', { bdays: 1 }, '2026-10-04T02:45:00+11:00'],
    ['half an hour twice', lordHoweDaily, '2026-04-04T22:00', { hours: 8 }, '2026-04-05T05:30:00+10:30'],

    // At 00:01 on Sunday 29 October 2006 St. John's went back to Saturday 23:01.
    ['a midnight that comes twice', stJohns, '2006-10-28T12:00', { hours: 2 }, '2006-10-29T01:59:00-03:30'],
    [
      'an hour before midnight twice',
      stJohnsDaily,
      '2006-10-28T23:30',
      { hours: 1 },
      '2006-10-28T23:30:00-03:30',
    ],
    // At 00:01 on Sunday 2 April 2006 it went on to 01:01.
    [
      'an hour after 00:01 missing',
      stJohnsDaily,
      '2006-04-01T00:30',
      { bdays: 1 },
      '2006-04-02T01:30:00-02:30',
    ],

    // Cairo has no 00:00 to 01:00 on Friday 24 April 2026, Beirut none on Sunday 29 March 2026.
    ['a midnight that does not exist', cairo, '2026-04-23T23:00', { hours: 2 }, '2026-04-24T02:00:00+03:00'],
    [
      'a working day into that midnight',
      cairo,
      '2026-04-23T00:30',
      { bdays: 1 },
      '2026-04-24T01:30:00+03:00',
    ],
    ['an opening that does not exist', beirut, '2026-03-28T10:00', { bdays: 3 }, '2026-04-01T00:00:00+03:00'],

    // Apia went from Thursday 29 to Saturday 31 December 2011.
    [
      'hours over a skipped date',
      calendarIn('Pacific/Apia'),
      '2011-12-29T22:00',
      { hours: 4 },
      '2012-01-02T02:00:00+14:00',
    ],
    [
      'a date that nobody worked',
      calendarIn('Pacific/Apia'),
      '2011-12-29T10:00',
      { bdays: 1 },
      '2012-01-02T10:00:00+14:00',
    ],
    [
      'a week over it',
      calendarIn('Pacific/Apia'),
      '2011-12-28T10:00',
      { weeks: 1 },
      '2012-01-05T10:00:00+14:00',
    ],

    [
      'closes with the day, not with its opening',
      office,
      '2026-11-16T09:00',
      { hours: 7 },
      '2026-11-16T17:00:00+01:00',
    ],
    ['rests at lunch', office, '2026-11-16T11:00', { hours: 2 }, '2026-11-16T14:00:00+01:00'],
    ['from lunch ends before lunch', office, '2026-11-16T12:30', { bdays: 1 }, '2026-11-17T12:00:00+01:00'],
    [
      'from the evening is the whole next day',
      office,
      '2026-11-16T18:00',
      { bdays: 1 },
      '2026-11-17T17:00:00+01:00',
    ],
    // The clock starts at 03:00, because the night leaves 02:00 out, yet reads the opening of both windows.
    [
      'joins windows that touch',
      calendarIn('America/New_York', {
        weekdays: EVERY_DAY,
        windows: [
          ['02:00', '02:30'],
          ['02:30', '04:00'],
        ],
      }),
      '2026-03-07T12:00',
      { bdays: 1 },
      '2026-03-08T04:00:00-04:00',
    ],
    ['keeps the hour of the day', office, '2026-11-13T10:00', { bdays: 1 }, '2026-11-16T10:00:00+01:00'],
  ])('%s', ([, calendar, start, window, expected]) => {
    const end = windowEndsAt(calendar, zoned(calendar.timeZone, start), window)
    expect(reading(calendar.timeZone, end)).toBe(expected)
  })

  test('more than a hundred years away is refused at once', () => {
    for (const window of [{ hours: 1e9 }, { bdays: 1e9 }, { weeks: 1e6 }]) {
      expect(() => windowEndsAt(kolkata, 0, window)).toThrow(DomainError)
    }
  })
})

describe('a deadline with pauses', () => {
  test.for<[string, [string, string][], string]>([
    ['moves by their business time', [['2026-11-12T12:00', '2026-11-12T15:00']], '2026-11-12T21:00:00+05:30'],
    [
      'counts overlapping ones once',
      [
        ['2026-11-12T13:00', '2026-11-12T15:00'],
        ['2026-11-12T12:00', '2026-11-12T14:00'],
      ],
      '2026-11-12T21:00:00+05:30',
    ],
    ['counts them from the start', [['2026-11-12T08:00', '2026-11-12T11:00']], '2026-11-12T19:00:00+05:30'],
    [
      'is not revived by one that begins with it',
      [['2026-11-12T18:00', '2026-11-12T20:00']],
      '2026-11-12T18:00:00+05:30',
    ],
    [
      'meets a second one on its way',
      [
        ['2026-11-12T12:00', '2026-11-12T15:00'],
        ['2026-11-12T20:00', '2026-11-12T21:00'],
      ],
      '2026-11-12T22:00:00+05:30',
    ],
    ['leaves the weekend out', [['2026-11-12T17:00', '2026-11-16T01:00']], '2026-11-16T02:00:00+05:30'],
    ['ignores empty ones', [['2026-11-12T12:00', '2026-11-12T12:00']], '2026-11-12T18:00:00+05:30'],
  ])('%s', ([, readings, expected]) => {
    const pauses = readings.map(([from, to]) => {
      return { from: zoned('Asia/Kolkata', from), to: zoned('Asia/Kolkata', to) }
    })
    const end = windowEndsAt(kolkata, zoned('Asia/Kolkata', '2026-11-12T10:00'), { hours: 8 }, pauses)
    expect(reading('Asia/Kolkata', end)).toBe(expected)
  })
})

describe('a goal is at risk', () => {
  test.for<[string, Calendar, string, Window, string]>([
    ['after three of four hours', kolkata, '2026-11-13T22:00', { hours: 4 }, '2026-11-16T01:00:00+05:30'],
    ['at the end of Friday', kolkata, '2026-11-13T21:00', { hours: 4 }, '2026-11-14T00:00:00+05:30'],
    [
      'by the business time of working days',
      office,
      '2026-11-16T09:00',
      { bdays: 2 },
      '2026-11-17T13:30:00+01:00',
    ],
  ])('%s', ([, calendar, start, window, expected]) => {
    const at = atRiskAt(calendar, zoned(calendar.timeZone, start), window)
    expect(reading(calendar.timeZone, at)).toBe(expected)
  })

  test('to the millisecond', () => {
    expect(atRiskAt(calendarIn('UTC'), Date.parse('2026-11-10T00:00:00Z'), { seconds: 1 })).toBe(
      Date.parse('2026-11-10T00:00:00.750Z'),
    )
  })

  test('never before three quarters are used', () => {
    const start = Date.parse('2026-11-10T00:00:00Z')
    expect(atRiskAt(calendarIn('UTC'), start, { seconds: 0.002 })).toBe(start + 2)
  })

  test('later by a pause', () => {
    const start = Date.parse('2026-11-10T00:00:00Z')
    const pauses = [{ from: start, to: start + 3_600_000 }]
    expect(atRiskAt(calendarIn('UTC'), start, { hours: 4 }, pauses)).toBe(Date.parse('2026-11-10T04:00:00Z'))
  })
})
