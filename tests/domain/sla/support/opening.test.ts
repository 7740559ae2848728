import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assertCalendar } from '../../../../src/domain/sla/engine/calendar.ts'
import { type OpeningHours, openMsBetween, openState } from '../../../../src/domain/sla/support/opening.ts'
import {
  closedDatesWords,
  openStateWords,
  weeklyHoursWords,
} from '../../../../src/domain/sla/support/opening-words.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../../src/lib/instant.ts'
import { EVERY_DAY, MONDAY_TO_FRIDAY, zoned } from '../engine/zoned.ts'
import { dateAfter, hoursIn, type Told } from './opening-hours.ts'

describe('hours around clock changes', () => {
  const somewhere = fc.constantFrom<[zone: string, date: string]>(
    ['America/New_York', '2026-11-01'],
    ['America/New_York', '2026-03-08'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['America/St_Johns', '2006-10-29'],
    ['America/St_Johns', '2006-04-02'],
    ['Pacific/Apia', '2011-12-30'],
    ['Asia/Beirut', '2026-03-29'],
    ['Africa/Cairo', '2026-10-30'],
    ['Africa/Casablanca', '2026-02-15'],
    ['Asia/Kolkata', '2026-12-31'],
  )
  const windows = fc.subarray(['00:00–01:30', '01:30–06:00', '09:00–17:00', '18:00–23:00', '23:00–24:00'], {
    minLength: 1,
  })
  const openings = fc
    .tuple(
      somewhere,
      fc.array(fc.tuple(fc.subarray(EVERY_DAY, { minLength: 1 }), windows), { minLength: 1, maxLength: 2 }),
      fc.integer({ min: -3, max: 3 }),
    )
    .map(([[zone, date], told, excluded]) => {
      // The second entry takes the weekdays that the first leaves.
      const [[first = [], its = []] = [], [second = [], others = []] = []] = told
      const rest = second.filter((weekday) => !first.includes(weekday))
      const entries: Told[] = [[first, ...its], ...(rest.length > 0 ? [[rest, ...others] as Told] : [])]
      return { around: Date.parse(date), opening: hoursIn(zone, entries, [dateAfter(date, excluded)]) }
    })
  const minutes = fc.integer({ min: -4 * 24 * 60, max: 4 * 24 * 60 })

  test('change their state exactly when the wall clock says so, and not before', () => {
    fc.assert(
      fc.property(openings, minutes, ({ opening, around }, shift) => {
        const now = around + shift * MINUTE_MS
        const { isOpen, until } = openState(opening, now)
        expect(isOpen).toBe(isOpenOnTheWall(opening, now))
        const lookUntil = Math.min(until ?? Number.POSITIVE_INFINITY, now + 5 * DAY_MS)
        for (let at = now; at < lookUntil; at += 10 * MINUTE_MS) {
          expect(isOpenOnTheWall(opening, at)).toBe(isOpen)
        }
        if (until !== null) expect(isOpenOnTheWall(opening, until)).toBe(!isOpen)
      }),
      { numRuns: 200 },
    )
  })

  test('say the same until their state changes', () => {
    fc.assert(
      fc.property(openings, minutes, fc.double({ min: 0, max: 1, noNaN: true }), (it, shift, part) => {
        const now = it.around + shift * MINUTE_MS
        const state = openState(it.opening, now)
        const later = Math.floor(now + part * ((state.until ?? now + 9 * DAY_MS) - 1 - now))
        expect(sayings(it.opening, later)).toEqual(sayings(it.opening, now))
      }),
      { numRuns: 300 },
    )
  })

  function sayings(opening: OpeningHours, now: Instant): string[] {
    const state = openState(opening, now)
    const at = state.until ?? now
    return [openStateWords(opening, state), weeklyHoursWords(opening, at), closedDatesWords(opening, at)]
  }
})

test('each entry is a calendar that the engine runs by, and together they count what is open', () => {
  const told: Told[] = [
    [MONDAY_TO_FRIDAY, '09:00–18:00'],
    [[6], '10:00–14:00'],
  ]
  const opening = hoursIn('Asia/Kolkata', told, ['2026-11-13'])
  for (const { weekdays, opens, closes } of opening.hours) {
    assertCalendar({ ...opening, weekdays, windows: [[opens, closes]] })
  }
  const monday = zoned('Asia/Kolkata', '2026-11-09T00:00')
  expect(openMsBetween(opening, monday, monday + 7 * DAY_MS)).toBe((4 * 9 + 4) * HOUR_MS)
})

/** Pointwise, asking the platform for each reading. */
function isOpenOnTheWall({ timeZone, hours, excludedDates }: OpeningHours, at: Instant): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  if (excludedDates.includes(local.toPlainDate().toString())) return false
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  return hours.some(
    ({ weekdays, opens, closes }) => weekdays.includes(local.dayOfWeek) && opens <= time && time < closes,
  )
}
