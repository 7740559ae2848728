import { describe, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { type TrackGoal, trackOf } from '../../src/ui/track.ts'

/** Friday 13 November 2026, 20:00 in India. */
const FRIDAY_EVENING = Date.parse('2026-11-13T20:00:00+05:30')
const ZONE = 'Asia/Kolkata'

function goal(hours: number, changes: Partial<TrackGoal> = {}): TrackGoal {
  const deadlineAt = FRIDAY_EVENING + hours * HOUR_MS
  return {
    verdict: 'open',
    clockStartsAt: FRIDAY_EVENING,
    deadlineAt,
    completedAt: null,
    excluded: [],
    pauses: [],
    ...changes,
  }
}

describe('the track of a promise', () => {
  test('spans from the start of the clock to the deadline', () => {
    const track = trackOf(goal(4), ZONE)
    expect(track).toMatchObject({ start: 0, deadline: 100, done: null, used: null, late: null, days: [] })
  })

  test('is used up to where it was met', () => {
    const track = trackOf(goal(4, { verdict: 'met', completedAt: FRIDAY_EVENING + HOUR_MS }), ZONE)
    expect(track).toMatchObject({ done: 25, used: { from: 0, to: 25 }, late: null })
  })

  test('goes on behind the deadline, to scale, when it was met late', () => {
    const track = trackOf(goal(4, { verdict: 'missed', completedAt: FRIDAY_EVENING + 5 * HOUR_MS }), ZONE)
    expect(track).toMatchObject({ deadline: 80, done: 100, late: { from: 80, to: 100, openEnded: false } })
  })

  test('has no end while it is overdue', () => {
    const track = trackOf(goal(4, { verdict: 'missed' }), ZONE)
    expect(track).toMatchObject({ deadline: 80, done: null, late: { from: 80, to: 100, openEnded: true } })
  })

  test('begins earlier when the work was done before the clock started', () => {
    const track = trackOf(goal(4, { verdict: 'met', completedAt: FRIDAY_EVENING - HOUR_MS }), ZONE)
    expect(track).toMatchObject({ start: 20, deadline: 100, done: 0, used: { from: 0, to: 0 } })
  })

  test('shades a weekend to scale and names the days', () => {
    const saturday = Date.parse('2026-11-14T00:00:00+05:30')
    const monday = Date.parse('2026-11-16T00:00:00+05:30')
    const track = trackOf(goal(96, { excluded: [{ from: saturday, to: monday }] }), ZONE)
    expect(track?.excluded).toEqual([{ x: 4.17, width: 50 }])
    expect(track?.days.map(({ name }) => name)).toEqual(['Fri', 'Sat', 'Sun', 'Mon', 'Tue'])
  })

  test('shades a pause like what the calendar leaves out, once where it is both', () => {
    const at = (hours: number) => FRIDAY_EVENING + hours * HOUR_MS
    const pauses = [
      { from: at(1), to: at(3) },
      { from: at(5), to: at(6) },
    ]
    const track = trackOf(goal(8, { excluded: [{ from: at(2), to: at(4) }], pauses }), ZONE)
    expect(track?.excluded).toEqual([
      { x: 12.5, width: 37.5 },
      { x: 62.5, width: 12.5 },
    ])
  })

  test('leaves out what was excluded before the clock started', () => {
    const excluded = [{ from: FRIDAY_EVENING - HOUR_MS, to: FRIDAY_EVENING + 30 * MINUTE_MS }]
    expect(trackOf(goal(2, { excluded }), ZONE)?.excluded).toEqual([{ x: 0, width: 25 }])
  })

  test.each([
    ['no promise', goal(4, { clockStartsAt: null, deadlineAt: null })],
    ['the next release', goal(4, { deadlineAt: null })],
    ['no time at all', goal(0)],
  ])('is not drawn for %s', (_, without) => {
    expect(trackOf(without, ZONE)).toBeNull()
  })
})
