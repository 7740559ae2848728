import { SATISFYING } from '../domain/sla/course/evidence.ts'
import { excludedBetween } from '../domain/sla/engine/excluded-time.ts'
import { isOpen, type Verdict } from '../domain/sla/engine/goal-state.ts'
import type { GoalName } from '../domain/sla/engine/goal-terms.ts'
import { isNextRelease } from '../domain/sla/engine/goal-terms.ts'
import type { DefectChange, DefectPromises, GoalPromise } from '../domain/sla/promises.ts'
import type { Instant } from '../lib/instant.ts'
import { type ChartTick, chartTicks } from './chart-ticks.ts'
import { clipped, joined, type Stretch } from './track.ts'

/**
 * The goals of a defect drawn to scale on one axis of time. Places along it are percentages of the width, from the left;
 * heights are pixels. Nothing in it depends on the present, which only the reader's browser knows.
 */
export interface GoalChart {
  from: Instant
  to: Instant
  height: number
  /** Where rows begin and end; the axis lies below. */
  top: number
  bottom: number
  rows: ChartRow[]
  /** What the calendar leaves out, in every row. */
  excluded: ChartSpan[]
  severities: { x: number; y: number; label: string; anchor: 'start' | 'end' }[]
  ticks: ChartTick[]
  /** Something is still to be done. */
  isRunning: boolean
}

export interface ChartSpan {
  x: number
  width: number
}

export interface ChartRow {
  goal: GoalName
  verdict: Verdict
  /** Of the line that it is drawn on. */
  y: number
  /** From the start of the clock to the end of the promise, or to the edge while nobody knows one. */
  window: { from: number; to: number } | null
  /** As far as it was used in time, and late; null where there is nothing, or only the present knows. */
  used: { from: number; to: number } | null
  late: { from: number; to: number; openEnded: boolean } | null
  atRisk: number | null
  /** The end of the promise. A release that is only planned is none. */
  deadline: number | null
  planned: number | null
  done: number | null
  deferred: number | null
  /** Done, and withdrawn afterwards. */
  withdrawn: number[]
  pauses: ChartSpan[]
  /** The browser draws how much is used by now. */
  isRunning: boolean
}

const ROW_HEIGHT = 46
const LINE_IN_ROW = 30
const LABEL_HEIGHT = 17
const AXIS_HEIGHT = 24
/** Behind the last instant: a little, or enough for a line that goes on without an end. */
const ROOM = { closed: 0.03, open: 0.12 }
/** Percent. Narrower stretches cannot be seen. */
const THINNEST = 0.15

/** Null until there is anything to draw: a clock, and an instant later than its start. */
export function goalChart({ terms, startAt, goals, changes }: DefectPromises): GoalChart | null {
  if (terms === null || startAt === null) return null
  const severities = changes.filter((change) => change.kind === 'severity')
  const ends = goals.flatMap((goal) => endsOf(goal, changes))
  const isUndecided = goals.some(({ state }) => isOpen(state.verdict))
  const last = Math.max(...ends, ...(isUndecided ? severities.map(({ at }) => at) : []))
  if (!(last > startAt) || !Number.isFinite(last)) return null
  const room = goals.some(hasNoEnd) ? ROOM.open : ROOM.closed
  const axis = { from: startAt, to: Math.round(last + (last - startAt) * room) }
  const marks = severities.filter(({ at }) => at <= axis.to)
  const top = marks.length * LABEL_HEIGHT
  const rows = goals.map((goal, index) => {
    return rowOf(goal, changes, axis, top + index * ROW_HEIGHT + LINE_IN_ROW)
  })
  const bottom = top + rows.length * ROW_HEIGHT
  return {
    ...axis,
    height: bottom + AXIS_HEIGHT,
    top,
    bottom,
    rows,
    excluded: spans(excludedStretches(goals, axis), axis),
    severities: marks.map(({ at, before, after }, index) => {
      const x = place(at, axis)
      const y = (index + 1) * LABEL_HEIGHT - 5
      return { x, y, label: `${before} → ${after}`, anchor: x > 50 ? 'end' : 'start' }
    }),
    ticks: chartTicks(axis.from, axis.to, terms.calendar.timeZone),
    isRunning: rows.some(({ isRunning }) => isRunning),
  }
}

/** Everything of a goal that the axis reaches to. */
function endsOf(promise: GoalPromise, changes: readonly DefectChange[]): Instant[] {
  const { state } = promise
  const { deadlineAt, plannedAt, completedAt, verdictAt, pausedSince } = state
  const instants = [deadlineAt, isOpen(state.verdict) ? plannedAt : null, completedAt, verdictAt, pausedSince]
  return [...instants.filter((at) => at !== null), ...withdrawnAt(promise, changes)]
}

