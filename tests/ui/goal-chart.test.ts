import { describe, expect, test } from 'vitest'
import type { DefectChange, GoalPromise } from '../../src/domain/sla/promises.ts'
import { DAY_MS, HOUR_MS } from '../../src/lib/instant.ts'
import { chartLegend } from '../../src/ui/chart-legend.ts'
import { type GoalChart, goalChart } from '../../src/ui/goal-chart.ts'
import { calendar, defect, FRIDAY_EVENING, promise } from '../render/sample-views.ts'

// The clocks start on Friday 13 November, 20:00 in India. Four hours end with that day; 48 hours on Tuesday, 20:00.

const hour = (hours: number) => FRIDAY_EVENING + hours * HOUR_MS
/** So long is it from the start to the end of 48 hours with a weekend between. */
const FIX_HOURS = 96

function chartOf(goals: GoalPromise[], changes: DefectChange[] = []): GoalChart {
  const chart = goalChart(defect(goals, changes))
  if (!chart) throw new Error('There is nothing to draw.')
  return chart
}

/** Where an instant lies on the axis of a chart. */
function placeIn({ from, to }: GoalChart, hours: number): number {
  return Math.round(((hour(hours) - from) / (to - from)) * 10_000) / 100
}

describe('the goals of a defect against time', () => {
  const met = promise('response', { hours: 4 }, { completedAt: hour(1) })
  const open = promise('fix', { hours: 48 })

  test('span from the start of the clock to the last deadline, with a little room', () => {
    const chart = chartOf([met, open])
    expect([chart.from, chart.to]).toEqual([hour(0), hour(FIX_HOURS * 1.03)])
    expect(chart.isRunning).toBe(true)
  })

  test('have a row each: from the clock to the deadline, where it is at risk, where it was done', () => {
    const chart = chartOf([met, open])
    const [response, fix] = chart.rows
    const at = (hours: number) => placeIn(chart, hours)
    expect(response).toMatchObject({
      goal: 'response',
      verdict: 'met',
      window: { from: 0, to: at(4) },
      used: { from: 0, to: at(1) },
      atRisk: at(3),
      deadline: at(4),
      done: at(1),
      late: null,
      isRunning: false,
    })
    expect(fix).toMatchObject({
      window: { from: 0, to: at(FIX_HOURS) },
      // How much is used by now, only the browser knows.
      used: null,
      atRisk: at(84),
      deadline: at(FIX_HOURS),
      done: null,
      isRunning: true,
    })
    expect(response?.y).toBeLessThan(fix?.y ?? 0)
    expect(fix?.y).toBeLessThan(chart.bottom)
  })

  test('shade the weekend once, to scale', () => {
    const chart = chartOf([met, promise('workaround', { hours: 24 }), open])
    const x = placeIn(chart, 4)
    expect(chart.excluded).toEqual([{ x, width: Math.round((placeIn(chart, 52) - x) * 100) / 100 }])
  })

  test('shade what is not counted behind the last deadline too', () => {
    const late = promise('fix', { hours: 48 }, { completedAt: hour(10 * 24), now: hour(11 * 24) })
    const chart = chartOf([late])
    expect(chart.excluded).toHaveLength(2)
    expect(chart.excluded[1]?.x).toBe(placeIn(chart, 7 * 24 + 4))
  })

  test('go on behind the deadline when it was done late, and without an end while it is overdue', () => {
    const late = promise('workaround', { hours: 4 }, { completedAt: hour(13), now: hour(20) })
    const overdue = promise('fix', { hours: 4 }, { now: hour(20) })
    const chart = chartOf([late, overdue])
    expect(chart.to).toBe(hour(13 * 1.12))
    expect(chart.rows.map((row) => row.late)).toEqual([
      { from: placeIn(chart, 4), to: placeIn(chart, 13), openEnded: false },
      { from: placeIn(chart, 4), to: 100, openEnded: true },
    ])
    expect(chart.rows.map((row) => row.used?.to)).toEqual([placeIn(chart, 4), placeIn(chart, 4)])
    expect(chart.rows.map((row) => row.isRunning)).toEqual([false, true])
  })

  test('are used up to where they were deferred', () => {
    const chart = chartOf([promise('fix', { hours: 48 }, { deferredAt: hour(2), now: hour(3) })])
    expect(chart.rows[0]).toMatchObject({
      deferred: placeIn(chart, 2),
      used: { from: 0, to: placeIn(chart, 2) },
      deadline: placeIn(chart, FIX_HOURS),
      isRunning: false,
    })
  })

  test('mark a release that is planned, which is no deadline', () => {
    const chart = chartOf([met, promise('fix', { release: 'next' }, { plannedAt: hour(240) })])
    expect(chart.to).toBe(hour(240 * 1.12))
    expect(chart.rows[1]).toMatchObject({
      window: { from: 0, to: 100 },
      deadline: null,
      atRisk: null,
      planned: placeIn(chart, 240),
      isRunning: true,
    })
  })

  test('go to the edge while no release is planned, and end where the fix was published', () => {
    const waiting = chartOf([met, promise('fix', { release: 'next' })])
    expect(waiting.rows[1]).toMatchObject({ window: { from: 0, to: 100 }, planned: null, done: null })
    const done = chartOf([met, promise('fix', { release: 'next' }, { completedAt: hour(40), now: hour(50) })])
    expect(done.rows[1]).toMatchObject({
      window: { from: 0, to: placeIn(done, 40) },
      done: placeIn(done, 40),
    })
  })

  test('stop at a pause that has not ended, which reaches to the edge', () => {
    const chart = chartOf([met, promise('fix', { hours: 48 }, { pausedAt: hour(2), now: hour(60) })])
    const x = placeIn(chart, 2)
    expect(chart.rows[1]).toMatchObject({
      window: { from: 0, to: 100 },
      deadline: null,
      used: { from: 0, to: x },
      pauses: [{ x, width: Math.round((100 - x) * 100) / 100 }],
      isRunning: false,
    })
    expect(chart.rows[0]?.pauses).toEqual([])
    expect(chart.isRunning).toBe(false)
  })

  test('show a pause that has ended, and end one where the goal was met all the same', () => {
    const paused = { pausedAt: hour(1), now: hour(60) }
    const ended = chartOf([promise('fix', { hours: 8 }, { ...paused, resumedAt: hour(2) })])
    expect(ended.rows[0]?.pauses).toEqual([
      {
        x: placeIn(ended, 1),
        width: Math.round((placeIn(ended, 2) - placeIn(ended, 1)) * 100) / 100,
      },
    ])
    const done = chartOf([promise('fix', { hours: 8 }, { ...paused, completedAt: hour(3) })])
    expect(done.rows[0]).toMatchObject({ verdict: 'met', window: { to: placeIn(done, 3) } })
    expect(done.rows[0]?.pauses[0]?.x).toBe(placeIn(done, 1))
    expect(done.rows[0]?.pauses[0]?.width).toBeCloseTo(placeIn(done, 3) - placeIn(done, 1), 1)
  })

  test('name changes of severity above each other, inside of the drawing', () => {
    const severity = (hours: number): DefectChange => ({
      kind: 'severity',
      at: hour(hours),
      before: 'high',
      after: 'critical',
      change: 'worsened',
      reason: 'It got worse.',
    })
    const chart = chartOf([met, open], [severity(1), severity(90)])
    expect(chart.severities.map(({ x, label, anchor }) => [x, label, anchor])).toEqual([
      [placeIn(chart, 1), 'high → critical', 'start'],
      [placeIn(chart, 90), 'high → critical', 'end'],
    ])
    expect(new Set(chart.severities.map(({ y }) => y)).size).toBe(2)
    expect(chart.top).toBeGreaterThan(Math.max(...chart.severities.map(({ y }) => y)))
    // One that came when all was decided says nothing about these promises.
    expect(chartOf([met], [severity(30)]).severities).toEqual([])
  })

  test('mark what did not hold where it would have counted', () => {
    const withdrawn: DefectChange = {
      kind: 'withdrawn',
      at: hour(3),
      what: 'fixed',
      doneAt: hour(2),
      instead: null,
      timeZone: 'Asia/Kolkata',
      reason: 'It failed again.',
    }
    const chart = chartOf([met, open], [withdrawn])
    expect(chart.rows.map((row) => row.withdrawn)).toEqual([[], [placeIn(chart, 2)]])
  })

  test('leave out behind the last deadline what the line that goes on there leaves out', () => {
    const overdue = promise('fix', { hours: 48 }, { now: hour(110) })
    const holiday = { ...calendar, version: 2, excludedDates: ['2026-11-18'] }
    const step = { at: hour(100), kind: 'replanned', term: overdue.term, calendar: holiday } as const
    // A re-plan that came after the deadline.
    const missed = { ...overdue, input: { ...overdue.input, steps: [...overdue.input.steps, step] } }
    const weekend = chartOf([overdue]).excluded
    expect(weekend).toHaveLength(1)
    expect(chartOf([missed]).excluded).toEqual(weekend)
    const reopened = { ...missed, calendar: holiday }
    expect(chartOf([reopened]).excluded).toHaveLength(2)
    expect(chartOf([reopened, met]).excluded).toHaveLength(2)
  })

  test('leave a row empty for what is as seen fit, and are not drawn when all is', () => {
    const fit = promise('fix', null)
    expect(chartOf([met, fit]).rows[1]).toMatchObject({ window: null, used: null, deadline: null })
    expect(goalChart(defect([fit]))).toBeNull()
    expect(goalChart({ ...defect([met]), terms: null })).toBeNull()
  })

  test('come out the same whenever they are read, while nothing happens', () => {
    const read = (hours: number) => chartOf([met, promise('fix', { hours: 48 }, { now: hour(hours) })])
    expect(read(60)).toEqual(read(2))
  })
})

test('the legend tells what is drawn and nothing else', () => {
  const dots = 'Drawn to scale from the start of the clock, a dot, to the deadline, a bar'
  const met = promise('response', { hours: 2 }, { completedAt: hour(1) })
  expect(chartLegend(chartOf([met]), 'Asia/Kolkata')).toBe(
    `${dots}; at a triangle three quarters are used. Days are those of Asia/Kolkata.`,
  )
  const paused = promise('workaround', { hours: 48 }, { pausedAt: hour(1), now: hour(60) })
  const release = promise('fix', { release: 'next' }, { plannedAt: FIX_HOURS * HOUR_MS + DAY_MS + hour(0) })
  expect(chartLegend(chartOf([paused, release]), 'UTC')).toBe(
    `${dots}; a broken bar is where the next release is planned. Hatched time is not counted. In dotted time the clock was paused. Days are those of UTC.`,
  )
})
