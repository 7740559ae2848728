import { describe, expect, test } from 'vitest'
import { findProblem } from '../../src/api/problem.ts'
import type { DayBar, HomeView } from '../../src/domain/status-page/views.ts'
import { ERROR_CODES } from '../../src/errors.ts'
import { calendarSentences } from '../../src/ui/calendar-words.ts'
import { contactWords } from '../../src/ui/contact-words.ts'
import { daysSentence, notableDays, outageSumWords } from '../../src/ui/day-words.ts'
import { goalLine, goalLines, recordedLater } from '../../src/ui/goal-lines.ts'
import { happeningCounts } from '../../src/ui/happenings.ts'
import { monthWeeks } from '../../src/ui/month-weeks.ts'
import { uptimeWords } from '../../src/ui/percent-words.ts'
import { dayRows } from '../../src/ui/quiet-days.ts'
import { titleWords } from '../../src/ui/title-words.ts'
import { unbroken } from '../../src/ui/unbroken.ts'
import { FRIDAY_EVENING, promise } from '../render/sample-views.ts'

function day(date: string, changes: Partial<DayBar> = {}): DayBar {
  const nothing = { totalSeconds: 86_400, partialSeconds: 0, majorSeconds: 0, uptimeRatio: 1, incidents: [] }
  return { date, status: 'operational', ...nothing, ...changes }
}

describe('an uptime in words', () => {
  test.each([
    [1, '100 %'],
    [0.99999999, '99.99 %'],
    [0.9998, '99.98 %'],
    [0.99989, '99.98 %'],
    [0.5, '50.00 %'],
    [0, '0.00 %'],
    [null, 'no data'],
  ])('%s is %s: rounded down, and whole only when nothing was lost', (ratio, words) => {
    expect(uptimeWords(ratio)).toBe(words)
  })
})

describe('days in words', () => {
  test('counts them by their worst state', () => {
    const days = [day('2026-11-12', { status: 'major_outage' }), day('2026-11-13'), day('2026-11-14')]
    expect(daysSentence('Checkout', days)).toBe(
      'Checkout, Thursday 12 November to Saturday 14 November, days by their worst state: 1 major outage, 2 working.',
    )
  })

  test('lists the notable ones, newest first', () => {
    const days = [
      day('2026-11-11', { status: 'no_data' }),
      day('2026-11-12', { status: 'major_outage' }),
      day('2026-11-13'),
      day('2026-11-14', { status: 'degraded_performance' }),
    ]
    expect(notableDays(days).map(({ date }) => date)).toEqual(['2026-11-14', '2026-11-12'])
  })

  test('sums outages', () => {
    expect(outageSumWords({ majorSeconds: 2_520, partialSeconds: 3_900 })).toBe(
      'major 42 min, partial 1 h 5 min',
    )
    expect(outageSumWords({ majorSeconds: 0, partialSeconds: 0 })).toBe('none')
  })

  test('joins a quiet week into one line', () => {
    const quiet = (date: string): HomeView['days'][number] => ({
      date,
      incidents: [],
      maintenances: [],
      others: 0,
    })
    expect(dayRows([quiet('2026-11-13'), quiet('2026-11-12'), quiet('2026-11-11')])).toEqual([
      { kind: 'quiet', newest: '2026-11-13', oldest: '2026-11-11' },
    ])
  })
})

test.each([
  [1, 0, '1 incident'],
  [27, 1, '27 incidents and 1 maintenance'],
  [0, 2, '2 maintenances'],
])('%i incidents and %i maintenances are counted as “%s”', (incidents, maintenances, words) => {
  expect(happeningCounts({ incidents, maintenances })).toBe(words)
})

describe('a month on the wall', () => {
  test.each([
    ['2026-11', 6, 6],
    ['2027-02', 4, 0],
    ['2024-02', 5, 3],
  ])('%s has %i weeks and %i empty squares before its first', (month, weeks, before) => {
    const squares = monthWeeks({ month, days: [] })
    expect(squares).toHaveLength(weeks)
    expect(squares[0]?.filter((square) => square === null)).toHaveLength(before)
    expect(squares.every((week) => week.length === 7)).toBe(true)
  })

  test('shows the record of a day in its square', () => {
    const record = day('2026-11-13', { status: 'partial_outage' })
    const squares = monthWeeks({ month: '2026-11', days: [record] }).flat()
    expect(squares.find((square) => square?.day === 13)?.record).toBe(record)
    expect(squares.find((square) => square?.day === 14)?.record).toBeNull()
  })
})