/** What would have completed the goal, had it held. */
function withdrawnAt({ goal, state }: GoalPromise, changes: readonly DefectChange[]): Instant[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'withdrawn' || !SATISFYING[goal].includes(change.what)) return []
    return state.completedAt === null || change.doneAt < state.completedAt ? [change.doneAt] : []
  })
}

/** Its line goes on to the edge: overdue, paused, or waiting for a release. */
function hasNoEnd({ state }: GoalPromise): boolean {
  const { verdict, completedAt, deadlineAt } = state
  return (verdict === 'missed' && completedAt === null) || (isOpen(verdict) && deadlineAt === null)
}

interface Axis {
  from: Instant
  to: Instant
}

function rowOf(promise: GoalPromise, changes: readonly DefectChange[], axis: Axis, y: number): ChartRow {
  const { goal, state } = promise
  const { verdict, clockStartsAt, completedAt, atRiskAt, plannedAt } = state
  const isOverdue = verdict === 'missed' && completedAt === null
  // What was missed by a release ended with that release.
  const end = state.deadlineAt ?? (verdict === 'missed' ? state.verdictAt : null)
  const at = (instant: Instant | null) => (instant === null ? null : place(instant, axis))
  const [start, deadline, done] = [at(clockStartsAt), at(end), at(completedAt)]
  const isRunning = (isOpen(verdict) && state.pausedSince === null) || isOverdue
  return {
    goal,
    verdict,
    y,
    window: start === null ? null : { from: start, to: deadline ?? done ?? at(state.verdictAt) ?? 100 },
    used: start === null ? null : usedOf(promise, start, deadline, axis),
    late: deadline === null ? null : lateOf(deadline, done, isOverdue),
    atRisk: at(atRiskAt),
    deadline,
    // A plan from before the clock was started lies outside.
    planned: isOpen(verdict) && end === null && (plannedAt ?? 0) > axis.from ? at(plannedAt) : null,
    done,
    deferred: verdict === 'deferred' ? at(state.verdictAt) : null,
    withdrawn: withdrawnAt(promise, changes).map((doneAt) => place(doneAt, axis)),
    pauses: spans(pausesOf(promise, axis), axis),
    isRunning,
  }
}

function usedOf(
  { state }: GoalPromise,
  start: number,
  deadline: number | null,
  axis: Axis,
): ChartRow['used'] {
  const { verdict, completedAt, verdictAt, pausedSince } = state
  const until = isOpen(verdict) ? pausedSince : (completedAt ?? verdictAt)
  if (until === null) return null
  const to = Math.min(place(until, axis), deadline ?? 100)
  return { from: Math.min(start, to), to }
}

function lateOf(deadline: number, done: number | null, isOverdue: boolean): ChartRow['late'] {
  if (isOverdue) return { from: deadline, to: 100, openEnded: true }
  return done !== null && done > deadline ? { from: deadline, to: done, openEnded: false } : null
}

/** A pause that has not ended reaches to where the goal was decided all the same, or to the edge. */
function pausesOf({ state, input }: GoalPromise, { to }: Axis): Stretch[] {
  const { verdict, deadlineAt, completedAt, verdictAt } = state
  if (verdict === 'no_promise' || (deadlineAt === null && isNextRelease(state.promise))) return []
  const end = isOpen(verdict)
    ? (deadlineAt ?? to)
    : Math.min(deadlineAt ?? to, completedAt ?? verdictAt ?? to)
  return clipped(joined(input.pauses), input.startAt, end)
}

/** Of each promise by its own calendar; behind the last deadline by that of a line which goes on there. */
function excludedStretches(goals: readonly GoalPromise[], { from, to }: Axis): Stretch[] {
  const known = Math.max(from, ...goals.map(({ state }) => state.deadlineAt ?? from))
  const last = goals.findLast(hasNoEnd) ?? goals.at(-1)
  const behind = last === undefined ? [] : excludedBetween(last.calendar, known, to)
  return joined([...goals.flatMap(({ state }) => state.excluded), ...behind])
}

function spans(stretches: readonly Stretch[], axis: Axis): ChartSpan[] {
  return clipped(stretches, axis.from, axis.to)
    .map((stretch) => {
      const x = place(stretch.from, axis)
      return { x, width: Math.round((place(stretch.to, axis) - x) * 100) / 100 }
    })
    .filter(({ width }) => width >= THINNEST)
}

function place(at: Instant, { from, to }: Axis): number {
  return Math.round(((at - from) / (to - from)) * 10_000) / 100
}
