import { describe, expect, test } from 'vitest'
import type { GoalState } from '../../src/domain/sla/engine/goal-state.ts'
import { openGoalsOf } from '../../src/domain/sla/record/open-goals.ts'
import { entriesOf, type RecordEntry, recordOf } from '../../src/domain/sla/record/record.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import { workedExample } from '../../src/domain/sla/terms/worked-example.ts'
import type { OpenEntry } from '../../src/domain/status-page/sla-views.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { calendarSentences } from '../../src/ui/calendar-words.ts'
import { entryDue, entryOutcome } from '../../src/ui/entry-words.ts'
import { monthApart, monthHeading } from '../../src/ui/month-words.ts'
import { exampleLines, openHeading, startWord, termsCaption } from '../../src/ui/sla-words.ts'
import { calendarIn, zoned } from '../domain/sla/engine/zoned.ts'
import { promised } from '../domain/sla/promised.ts'
import { page } from '../render/sample-views.ts'

const at = (reading: string) => zoned('Asia/Kolkata', reading)
const tuesday = at('2026-11-10T12:00')
const december = at('2026-12-15T12:00')
const plain = (words: string) => words.replaceAll('\u00a0', ' ')

describe('the state of all promises', () => {
  const viewAt = (now: number) => {
    const { open, overdue } = openGoalsOf([promised({ startAt: tuesday, now })])
    const bare = (entries: RecordEntry[]): OpenEntry[] => entries.map((it) => ({ ...it, incidents: [] }))
    return { open: bare(open), overdue: bare(overdue) }
  }
  const soon = viewAt(tuesday + HOUR_MS)

  test.each([
    [{ open: [], overdue: [] }, 'No promise is open.'],
    [soon, '3 promises are open. The next is due Tuesday 10 November, 16:00 IST.'],
    [
      { ...soon, open: soon.open.slice(2) },
      '1 promise is open. The next is due Thursday 12 November, 12:00 IST.',
    ],
    [viewAt(tuesday + 5 * HOUR_MS), '2 promises are late and not done. 1 promise is open.'],
    [viewAt(december), '3 promises are late and not done.'],
  ])('is said as a person would', (view, words) => {
    expect(openHeading(view)).toBe(words)
  })

  test('names no deadline where none is known', () => {
    const severity = 'medium'
    const done = { workaround: tuesday }
    const { open } = openGoalsOf([promised({ severity, startAt: tuesday, now: tuesday, done })])
    expect(openHeading({ open: open.map((it) => ({ ...it, incidents: [] })), overdue: [] })).toBe(
      '1 promise is open.',
    )
  })
})

