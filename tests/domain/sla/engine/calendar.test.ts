import { describe, expect, test } from 'vitest'
import { assertCalendar, type Calendar } from '../../../../src/domain/sla/engine/calendar.ts'
import { DomainError } from '../../../../src/errors.ts'

const standard: Calendar = {
  timeZone: 'Asia/Kolkata',
  weekdays: [1, 2, 3, 4, 5],
  excludedDates: [],
  windows: null,
}

describe('a calendar is accepted', () => {
  test.for<[string, Partial<Calendar>]>([
    ['with the zone people write', { timeZone: 'Asia/Kolkata' }],
    ['with the zone the platform lists', { timeZone: 'Asia/Calcutta' }],
    ['in UTC', { timeZone: 'UTC' }],
    ['with a leap day', { excludedDates: ['2028-02-29'] }],
    [
      'with windows that touch',
      {
        windows: [
          ['09:00', '12:00'],
          ['12:00', '24:00'],
        ],
      },
    ],
    [
      'with windows in any order',
      {
        windows: [
          ['13:00', '17:00'],
          ['09:00', '12:00'],
        ],
      },
    ],
    ['that counts on one weekday only', { weekdays: [7] }],
  ])('%s', ([, differences]) => {
    expect(() => assertCalendar({ ...standard, ...differences })).not.toThrow()
  })

  test('with holidays that leave it silent for less than 400 days', () => {
    // Fridays only: 56 Fridays left out are 57 weeks from one counting day to the next.
    expect(fieldsOf({ weekdays: [5], excludedDates: fridays(56) })).toEqual([])
  })
})

describe('a calendar is refused', () => {
  test.for<[string, Partial<Calendar>, string]>([
    ['with an unknown zone', { timeZone: 'Mars/Olympus' }, '/time_zone'],
    ['with an offset for a zone', { timeZone: '+05:00' }, '/time_zone'],
    ['with a zone in the wrong case', { timeZone: 'asia/kolkata' }, '/time_zone'],
    ['with a zone hidden in a date', { timeZone: '2026-01-01T00:00[Europe/Paris]' }, '/time_zone'],
    ['without a zone', { timeZone: '' }, '/time_zone'],
    ['without a weekday', { weekdays: [] }, '/weekdays'],
    ['with weekday 0', { weekdays: [0, 1] }, '/weekdays'],
    ['with weekday 8', { weekdays: [8] }, '/weekdays'],
    ['with a weekday and a half', { weekdays: [1.5] }, '/weekdays'],
    ['with a weekday twice', { weekdays: [1, 1] }, '/weekdays'],
    ['with 30 February', { excludedDates: ['2026-01-01', '2026-02-30'] }, '/excluded_dates/1'],
    ['with a leap day in a common year', { excludedDates: ['2027-02-29'] }, '/excluded_dates/0'],
    ['with a date in another order', { excludedDates: ['25/12/2026'] }, '/excluded_dates/0'],
    ['without a window', { windows: [] }, '/windows'],
    ['with a window that never opens', { windows: [['09:00', '09:00']] }, '/windows/0'],
    ['with a window over midnight', { windows: [['22:00', '06:00']] }, '/windows/0'],
    [
      'with overlapping windows',
      {
        windows: [
          ['09:00', '12:00'],
          ['11:59', '17:00'],
        ],
      },
      '/windows/1',
    ],
    ['with a time after 24:00', { windows: [['09:00', '24:01']] }, '/windows/0'],
    ['with a time that is none', { windows: [['9am', '17:00']] }, '/windows/0'],
  ])('%s', ([, differences, pointer]) => {
    expect(fieldsOf(differences)).toEqual([pointer])
  })

  test('when holidays leave it silent for 400 days', () => {
    expect(fieldsOf({ weekdays: [5], excludedDates: fridays(57) })).toEqual(['/excluded_dates'])
  })

  test('naming every wrong field at once', () => {
    expect(fieldsOf({ timeZone: 'Nowhere', weekdays: [9] })).toEqual(['/time_zone', '/weekdays'])
  })
})

function fieldsOf(differences: Partial<Calendar>): string[] {
  try {
    assertCalendar({ ...standard, ...differences })
    return []
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.fields.map(({ pointer }) => pointer)
  }
}

/** So many Fridays in a row, from 1 January 2027 on. */
function fridays(count: number): string[] {
  const first = Temporal.PlainDate.from('2027-01-01')
  return Array.from({ length: count }, (_, index) => first.add({ weeks: index }).toString())
}
