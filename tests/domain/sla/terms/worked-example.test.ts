import { describe, expect, test } from 'vitest'
import type { Calendar } from '../../../../src/domain/sla/engine/calendar.ts'
import type { PolicyGoals } from '../../../../src/domain/sla/engine/goal-terms.ts'
import { STANDARD_POLICY } from '../../../../src/domain/sla/terms/standard-terms.ts'
import { workedExample } from '../../../../src/domain/sla/terms/worked-example.ts'
import { calendarIn, reading, zoned } from '../engine/zoned.ts'

const nothing = { response: null, workaround: null, fix: null }
const NOTHING: PolicyGoals = { critical: nothing, high: nothing, medium: nothing, low: nothing }

function example(now: string, changes: Partial<Calendar> = {}, goals: PolicyGoals = STANDARD_POLICY.goals) {
  const version = { id: 'standard', version: 1, name: 'Standard', validFromOn: '2000-01-01' }
  const calendar = { ...version, ...calendarIn('Asia/Kolkata', changes) }
  const policy = { ...version, calendarId: 'standard', goals }
  const found = workedExample({ contract: null, policy, calendar }, zoned(calendar.timeZone, now))
  if (found === null) return null
  const { startAt, clockStartsAt, deadlineAt, excluded } = found
  const at = (instant: number) => reading(calendar.timeZone, instant).slice(0, 16)
  return {
    what: `${found.severity} ${found.goal}`,
    start: at(startAt),
    clock: at(clockStartsAt),
    deadline: at(deadlineAt),
    leftOut: excluded.map(({ from, to, why }) => `${at(from)} ${at(to)} ${why}`),
  }
}

describe('the worked example', () => {
  test('is a Friday night with a weekend behind it', () => {
    expect(example('2026-11-17T12:00')).toEqual({
      what: 'critical workaround',
      start: '2026-11-13T22:00',
      clock: '2026-11-13T22:00',
      deadline: '2026-11-16T02:00',
      leftOut: ['2026-11-14T00:00 2026-11-16T00:00 weekend'],
    })
  })

  test.each([
    ['a week before, as long as this one has not come', '2026-11-13T22:00', '2026-11-06T22:00'],
    ['this one, as soon as it is past', '2026-11-13T22:01', '2026-11-13T22:00'],
    ['yesterday’s on a Saturday', '2026-11-14T00:00', '2026-11-13T22:00'],
    ['that of last week on a Thursday', '2026-11-12T23:59', '2026-11-06T22:00'],
  ])('is %s', (_, now, start) => {
    expect(example(now)?.start).toBe(start)
  })

  test('is a night by the calendar’s own clock', () => {
    expect(example('2026-11-17T12:00', { timeZone: 'America/New_York' })?.start).toBe('2026-11-13T22:00')
  })

  test('begins later where Friday night does not count', () => {
    expect(example('2026-11-17T12:00', { windows: [['09:00', '17:00']] })).toMatchObject({
      start: '2026-11-13T22:00',
      clock: '2026-11-16T09:00',
      deadline: '2026-11-16T13:00',
      leftOut: [
        '2026-11-13T22:00 2026-11-14T00:00 outside hours',
        '2026-11-14T00:00 2026-11-16T00:00 weekend',
        '2026-11-16T00:00 2026-11-16T09:00 outside hours',
      ],
    })
  })

  test('takes the gravest promise that has a window', () => {
    const medium = { response: null, workaround: { release: 'next' as const }, fix: { weeks: 2 } }
    const goals = { ...NOTHING, medium, low: STANDARD_POLICY.goals.low }
    expect(example('2026-11-17T12:00', {}, goals)).toMatchObject({
      what: 'medium fix',
      deadline: '2026-11-27T22:00',
    })
  })

  test('is none where nothing is promised within a time', () => {
    expect(example('2026-11-17T12:00', {}, NOTHING)).toBeNull()
  })
})
