import { addDays, localDateOf, startOfDate } from '../lib/dates.ts'
import { DAY_MS, type Instant } from '../lib/instant.ts'

/** What a track needs to know of a goal. */
export interface TrackGoal {
  verdict: string
  clockStartsAt: Instant | null
  deadlineAt: Instant | null
  completedAt: Instant | null
  excluded: readonly Stretch[]
  /** Pauses that have ended. */
  pauses: readonly Stretch[]
}

/** Half-open. */
export interface Stretch {
  from: Instant
  to: Instant
}

/** A promise drawn to scale: places are percentages of the width, from the left. */
export interface Track {
  from: Instant
  to: Instant
  start: number
  deadline: number
  /** Where it was done; null while it is not. */
  done: number | null
  /** How far the line is drawn as used in time, and as late. */
  used: { from: number; to: number } | null
  late: { from: number; to: number; openEnded: boolean } | null
  /** What is not counted, pauses too. */
  excluded: { x: number; width: number }[]
  /** Local midnights inside, with the name of the day that begins, for tracks of two to fourteen days. */
  days: { x: number; width: number; middle: number; name: string }[]
}

/**
 * The track from a clock's start to its deadline, longer where the work was done outside of these two.
 * Nothing in it depends on the present, which only the reader's browser knows.
 */
export function trackOf(goal: TrackGoal, zone: string): Track | null {
  const { clockStartsAt, deadlineAt, completedAt } = goal
  if (clockStartsAt === null || deadlineAt === null || deadlineAt <= clockStartsAt) return null
  const from = Math.min(clockStartsAt, completedAt ?? clockStartsAt)
  const overdue = goal.verdict === 'missed' && completedAt === null
  // Room behind the deadline, in which the line goes on without an end.
  const to = overdue
    ? deadlineAt + (deadlineAt - from) * OVERDUE_ROOM
    : Math.max(deadlineAt, completedAt ?? deadlineAt)
  const place = (at: Instant) => percent(at, from, to)

  const start = place(clockStartsAt)
  const deadline = place(deadlineAt)
  const done = completedAt === null ? null : place(completedAt)
  return {
    from,
    to,
    start,
    deadline,
    done,
    used: usedOf(start, deadline, overdue ? deadline : done),
    late: lateOf(done, deadline, overdue),
    excluded: clipped(joined([...goal.excluded, ...goal.pauses]), from, to).map((stretch) => ({
      x: place(stretch.from),
      width: round(place(stretch.to) - place(stretch.from)),
    })),
    days: daysBetween(from, to, zone).map((day) => ({
      x: place(day.from),
      width: round(place(day.to) - place(day.from)),
      middle: place((day.from + day.to) / 2),
      name: day.name,
    })),
  }
}

const OVERDUE_ROOM = 0.25

function usedOf(start: number, deadline: number, end: number | null): Track['used'] {
  return end === null ? null : { from: Math.min(start, end), to: Math.min(end, deadline) }
}

function lateOf(done: number | null, deadline: number, overdue: boolean): Track['late'] {
  if (overdue) return { from: deadline, to: 100, openEnded: true }
  if (done === null || done <= deadline) return null
  return { from: deadline, to: done, openEnded: false }
}

/** Stretches in order, overlapping and touching ones as one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else all.push({ from, to })
  }
  return all
}

/** What of them lies between two instants. */
export function clipped(stretches: readonly Stretch[], from: Instant, to: Instant): Stretch[] {
  return stretches
    .map((stretch) => ({ from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }))
    .filter((stretch) => stretch.from < stretch.to)
}

function daysBetween(from: Instant, to: Instant, zone: string) {
  const days: { from: Instant; to: Instant; name: string }[] = []
  if (to - from < 1.5 * DAY_MS || to - from > 14 * DAY_MS) return days
  for (let date = localDateOf(from, zone); ; date = addDays(date, 1)) {
    const begins = startOfDate(date, zone)
    if (begins >= to) return days
    const ends = Math.min(to, startOfDate(addDays(date, 1), zone))
    days.push({ from: Math.max(from, begins), to: ends, name: WEEKDAYS[new Date(date).getUTCDay()] ?? '' })
  }
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function percent(at: Instant, from: Instant, to: Instant): number {
  return round(((at - from) / (to - from)) * 100)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