describe('the terms', () => {
  const version = { id: 'gold', name: 'Gold terms', version: 1, validFromOn: '2026-11-01' }
  const policy = { ...version, calendarId: 'standard', goals: STANDARD_POLICY.goals }
  const contract = {
    ...version,
    name: 'Harbour Mills',
    subject: { kind: 'customer' as const, name: 'Harbour Mills' },
    policyId: 'gold',
    clockStarts: 'report' as const,
    pausableGoals: [],
    validToOn: null,
  }

  test('are named with their version, and since when they hold', () => {
    expect(termsCaption({ contract: null, policy })).toBe('Gold terms, version 1')
    expect(termsCaption({ contract, policy: { ...policy, version: 2 } })).toBe(
      'Harbour Mills, Gold terms, version 2, in force since Sunday 1 November 2026',
    )
  })

  test('are worked through from what starts the clock to the deadline', () => {
    const { terms } = promised({ startAt: tuesday, now: tuesday })
    const example = terms && workedExample(terms, at('2026-11-17T12:00'))
    if (!terms || !example) throw new Error('There is no example.')
    expect(exampleLines(example, { contract: null, calendar: terms.calendar })).toEqual({
      sentence:
        'A critical defect is confirmed on a Friday night. Its workaround is promised within 4 hours.',
      steps: [
        { term: 'Confirmed', words: 'Friday 13 November, 22:00 IST' },
        { term: 'In between', words: 'weekend 14–15 November not counted' },
        { term: 'Deadline', words: 'Monday 16 November, 02:00 IST' },
      ],
    })
    expect(startWord({ contract: null })).toBe('confirmed')
    expect(startWord({ contract })).toBe('reported')
  })

  test('say from when the clock runs where that is later, and nothing where nothing is left out', () => {
    const terms = (changes: Parameters<typeof calendarIn>[1]) => {
      const found = promised({ startAt: tuesday, now: tuesday }).terms
      if (!found) throw new Error('There are no terms.')
      return { ...found, calendar: { ...found.calendar, ...calendarIn('Asia/Kolkata', changes) } }
    }
    const stepsOf = (changes: Parameters<typeof calendarIn>[1]) => {
      const example = workedExample(terms(changes), at('2026-11-17T12:00'))
      if (!example) throw new Error('There is no example.')
      const { steps } = exampleLines(example, { contract, calendar: terms(changes).calendar })
      return steps.map(({ term, words }) => `${term}: ${words}`)
    }
    expect(stepsOf({ windows: [['09:00', '17:00']] })).toEqual([
      'Reported: Friday 13 November, 22:00 IST',
      'Clock runs from: Monday 16 November, 09:00 IST',
      'In between: weekend 14–15 November and hours outside 09:00–17:00 not counted',
      'Deadline: Monday 16 November, 13:00 IST',
    ])
    expect(stepsOf({ weekdays: [1, 2, 3, 4, 5, 6, 7] })).toEqual([
      'Reported: Friday 13 November, 22:00 IST',
      'Deadline: Saturday 14 November, 02:00 IST',
    ])
  })

  test('say in which hours their clocks run', () => {
    const calendar = calendarIn('Asia/Kolkata', {
      weekdays: [1],
      windows: [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
    })
    expect(calendarSentences(calendar)[0]).toContain('run Mondays, 09:00–13:00 and 14:00–18:00, in the zone')
  })
})

describe('one promise', () => {
  const entry = (
    goal: 'response' | 'workaround' | 'fix',
    told: Partial<Parameters<typeof promised>[0]> = {},
    state: Partial<GoalState> = {},
  ): RecordEntry => {
    const found = entriesOf(promised({ startAt: tuesday, now: tuesday + HOUR_MS, ...told })).find(
      (it) => it.goal.goal === goal,
    )
    if (!found) throw new Error('There is no such goal.')
    return { ...found, goal: { ...found.goal, state: { ...found.goal.state, ...state } } }
  }
  const friday = { startAt: at('2026-11-13T20:00'), now: at('2026-11-13T20:00') }
  const newYear = { startAt: at('2026-12-31T22:00'), now: at('2026-12-31T22:00') }
  const release = (state: Partial<GoalState> = {}) => entry('fix', { severity: 'medium' }, state)

  test.each<[string, RecordEntry]>([
    ['Tuesday 10 November, 16:00 IST', entry('workaround')],
    ['end of Friday 13 November (24:00 IST)', entry('workaround', friday)],
    ['Friday 1 January 2027, 02:00 IST', entry('workaround', newYear)],
    ['next release, not planned yet', release()],
    ['next release, planned for Wednesday 2 December', release({ plannedAt: at('2026-12-02T12:00') })],
    [
      'the release of Wednesday 2 December',
      release({ verdict: 'missed', verdictAt: at('2026-12-02T12:00') }),
    ],
    [
      'paused since Tuesday 10 November, 12:30 IST',
      entry('workaround', {}, { deadlineAt: null, pausedSince: tuesday + 30 * MINUTE_MS }),
    ],
    ['no deadline', entry('fix', { severity: 'low' })],
  ])('is due: %s', (words, it) => {
    expect(entryDue(it, '2026')).toBe(words)
  })

  test('says the year of its deadline only where the surroundings name another', () => {
    expect(entryDue(entry('workaround', newYear))).toBe('Friday 1 January, 02:00 IST')
    // The end of the old year is the old year’s.
    const startAt = at('2026-12-31T20:00')
    expect(entryDue(entry('workaround', { startAt, now: startAt }), '2026')).toBe(
      'end of Thursday 31 December (24:00 IST)',
    )
  })

  test.each<[string, RecordEntry]>([
    ['met after 38 min', entry('response', { done: { response: tuesday + 38 * MINUTE_MS } })],
    ['missed by 1 h', entry('response', { now: december, done: { response: tuesday + 5 * HOUR_MS } })],
    ['missed, not done yet', entry('response', { now: december })],
    [
      'missed, the release of Wednesday 2 December came without it',
      release({ verdict: 'missed', verdictAt: at('2026-12-02T12:00') }),
    ],
    ['no promise', entry('fix', { severity: 'low' })],
    ['deferred', entry('fix', { deferredAt: tuesday + MINUTE_MS })],
  ])('came to: %s', (words, it) => {
    expect(entryOutcome(it)).toBe(words)
  })
})

describe('a month', () => {
  const view = (month: string, isRunning = false) => {
    const done = {
      response: tuesday + HOUR_MS,
      workaround: tuesday + 5 * HOUR_MS,
      fix: tuesday + 6 * HOUR_MS,
    }
    const low = promised({
      key: 'L-1',
      severity: 'low',
      startAt: tuesday,
      now: december,
      done: { response: tuesday },
    })
    const { months } = recordOf([promised({ startAt: tuesday, now: december, done }), low], '2026-12')
    const found = months.find((it) => it.month === month) ?? months[0]
    if (!found) throw new Error('There is no such month.')
    return { page, month: found, older: null, newer: null, begins: '2026-11', isRunning }
  }

  test('says how many promises were met, the share and what is counted apart', () => {
    expect(plain(monthHeading(view('2026-11')))).toBe('November 2026: 3 of 4 promises met')
    expect(monthApart(view('2026-11'))).toBe(
      'That is 75.0 %, rounded down. Counted apart: 2 without a promise.',
    )
  })

  test('says that nothing fell due, and that it is not over', () => {
    expect(monthHeading(view('2026-12'))).toBe('December 2026: nothing fell due')
    expect(monthApart(view('2026-12', true))).toBe('The month is not over.')
  })

  test('before the record says where that begins', () => {
    const before = view('2026-12')
    expect(monthApart({ ...before, month: { ...before.month, month: '2026-03' } })).toBe(
      'The record begins with November 2026.',
    )
  })
})
