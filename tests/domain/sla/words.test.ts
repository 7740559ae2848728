import { describe, expect, test } from 'vitest'
import { excludedBetween } from '../../../src/domain/sla/engine/excluded-time.ts'
import { type GoalState, goalState } from '../../../src/domain/sla/engine/goal-state.ts'
import type { GoalTerm } from '../../../src/domain/sla/engine/goal-terms.ts'
import { NO_END } from '../../../src/domain/sla/engine/pauses.ts'
import {
  deadlineWords,
  durationWords,
  excludedWords,
  promiseWords,
  remainingWords,
  verdictWords,
} from '../../../src/domain/sla/words.ts'
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/instant.ts'
import { type OneTerm, oneTerm } from '../../support/one-term.ts'
import { calendarIn, SUNDAY_TO_THURSDAY, zoned } from './engine/zoned.ts'

const kolkata = calendarIn('Asia/Kolkata')
const at = (text: string) => zoned('Asia/Kolkata', text)

test.for<[GoalTerm, string]>([
  [{ hours: 4 }, 'within 4 hours'],
  [{ hours: 1 }, 'within 1 hour'],
  [{ bdays: 3 }, 'within 3 business days'],
  [{ bdays: 1 }, 'within 1 business day'],
  [{ weeks: 1 }, 'within 1 week'],
  [{ weeks: 2 }, 'within 2 weeks'],
  [{ seconds: 30 }, 'within 30 seconds'],
  [{ release: 'next' }, 'in the next release'],
  [null, 'as seen fit'],
])('the promise %o reads “%s”', ([promise, words]) => {
  expect(promiseWords(promise)).toBe(words)
})

test.for<[number, string]>([
  [0, 'less than a minute'],
  [MINUTE_MS - 1, 'less than a minute'],
  [MINUTE_MS, '1 min'],
  [38 * MINUTE_MS + 59_999, '38 min'],
  [2 * HOUR_MS + 14 * MINUTE_MS, '2 h 14 min'],
  [9 * HOUR_MS, '9 h'],
  [48 * HOUR_MS, '48 h'],
  [49 * HOUR_MS - 1, '2 d'],
  [76 * HOUR_MS + 59 * MINUTE_MS, '3 d 4 h'],
])('%d ms read “%s”', ([ms, words]) => {
  expect(durationWords(ms)).toBe(words)
})

describe('a deadline reads', () => {
  test.for<[string, string, string]>([
    ['Asia/Kolkata', '2026-11-16T02:00', 'Monday 16 November, 02:00 IST'],
    ['Asia/Kolkata', '2026-11-14T00:00', 'end of Friday 13 November (24:00 IST)'],
    ['Asia/Kolkata', '2026-11-14T00:01', 'Saturday 14 November, 00:01 IST'],
    ['Asia/Kolkata', '2027-01-01T00:00', 'end of Thursday 31 December (24:00 IST)'],
    ['America/New_York', '2026-11-02T02:00', 'Monday 2 November, 02:00 EST'],
    ['Europe/Paris', '2026-07-01T12:30', 'Wednesday 1 July, 12:30 CEST'],
    ['Asia/Dubai', '2026-11-16T02:00', 'Monday 16 November, 02:00 GST'],
    ['Asia/Tokyo', '2026-11-16T02:00', 'Monday 16 November, 02:00 GMT+9'],
    ['UTC', '2026-11-16T02:00', 'Monday 16 November, 02:00 UTC'],
    // Beirut has no midnight on this Sunday; Apia went from Thursday to Saturday.
    ['Asia/Beirut', '2026-03-29T01:00', 'end of Saturday 28 March (24:00 EET)'],
    ['Pacific/Apia', '2011-12-31T00:00', 'end of Thursday 29 December (24:00 GMT-10)'],
  ])('in %s at %s: “%s”', ([zone, local, words]) => {
    expect(deadlineWords(zone, zoned(zone, local))).toBe(words)
  })

  test('as what it is where the clock goes back over midnight', () => {
    // St. John's went from Sunday 00:01 to Saturday 23:01: no day ended there.
    const at = Date.parse('2006-10-29T02:31:00Z')
    expect(deadlineWords('America/St_Johns', at)).toMatch(/^Saturday 28 October, 23:01 /)
  })

  test('with the year where asked for', () => {
    expect(deadlineWords('UTC', Date.parse('2027-01-01T00:00:00Z'), { year: true })).toBe(
      'end of Thursday 31 December 2026 (24:00 UTC)',
    )
  })
})

