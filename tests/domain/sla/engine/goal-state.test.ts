import { describe, expect, test } from 'vitest'
import { type GoalState, goalState } from '../../../../src/domain/sla/engine/goal-state.ts'
import type { Release } from '../../../../src/domain/sla/engine/next-release.ts'
import { DomainError } from '../../../../src/errors.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../../../src/lib/instant.ts'
import { type OneTerm, oneTerm } from '../../../support/one-term.ts'
import { calendarIn, reading, zoned } from './zoned.ts'

const zone = 'Asia/Kolkata'
const at = (text: string) => zoned(zone, text)

// Confirmed on Friday at 22:00, due on Monday at 02:00.
const friday: OneTerm = {
  calendar: calendarIn(zone),
  promise: { hours: 4 },
  startAt: at('2026-11-13T22:00'),
  completedAt: null,
  deferredAt: null,
  pauses: [],
  releases: [],
  now: at('2026-11-13T22:38'),
}

const stateOf = (goal: OneTerm) => goalState(oneTerm(goal))

describe('an open goal', () => {
  test('knows its deadline, what is left and what is left out', () => {
    expect(stateOf(friday)).toEqual({
      verdict: 'open',
      promise: { hours: 4 },
      stepsTaken: 1,
      clockStartsAt: at('2026-11-13T22:00'),
      deadlineAt: at('2026-11-16T02:00'),
      atRiskAt: at('2026-11-16T01:00'),
      plannedAt: null,
      completedAt: null,
      verdictAt: null,
      usedBusinessMs: 38 * MINUTE_MS,
      lateWallMs: 0,
      lateBusinessMs: 0,
      remainingBusinessMs: 3 * HOUR_MS + 22 * MINUTE_MS,
      stopped: false,
      resumesAt: null,
      pausedSince: null,
      excluded: [{ from: at('2026-11-14T00:00'), to: at('2026-11-16T00:00'), why: 'weekend' }],
      pauses: [],
      changesAt: at('2026-11-14T00:00'),
      asOf: at('2026-11-13T22:38'),
    } satisfies GoalState)
  })

  test.for<[string, Partial<OneTerm>, Partial<GoalState>]>([
    [
      'stands still on Saturday',
      { now: at('2026-11-14T12:00') },
      {
        verdict: 'open',
        stopped: true,
        resumesAt: at('2026-11-16T00:00'),
        changesAt: at('2026-11-16T00:00'),
      },
    ],
    [
      'waits for its clock when confirmed on Saturday',
      { startAt: at('2026-11-14T10:00'), now: at('2026-11-14T12:00') },
      {
        clockStartsAt: at('2026-11-16T00:00'),
        deadlineAt: at('2026-11-16T04:00'),
        remainingBusinessMs: 4 * HOUR_MS,
        usedBusinessMs: 0,
        stopped: true,
        excluded: [{ from: at('2026-11-14T10:00'), to: at('2026-11-16T00:00'), why: 'weekend' }],
      },
    ],
    [
      'is not at risk a millisecond before',
      { now: at('2026-11-16T01:00') - 1 },
      { verdict: 'open', changesAt: at('2026-11-16T01:00') },
    ],
    [
      'is at risk when three quarters are used',
      { now: at('2026-11-16T01:00') },
      { verdict: 'at_risk', verdictAt: null, changesAt: at('2026-11-16T02:00') + 1 },
    ],
    [
      'can still be met at its deadline',
      { now: at('2026-11-16T02:00') },
      { verdict: 'at_risk', remainingBusinessMs: 0, stopped: false },
    ],
    [
      'does not know a completion later than now',
      { completedAt: at('2026-11-13T23:00') },
      { verdict: 'open', completedAt: null, changesAt: at('2026-11-13T23:00') },
    ],
    [
      'rests in a pause, over the weekend that follows',
      { pauses: [{ from: at('2026-11-13T22:30'), to: at('2026-11-14T06:00') }] },
      {
        stopped: true,
        resumesAt: at('2026-11-16T00:00'),
        usedBusinessMs: 30 * MINUTE_MS,
        deadlineAt: at('2026-11-16T03:30'),
      },
    ],
    [
      'will stop for a pause',
      { pauses: [{ from: at('2026-11-13T23:00'), to: at('2026-11-13T23:30') }] },
      { stopped: false, changesAt: at('2026-11-13T23:00') },
    ],
  ])('%s', ([, differences, expected]) => {
    expect(stateOf({ ...friday, ...differences })).toMatchObject(expected)
  })
})

