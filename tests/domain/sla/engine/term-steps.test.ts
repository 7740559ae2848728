import { describe, expect, test } from 'vitest'
import { type GoalInput, limitsHistory } from '../../../../src/domain/sla/engine/goal-limits.ts'
import { type GoalState, goalState } from '../../../../src/domain/sla/engine/goal-state.ts'
import { NO_END } from '../../../../src/domain/sla/engine/pauses.ts'
import type { TermStep } from '../../../../src/domain/sla/engine/term-steps.ts'
import { HOUR_MS } from '../../../../src/lib/instant.ts'
import { calendarIn, zoned } from './zoned.ts'

const kolkata = calendarIn('Asia/Kolkata')
const at = (text: string) => zoned('Asia/Kolkata', text)

// Medium gives three business days, critical four hours, low nothing. Confirmed on a Tuesday.
const startAt = at('2026-11-10T10:00')
const medium: TermStep = { at: startAt, kind: 'initial', term: { bdays: 3 }, calendar: kolkata }
const critical: TermStep = { at: startAt, kind: 'initial', term: { hours: 4 }, calendar: kolkata }

describe('the deadline after a change of severity', () => {
  test.for<[string, TermStep[], (string | null)[]]>([
    [
      'is soon when it got worse',
      [medium, { at: at('2026-11-11T10:00'), kind: 'worsened', term: { hours: 4 }, calendar: kolkata }],
      ['2026-11-13T10:00', '2026-11-11T14:00'],
    ],
    [
      'is never later for getting worse',
      [medium, { at: at('2026-11-13T09:00'), kind: 'worsened', term: { hours: 4 }, calendar: kolkata }],
      ['2026-11-13T10:00', '2026-11-13T10:00'],
    ],
    [
      'counts from the start when it was judged wrongly',
      [medium, { at: at('2026-11-11T10:00'), kind: 'misclassified', term: { hours: 4 }, calendar: kolkata }],
      ['2026-11-13T10:00', '2026-11-10T14:00'],
    ],
    [
      'counts from the start when it is lowered in time',
      [critical, { at: at('2026-11-10T14:00'), kind: 'lowered', term: { bdays: 3 }, calendar: kolkata }],
      ['2026-11-10T14:00', '2026-11-13T10:00'],
    ],
    [
      'stays passed when it is lowered too late, whatever follows',
      [
        critical,
        { at: at('2026-11-10T14:00') + 1, kind: 'lowered', term: { bdays: 3 }, calendar: kolkata },
        { at: at('2026-11-10T15:00'), kind: 'misclassified', term: { hours: 8 }, calendar: kolkata },
      ],
      ['2026-11-10T14:00'],
    ],
    [
      'begins when something is promised at last',
      [
        { ...medium, term: null, calendar: kolkata },
        { at: at('2026-11-14T12:00'), kind: 'worsened', term: { hours: 4 }, calendar: kolkata },
      ],
      [null, '2026-11-16T04:00'],
    ],
    [
      'ends when nothing is promised any more',
      [critical, { at: at('2026-11-10T12:00'), kind: 'lowered', term: null, calendar: kolkata }],
      ['2026-11-10T14:00', null],
    ],
  ])('%s', ([, steps, expected]) => {
    expect(deadlinesOf(steps)).toEqual(expected.map((reading) => (reading === null ? null : at(reading))))
  })

  test('stays as it was once the goal is completed, whatever the severity becomes', () => {
    const steps: TermStep[] = [medium, { ...critical, at: at('2026-11-11T10:00'), kind: 'misclassified' }]
    expect(deadlinesOf(steps, { completedAt: at('2026-11-11T09:59') })).toEqual([at('2026-11-13T10:00')])
  })
})

describe('a promise of the next release', () => {
  const release = {
    kind: 'regular' as const,
    plannedAt: null,
    cutOffAt: null,
    publishedAt: at('2026-11-11T18:00'),
  }
  const steps: TermStep[] = [
    { ...medium, term: { release: 'next' } },
    { at: at('2026-11-11T10:00'), kind: 'worsened', term: { hours: 48 }, calendar: kolkata },
  ]

  test('stays beside the window of a severity that got worse: a release without the fix is a miss', () => {
    const state = goalState({ ...input(steps), releases: [release], now: at('2026-11-11T18:00') })
    expect(state).toMatchObject({
      verdict: 'missed',
      verdictAt: release.publishedAt,
      promise: { release: 'next' },
      deadlineAt: null,
    })
  })

  test('is met or open by the deadline of the window that stands beside it', () => {
    const before = { ...input(steps), releases: [release], now: at('2026-11-11T17:59') }
    const done = { ...before, completedAt: at('2026-11-11T17:00'), now: at('2026-11-20T18:00') }
    const deadlineAt = at('2026-11-13T10:00')
    expect(goalState(before)).toMatchObject({ verdict: 'open', promise: { hours: 48 }, deadlineAt })
    expect(goalState(done)).toMatchObject({ verdict: 'met', promise: { hours: 48 }, deadlineAt })
  })

  test('is over when the severity had been judged wrongly', () => {
    const [first, worse] = steps as [TermStep, TermStep]
    const judged: TermStep[] = [first, { ...worse, kind: 'misclassified' }]
    const state = goalState({ ...input(judged), releases: [release], now: at('2026-11-11T18:00') })
    expect(state).toMatchObject({ verdict: 'open', deadlineAt: at('2026-11-12T10:00') })
  })
})