describe('what was left out reads', () => {
  const christmas = calendarIn('Asia/Kolkata', {
    excludedDates: ['2026-12-23', '2026-12-25', '2026-12-28', '2026-12-29'],
  })
  const office = calendarIn('Asia/Kolkata', {
    windows: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
  })
  const fridayOff = calendarIn('Asia/Kolkata', { weekdays: [1, 2, 3, 4, 6, 7] })

  test.for<[string, typeof kolkata, string, string]>([
    ['', kolkata, '2026-11-09T00:00', '2026-11-14T00:00'],
    ['weekend 14–15 November not counted', kolkata, '2026-11-13T22:00', '2026-11-16T02:00'],
    ['weekend 31 October – 1 November not counted', kolkata, '2026-10-30T22:00', '2026-11-02T02:00'],
    ['Sunday 15 November not counted', kolkata, '2026-11-15T10:00', '2026-11-16T02:00'],
    ['Friday 13 November not counted', fridayOff, '2026-11-12T10:00', '2026-11-14T02:00'],
    ['Wednesday 23 December not counted', christmas, '2026-12-22T10:00', '2026-12-24T10:00'],
    [
      'Wednesday 23 December, Friday 25 December, weekend 26–27 December and 28–29 December not counted',
      christmas,
      '2026-12-22T10:00',
      '2026-12-30T10:00',
    ],
    ['8 weekends not counted', kolkata, '2026-11-02T00:00', '2026-12-28T00:00'],
    ['hours outside 09:00–12:00 and 13:00–17:00 not counted', office, '2026-11-09T10:00', '2026-11-10T10:00'],
    [
      'weekend 14–15 November and hours outside 09:00–12:00 and 13:00–17:00 not counted',
      office,
      '2026-11-13T16:00',
      '2026-11-16T10:00',
    ],
  ])('“%s”', ([words, calendar, from, to]) => {
    expect(excludedWords(calendar, excludedBetween(calendar, at(from), at(to)))).toBe(words)
  })

  test.for<[string, [from: string, to: string][]]>([
    [
      'weekend 14–15 November and pause of Tuesday 17 November, 10:00–13:00 IST not counted',
      [['2026-11-17T10:00', '2026-11-17T13:00']],
    ],
    [
      'weekend 14–15 November, pause of Monday 16 November, 20:00 IST – Tuesday 17 November, 09:00 IST and pause of Tuesday 17 November, 10:00–13:00 IST not counted',
      [
        ['2026-11-16T20:00', '2026-11-17T09:00'],
        ['2026-11-17T10:00', '2026-11-17T13:00'],
      ],
    ],
    [
      'weekend 14–15 November and 3 pauses (4 h 30 min in all) not counted',
      [
        ['2026-11-16T10:00', '2026-11-16T11:00'],
        ['2026-11-16T20:00', '2026-11-16T20:30'],
        ['2026-11-17T10:00', '2026-11-17T13:00'],
      ],
    ],
  ])('with pauses: “%s”', ([words, pauses]) => {
    const excluded = excludedBetween(kolkata, at('2026-11-13T22:00'), at('2026-11-16T02:00'))
    const instants = pauses.map(([from, to]) => ({ from: at(from), to: at(to) }))
    expect(excludedWords(kolkata, excluded, instants)).toBe(words)
  })

  test('by local dates, also where the weekend is another', () => {
    const riyadh = calendarIn('Asia/Riyadh', { weekdays: SUNDAY_TO_THURSDAY })
    const [from, to] = [zoned('Asia/Riyadh', '2026-11-12T22:00'), zoned('Asia/Riyadh', '2026-11-15T02:00')]
    expect(excludedWords(riyadh, excludedBetween(riyadh, from, to))).toBe(
      'weekend 13–14 November not counted',
    )
  })
})