describe('a goal is met', () => {
  test.for<[string, Partial<OneTerm>, Instant, number]>([
    ['in time', {}, at('2026-11-13T22:38'), 38],
    ['on a Sunday before the deadline', {}, at('2026-11-15T18:00'), 120],
    ['on the very deadline', {}, at('2026-11-16T02:00'), 240],
    ['at its start', {}, at('2026-11-13T22:00'), 0],
    ['before its clock has begun', { startAt: at('2026-11-14T10:00') }, at('2026-11-14T11:00'), 0],
    ['before it is deferred', { deferredAt: at('2026-11-13T23:00') }, at('2026-11-13T22:38'), 38],
    ['at the instant it is deferred', { deferredAt: at('2026-11-13T22:38') }, at('2026-11-13T22:38'), 38],
  ])('%s', ([, differences, completedAt, usedMinutes]) => {
    const state = stateOf({ ...friday, ...differences, completedAt, now: at('2026-12-01T00:00') })
    expect(state).toMatchObject({
      verdict: 'met',
      completedAt,
      verdictAt: completedAt,
      usedBusinessMs: usedMinutes * MINUTE_MS,
      lateWallMs: 0,
      remainingBusinessMs: null,
      changesAt: null,
    })
  })
})

describe('a goal is missed', () => {
  const deadlineAt = at('2026-11-16T02:00')
  test.for<[string, Partial<OneTerm>, number, number]>([
    ['a millisecond after the deadline', { now: deadlineAt + 1 }, 1, 1],
    ['and grows later', { now: deadlineAt + 5 * HOUR_MS }, 5 * HOUR_MS, 5 * HOUR_MS],
    ['by a late completion', { completedAt: deadlineAt + 1_000 }, 1_000, 1_000],
    ['whatever is deferred afterwards', { deferredAt: deadlineAt + 1, now: deadlineAt + 1 }, 1, 1],
  ])('%s', ([, differences, wallMs, businessMs]) => {
    const state = stateOf({ ...friday, now: at('2026-12-01T00:00'), ...differences })
    expect(state).toMatchObject({
      verdict: 'missed',
      verdictAt: deadlineAt,
      lateWallMs: wallMs,
      lateBusinessMs: businessMs,
      remainingBusinessMs: null,
    })
  })

  test('on a Saturday, although the working clock had stopped', () => {
    const startAt = at('2026-11-13T20:00')
    const completedAt = at('2026-11-14T09:00')
    expect(stateOf({ ...friday, startAt, completedAt, now: completedAt })).toMatchObject({
      verdict: 'missed',
      deadlineAt: at('2026-11-14T00:00'),
      usedBusinessMs: 4 * HOUR_MS,
      lateWallMs: 9 * HOUR_MS,
      lateBusinessMs: 0,
    })
  })
})

describe('a deferred goal', () => {
  const deferredAt = at('2026-11-13T23:00')
  test.for<[string, Partial<OneTerm>]>([
    ['is neither open nor late', { now: at('2026-12-01T00:00') }],
    [
      'is never met, though completed in time',
      { completedAt: at('2026-11-16T01:00'), now: at('2026-12-01T00:00') },
    ],
    [
      'is never missed, though completed late',
      { completedAt: at('2026-11-20T01:00'), now: at('2026-12-01T00:00') },
    ],
    ['does not run on', { now: deferredAt }],
  ])('%s', ([, differences]) => {
    expect(stateOf({ ...friday, deferredAt, ...differences })).toMatchObject({
      verdict: 'deferred',
      verdictAt: deferredAt,
      usedBusinessMs: HOUR_MS,
      lateWallMs: 0,
      remainingBusinessMs: null,
      stopped: false,
      changesAt: null,
    })
  })

  test('may be deferred at its very deadline', () => {
    const deadlineAt = at('2026-11-16T02:00')
    expect(stateOf({ ...friday, deferredAt: deadlineAt, now: deadlineAt + 1 }).verdict).toBe('deferred')
  })
})