describe('a goal that is re-planned', () => {
  const holiday = calendarIn('Asia/Kolkata', { excludedDates: ['2026-11-12'] })
  const replanned: TermStep = {
    at: at('2026-11-11T10:00'),
    kind: 'replanned',
    term: { bdays: 3 },
    calendar: holiday,
  }

  test('counts by the new calendar from its start', () => {
    expect(deadlinesOf([medium, replanned])).toEqual([at('2026-11-13T10:00'), at('2026-11-16T10:00')])
  })
  test('stays as it was when its deadline has passed', () => {
    expect(deadlinesOf([critical, { ...replanned, term: { hours: 4 } }])).toEqual([at('2026-11-10T14:00')])
  })
  test.for<[string, Partial<GoalInput>, taken: number]>([
    ['while it is open', {}, 2],
    ['just before it is met', { completedAt: replanned.at + 1 }, 2],
    ['as it is met', { completedAt: replanned.at }, 1],
    ['after it was deferred', { deferredAt: replanned.at - 1 }, 1],
  ])('%s went through so many steps', ([, more, taken]) => {
    expect(goalState({ ...input([medium, replanned]), ...more, now: replanned.at + 1 }).stepsTaken).toBe(
      taken,
    )
  })
  test('went through every step when nothing is promised', () => {
    const nothing = [medium, replanned].map((step) => ({ ...step, term: null }))
    expect(goalState(input(nothing))).toMatchObject({ verdict: 'no_promise', stepsTaken: 2 })
  })
})

describe('a verdict reached with another time-zone database', () => {
  const deadlineAt = at('2026-11-13T10:00')
  const heldDeadlineAt = deadlineAt - HOUR_MS
  test.for<[string, Partial<GoalInput>, Partial<GoalState>]>([
    [
      'stays missed by the deadline of then',
      { completedAt: deadlineAt - 1 },
      { verdict: 'missed', deadlineAt: heldDeadlineAt },
    ],
    [
      'stays missed when nothing was done',
      { now: heldDeadlineAt + 1 },
      { verdict: 'missed', deadlineAt: heldDeadlineAt },
    ],
    ['stays met', { completedAt: heldDeadlineAt }, { verdict: 'met', deadlineAt: heldDeadlineAt }],
    ['moves while it is open', { now: heldDeadlineAt }, { verdict: 'at_risk', deadlineAt }],
  ])('%s', ([, differences, expected]) => {
    const held = { deadlineAt: heldDeadlineAt, outdatedAt: null }
    expect(goalState({ ...input([medium]), held, ...differences })).toMatchObject(expected)
  })
})

describe('a pause without an end', () => {
  const paused = {
    ...input([medium]),
    pauses: [{ from: at('2026-11-11T10:00'), to: NO_END }],
  }

  test('leaves no deadline, and nothing used', () => {
    expect(goalState({ ...paused, now: at('2026-12-11T10:00') })).toMatchObject({
      verdict: 'open',
      deadlineAt: null,
      atRiskAt: null,
      pausedSince: at('2026-11-11T10:00'),
      usedBusinessMs: 24 * HOUR_MS,
      changesAt: null,
    })
  })
  test('moves nothing when the promise was used up before', () => {
    const late = { ...paused, pauses: [{ from: at('2026-11-13T10:00'), to: NO_END }] }
    expect(goalState({ ...late, now: at('2026-12-11T10:00') })).toMatchObject({
      verdict: 'missed',
      deadlineAt: at('2026-11-13T10:00'),
      pausedSince: null,
    })
  })
})

function input(steps: readonly TermStep[]): GoalInput {
  const now = at('2026-12-31T00:00')
  return { startAt, steps, completedAt: null, deferredAt: null, pauses: [], releases: [], now }
}

function deadlinesOf(steps: readonly TermStep[], more: Partial<GoalInput> = {}): (number | null)[] {
  return limitsHistory({ ...input(steps), ...more }).map((limits) => limits?.deadlineAt ?? null)
}