describe('a verdict reads', () => {
  const window = { promise: { hours: 4 }, startAt: at('2026-11-13T22:00') }
  const evening = { promise: { hours: 4 }, startAt: at('2026-11-13T20:00') }
  const release = {
    promise: { release: 'next' } as const,
    startAt: at('2026-11-13T20:00'),
    releases: [
      {
        kind: 'regular' as const,
        plannedAt: at('2026-11-24T12:00'),
        publishedAt: at('2026-11-25T12:00'),
        cutOffAt: null,
      },
    ],
  }
  const paused = { ...window, pauses: [{ from: at('2026-11-16T01:00'), to: NO_END }] }
  test.for<[string, string, Partial<OneTerm>]>([
    [
      'due Monday 16 November, 02:00 IST',
      '1 h 30 min of working time left',
      { ...window, now: at('2026-11-16T00:30') },
    ],
    [
      'due Monday 16 November, 02:00 IST',
      'less than a minute of working time left',
      { ...window, now: at('2026-11-16T02:00') - 1 },
    ],
    [
      'due end of Friday 13 November (24:00 IST)',
      '2 h 14 min of working time left',
      { ...evening, now: at('2026-11-13T21:46') },
    ],
    [
      'due Monday 16 November, 02:00 IST',
      'clock stopped until Monday 00:00',
      { ...window, now: at('2026-11-14T12:00') },
    ],
    ['met after 38 min', '', { ...window, completedAt: at('2026-11-13T22:38') }],
    ['met in less than a minute', '', { ...window, completedAt: window.startAt }],
    [
      'met before the clock started',
      '',
      { ...window, startAt: at('2026-11-14T10:00'), completedAt: at('2026-11-14T11:00') },
    ],
    ['missed by 3 h 20 min', '', { ...window, completedAt: at('2026-11-16T05:20') }],
    [
      'missed by 4 d 2 h (2 d 2 h of working time)',
      '',
      {
        ...evening,
        startAt: at('2026-11-19T22:00'),
        promise: { hours: 12 },
        completedAt: at('2026-11-24T12:00'),
      },
    ],
    [
      'missed, late by 9 h; the working clock had stopped',
      '',
      { ...evening, completedAt: at('2026-11-14T09:00') },
    ],
    [
      'missed, was due Monday 16 November, 02:00 IST',
      'overdue by 5 h',
      { ...window, now: at('2026-11-16T07:00') },
    ],
    [
      'missed, was due end of Friday 13 November (24:00 IST)',
      'overdue by 9 h; the working clock has stopped',
      { ...evening, now: at('2026-11-14T09:00') },
    ],
    ['clock paused since Monday 16 November, 01:00 IST', '', { ...paused, now: at('2026-11-20T00:00') }],
    ['met after 3 h', '', { ...paused, completedAt: at('2026-11-20T12:00') }],
    ['deferred', '', { ...window, deferredAt: at('2026-11-13T22:30') }],
    ['no promise: as seen fit', '', { promise: null }],
    ['next release, planned for Tuesday 24 November', '', { ...release, now: at('2026-11-20T00:00') }],
    ['next release, not planned yet', '', { ...release, releases: [] }],
    ['met Friday 20 November', '', { ...release, completedAt: at('2026-11-20T12:00') }],
    [
      'missed, the release of Wednesday 25 November came without it',
      'overdue by 3 h',
      { ...release, now: at('2026-11-25T15:00') },
    ],
  ])('“%s”, and for now “%s”', ([words, remaining, differences]) => {
    const state = stateOf(differences)
    expect(verdictWords(state, kolkata)).toBe(words)
    expect(remainingWords(state, kolkata)).toBe(remaining)
  })

  test('with the date when the clock stands still for long', () => {
    const calendar = calendarIn('Asia/Kolkata', { excludedDates: days('2026-12-21', 12) })
    const state = stateOf({
      ...window,
      calendar,
      startAt: at('2026-12-18T22:00'),
      now: at('2026-12-20T10:00'),
    })
    expect(remainingWords(state, calendar)).toBe('clock stopped until Monday 4 January, 00:00')
  })
})

function stateOf(differences: Partial<OneTerm>): GoalState {
  return goalState(
    oneTerm({
      calendar: kolkata,
      promise: null,
      startAt: at('2026-11-13T22:00'),
      completedAt: null,
      deferredAt: null,
      pauses: [],
      releases: [],
      now: at('2026-12-01T00:00'),
      ...differences,
    }),
  )
}

function days(first: string, count: number): string[] {
  const date = Temporal.PlainDate.from(first)
  return Array.from({ length: count }, (_, index) => date.add({ days: index }).toString())
}