describe('a goal for the next release', () => {
  const release: Release = {
    kind: 'regular',
    plannedAt: at('2026-11-24T12:00'),
    publishedAt: at('2026-11-25T12:00'),
    cutOffAt: null,
  }
  const input: OneTerm = { ...friday, promise: { release: 'next' }, releases: [release] }

  test('is open with a planned date and no deadline', () => {
    expect(stateOf(input)).toMatchObject({
      verdict: 'open',
      plannedAt: release.plannedAt,
      deadlineAt: null,
      atRiskAt: null,
      clockStartsAt: friday.startAt,
      remainingBusinessMs: null,
      stopped: false,
      excluded: [],
      changesAt: release.publishedAt,
    })
  })
  test.for<[string, Partial<OneTerm>, GoalState['verdict'], Instant | null]>([
    ['is met in a hotfix before it', { completedAt: at('2026-11-20T12:00') }, 'met', at('2026-11-20T12:00')],
    ['is met with it', { completedAt: at('2026-11-25T12:00') }, 'met', at('2026-11-25T12:00')],
    ['is missed the instant it is out', { now: at('2026-11-25T12:00') }, 'missed', at('2026-11-25T12:00')],
    ['is missed by a later fix', { completedAt: at('2026-11-25T12:01') }, 'missed', at('2026-11-25T12:00')],
    ['is open past the planned date', { now: at('2026-11-25T11:59') }, 'open', null],
    ['is deferred before it', { deferredAt: at('2026-11-24T00:00') }, 'deferred', at('2026-11-24T00:00')],
    ['is open while none is known', { releases: [] }, 'open', null],
  ])('%s', ([, differences, verdict, verdictAt]) => {
    const state = stateOf({ ...input, now: at('2026-12-01T00:00'), ...differences })
    expect([state.verdict, state.verdictAt]).toEqual([verdict, verdictAt])
  })

  test('tells a fix that comes after the release by how much', () => {
    const completedAt = at('2026-11-25T15:00')
    expect(stateOf({ ...input, completedAt, now: completedAt }).lateWallMs).toBe(3 * HOUR_MS)
  })
})

test('nothing promised has no clock, whatever happens', () => {
  const state = stateOf({ ...friday, promise: null, completedAt: friday.now })
  expect(state).toMatchObject({
    verdict: 'no_promise',
    clockStartsAt: null,
    deadlineAt: null,
    completedAt: friday.now,
    verdictAt: null,
    changesAt: null,
  })
})

test('a completion before the start is refused', () => {
  expect(() => stateOf({ ...friday, completedAt: friday.startAt - 1 })).toThrow(DomainError)
})

test('between two instants of change nothing but the running times changes', () => {
  let state = stateOf(friday)
  const changes: string[] = []
  while (state.changesAt !== null) {
    const before = stateOf({ ...friday, now: state.changesAt - 1 })
    expect(still(before)).toEqual(still(state))
    changes.push(reading(zone, state.changesAt))
    state = stateOf({ ...friday, now: state.changesAt })
    expect(still(state)).not.toEqual(still(before))
  }
  expect(changes).toEqual([
    '2026-11-14T00:00:00+05:30',
    '2026-11-16T00:00:00+05:30',
    '2026-11-16T01:00:00+05:30',
    '2026-11-16T02:00:00+05:30',
  ])
  expect(state.verdict).toBe('missed')
})

function still({ verdict, stopped, resumesAt }: GoalState) {
  return { verdict, stopped, resumesAt }
}
