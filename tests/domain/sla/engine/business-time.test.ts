import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addBusinessMs,
  businessMsBetween,
  clockStartAt,
  counts,
} from '../../../../src/domain/sla/engine/business-time.ts'
import type { Calendar } from '../../../../src/domain/sla/engine/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/lib/instant.ts'
import { countsOnTheWall } from './wall-clock.ts'
import { calendarIn, EVERY_DAY, reading, SUNDAY_TO_THURSDAY, zoned } from './zoned.ts'

describe('business time between two readings, in hours', () => {
  test.for<[string, Calendar, string, string, number]>([
    ['a weekend is nothing', calendarIn('UTC'), '2026-11-14T00:00', '2026-11-16T00:00', 0],
    ['a working week is five days', calendarIn('UTC'), '2026-11-09T00:00', '2026-11-16T00:00', 120],
    ['an end before the start is nothing', calendarIn('UTC'), '2026-11-10T00:00', '2026-11-09T00:00', 0],
    ['a short day', calendarIn('Africa/Cairo'), '2026-04-24T00:00', '2026-04-25T00:00', 23],
    ['a long day', calendarIn('Africa/Cairo'), '2026-10-29T00:00', '2026-10-30T00:00', 25],
    [
      'half an hour less',
      calendarIn('Australia/Lord_Howe', { weekdays: EVERY_DAY }),
      '2026-10-04T00:00',
      '2026-10-05T00:00',
      23.5,
    ],
    ['a skipped Friday', calendarIn('Pacific/Apia'), '2011-12-26T00:00', '2012-01-02T00:00', 96],
    [
      'a Sunday that begins twice',
      calendarIn('America/St_Johns', { weekdays: [7] }),
      '2006-10-28T12:00',
      '2006-10-30T00:00',
      24 + 1 / 60,
    ],
    [
      'a holiday',
      calendarIn('Europe/Paris', { excludedDates: ['2026-11-11'] }),
      '2026-11-09T00:00',
      '2026-11-14T00:00',
      96,
    ],
    [
      'windows with a lunch break',
      calendarIn('Europe/Paris', {
        windows: [
          ['13:00', '17:30'],
          ['09:00', '12:00'],
        ],
      }),
      '2026-11-09T10:00',
      '2026-11-10T14:00',
      2 + 4.5 + 3 + 1,
    ],
    [
      'ten years of working weeks before 1970',
      calendarIn('UTC'),
      '1950-01-02T00:00',
      '1960-01-04T00:00',
      522 * 120,
    ],
  ])('%s', ([, calendar, from, to, hours]) => {
    const { timeZone } = calendar
    const ms = businessMsBetween(calendar, zoned(timeZone, from), zoned(timeZone, to))
    expect(ms).toBe(Math.round(hours * HOUR_MS))
  })
})

describe('a clock that starts', () => {
  test.for<[string, Calendar, string, string]>([
    ['on a Tuesday starts at once', calendarIn('UTC'), '2026-11-10T10:00', '2026-11-10T10:00:00+00:00'],
    ['on Saturday starts on Monday', calendarIn('UTC'), '2026-11-14T10:00', '2026-11-16T00:00:00+00:00'],
    ['with Saturday starts on Monday', calendarIn('UTC'), '2026-11-14T00:00', '2026-11-16T00:00:00+00:00'],
    [
      'before a midnight that does not exist starts after it',
      calendarIn('Asia/Beirut', { weekdays: SUNDAY_TO_THURSDAY }),
      '2026-03-28T10:00',
      '2026-03-29T01:00:00+03:00',
    ],
    [
      'at closing time starts with the next window',
      calendarIn('UTC', { windows: [['09:00', '17:00']] }),
      '2026-11-13T17:00',
      '2026-11-16T09:00:00+00:00',
    ],
    [
      'before a window that the night leaves out starts a day later',
      calendarIn('America/New_York', { weekdays: EVERY_DAY, windows: [['02:00', '03:00']] }),
      '2026-03-07T12:00',
      '2026-03-09T02:00:00-04:00',
    ],
  ])('%s', ([, calendar, start, expected]) => {
    const at = clockStartAt(calendar, zoned(calendar.timeZone, start))
    expect(reading(calendar.timeZone, at)).toBe(expected)
  })
})