test.each([
  ['Friday 13 November, 20:00 IST', 'Friday 13~November, 20:00~IST'],
  ['missed by 2 d 4 h (1 d 3 h of working time)', 'missed by 2~d~4~h (1~d~3~h of working time)'],
  ['3 h 20 min left', '3~h~20~min left'],
  ['weekend 14–15 November', 'weekend 14–+15~November'],
  ['09:00 IST – Saturday 14 November, 10:00 IST', '09:00~IST~–+ Saturday 14~November, 10:00~IST'],
  ['09:00–12:00 and 13:00–18:00 IST', '09:00–+12:00~and 13:00–+18:00~IST'],
  ['66.6 %', '66.6~%'],
])('"%s" breaks at the end of a line only where it may', (words, shown) => {
  // A tilde for the space and a plus for the place where no line ends.
  expect(unbroken(words).replaceAll('\u00a0', '~').replaceAll('\u2060', '+')).toBe(shown)
})

describe('evidence written down', () => {
  const at = 1_000_000
  const event = { kind: 'event' as const, at, update: null, note: null }
  const told = { incidentId: 'i', updateId: 'u', displayAt: at, postedLater: false, linkedLater: false }
  const update = { kind: 'update' as const, at, update: told, note: null }
  const met = { verdict: 'met' as const, deadlineAt: at + 3_600_000 }

  test.each([
    ['in the same minute is not worth a word', { ...event, recordedAt: at + 59_999 }, null],
    ['a minute later says so', { ...event, recordedAt: at + 60_000 }, at + 60_000],
    ['as an update speaks for itself', { ...update, recordedAt: at + 600_000 }, null],
    [
      'as an update only after the deadline says so',
      { ...update, recordedAt: met.deadlineAt + 1 },
      met.deadlineAt + 1,
    ],
  ])('%s', (_, evidence, recordedAt) => {
    expect(recordedLater(evidence, met)).toBe(recordedAt)
  })
})

test('a paused goal is open without a deadline, and waits for no release', () => {
  const paused = promise('fix', { hours: 48 }, { pausedAt: FRIDAY_EVENING + 1_800_000 })
  expect(goalLine('Permanent fix', goalLines(paused))).toBe(
    'Permanent fix open, clock paused since Friday 13 November, 20:30 IST',
  )
})

test('every error code says what it means and what to do', () => {
  for (const code of ERROR_CODES) expect(findProblem(code)?.remedy).toMatch(/\.$/)
  expect(findProblem('constructor')).toBeUndefined()
})

test('a title begins with the state and fits', () => {
  expect(titleWords('All systems are working.', 'Nimbus')).toBe('All systems are working. – Nimbus')
  expect(titleWords('Partial outage: '.padEnd(200, 'words '), 'Nimbus').length).toBeLessThanOrEqual(70)
})

test('a calendar says what counts and what does not', () => {
  const calendar = {
    name: 'Standard',
    version: 1,
    timeZone: 'Asia/Kolkata',
    weekdays: [1, 2, 3, 4, 5],
    excludedDates: ['2026-12-25'],
  }
  expect(calendarSentences(calendar)).toEqual([
    'The clocks run Mondays, Tuesdays, Wednesdays, Thursdays and Fridays, day and night, in the zone Asia/Kolkata. They stand still on Saturdays and Sundays.',
    'They also stand still on Friday 25 December 2026.',
  ])
})

test('a calendar says its hours and dates in order, each once, and no date that never counts', () => {
  const calendar = {
    timeZone: 'Asia/Kolkata',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    excludedDates: ['2027-01-01', '2026-12-25', '2027-01-01', '2026-12-26'],
    windows: [
      ['14:00', '18:00'],
      ['09:00', '13:00'],
    ] as [string, string][],
  }
  expect(calendarSentences(calendar)).toEqual([
    'The clocks run every day, 09:00–13:00 and 14:00–18:00, in the zone Asia/Kolkata.',
    'They also stand still on Friday 25 December 2026, Saturday 26 December 2026 and Friday 1 January 2027.',
  ])
  expect(calendarSentences({ ...calendar, weekdays: [1, 2, 3, 4, 5] })[1]).toBe(
    'They also stand still on Friday 25 December 2026 and Friday 1 January 2027.',
  )
  expect(calendarSentences({ ...calendar, weekdays: [1] })).toHaveLength(1)
})

test.for<[contact: string, channel: 'chat' | 'phone', words: string]>([
  ['tel:+1-202-555-0143', 'phone', '+1\u2011202\u2011555\u20110143'],
  ['mailto:help@ledgerlane.example?subject=Status', 'chat', 'Write to help@ledgerlane.example'],
  ['https://www.ledgerlane.example/chat', 'chat', 'Start a chat'],
  ['https://www.ledgerlane.example/call', 'phone', 'Ask for a call'],
])('the link to %s for %s says “%s”', ([contact, channel, words]) => {
  expect(contactWords(contact, channel)).toBe(words)
})