describe('business time', () => {
  // Around clock changes of every kind: half hours, midnight, 00:01, a whole day, Ramadan.
  const somewhere = fc
    .constantFrom(
      ['America/New_York', '2026-11-01'],
      ['Europe/London', '2026-03-29'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['America/St_Johns', '2006-10-29'],
      ['America/St_Johns', '2006-04-02'],
      ['Pacific/Apia', '2011-12-30'],
      ['Africa/Cairo', '2026-10-30'],
      ['Asia/Beirut', '2026-03-29'],
      ['Africa/Casablanca', '2026-02-15'],
      ['America/Sao_Paulo', '2018-11-04'],
      ['Asia/Kolkata', '2026-11-15'],
    )
    .map(([timeZone = '', date = '']) => ({ timeZone, around: Date.parse(date) }))
  const calendars = fc
    .record({
      place: somewhere,
      weekdays: fc.subarray(EVERY_DAY, { minLength: 1 }),
      holiday: fc.integer({ min: -3, max: 3 }),
      windows: fc.constantFrom<Calendar['windows']>(
        null,
        [['09:00', '17:00']],
        [
          ['00:00', '02:30'],
          ['23:00', '24:00'],
        ],
      ),
    })
    .map(({ place, weekdays, holiday, windows }) => {
      const excludedDates = [new Date(place.around + holiday * DAY_MS).toISOString().slice(0, 10)]
      return {
        around: place.around,
        calendar: calendarIn(place.timeZone, { weekdays, excludedDates, windows }),
      }
    })
  const minutes = fc.integer({ min: -4 * 24 * 60, max: 4 * 24 * 60 })

  test('is what a clock on the wall says, minute by minute', () => {
    fc.assert(
      fc.property(calendars, minutes, ({ calendar, around }, shift) => {
        const from = around + shift * MINUTE_MS
        const to = from + DAY_MS
        let expected = 0
        for (let at = from; at < to; at += MINUTE_MS) if (countsOnTheWall(calendar, at)) expected += MINUTE_MS
        expect(businessMsBetween(calendar, from, to)).toBe(expected)
      }),
      { numRuns: 200 },
    )
  })

  test('counts at an instant as on the wall', () => {
    fc.assert(
      fc.property(calendars, minutes, ({ calendar, around }, shift) => {
        const at = around + shift * MINUTE_MS
        expect(counts(calendar, at)).toBe(countsOnTheWall(calendar, at))
      }),
      { numRuns: 500 },
    )
  })

  test('adds up, wherever it is cut', () => {
    fc.assert(
      fc.property(
        calendars,
        fc.array(fc.integer({ min: 0, max: 9 * DAY_MS }), { minLength: 3, maxLength: 3 }),
        ({ calendar, around }, cuts) => {
          const [from = 0, middle = 0, to = 0] = cuts
            .map((cut) => around - 4 * DAY_MS + cut)
            .sort((a, b) => a - b)
          const parts = businessMsBetween(calendar, from, middle) + businessMsBetween(calendar, middle, to)
          expect(businessMsBetween(calendar, from, to)).toBe(parts)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('is used up at the earliest possible instant, and no promise ends sooner for being longer', () => {
    const amounts = fc.integer({ min: 1, max: 5 * DAY_MS })
    fc.assert(
      fc.property(calendars, minutes, amounts, amounts, ({ calendar, around }, shift, ms, more) => {
        const start = around + shift * MINUTE_MS
        const end = addBusinessMs(calendar, start, ms)
        expect(businessMsBetween(calendar, start, end)).toBe(ms)
        expect(counts(calendar, end - 1)).toBe(true)
        expect(addBusinessMs(calendar, start, ms + more)).toBeGreaterThan(end)
        expect(addBusinessMs(calendar, end, more)).toBe(addBusinessMs(calendar, start, ms + more))
      }),
      { numRuns: 500 },
    )
  })
})
