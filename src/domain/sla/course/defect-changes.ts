import { type DefectEvent, isCompletion } from '../../defects/defect-events.ts'
import { goalState, isOpen, wasLost } from '../engine/goal-state.ts'
import { type GoalName, isNextRelease } from '../engine/goal-terms.ts'
import { nextRelease } from '../engine/next-release.ts'
import type { DefectChange, GoalPromise } from '../promises.ts'
import type { Pin } from '../terms/pins.ts'
import { completionsOf, waitsSince } from './defect-course.ts'
import { completionBehind, evidenceOf, GOAL_OF } from './evidence.ts'
import type { Happened } from './happened.ts'

/** What moved a clock or a deadline of a defect, oldest first. */
export function defectChanges(pin: Pin, happened: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  const changes = [
    ...happened.events.flatMap((event) => eventChange(event, pin, happened, goals) ?? []),
    ...releaseChanges(pin, happened, goals),
    ...lateReleases(pin, happened, goals),
    ...databaseChanges(happened, goals),
  ]
  return changes.sort((a, b) => a.at - b.at)
}

function eventChange(
  event: DefectEvent,
  pin: Pin,
  happened: Happened,
  goals: readonly GoalPromise[],
): DefectChange | null {
  const { type, at } = event
  const reason = event.note ?? ''
  switch (type) {
    case 'severity_changed':
      return event.severity && { kind: 'severity', at, ...event.severity, reason }
    case 'withdrawn':
      return withdrawnChange(event, pin, happened, goals)
    case 'deferred':
      return { kind: 'deferred', at, untilOn: event.untilOn, reason }
    case 'paused':
    case 'resumed':
      return pauseChange({ ...event, type }, pin, goals)
    case 'replanned':
      return { kind: 'replanned', at, reason }
    default:
      return null
  }
}

/** Null where a pause stopped no clock, or its end let none go on: every verdict had fallen, as is known now. */
function pauseChange(
  { type, at, note }: DefectEvent & { type: 'paused' | 'resumed' },
  { terms }: Pin,
  goals: readonly GoalPromise[],
): DefectChange | null {
  const pausable = goals.filter(({ goal }) => terms.contract?.pausableGoals.some((it) => it === goal))
  const open = pausable.filter(({ input }) => isOpen(goalState({ ...input, now: at }).verdict))
  if (open.length === 0) return null
  const clocks = open.map(({ goal }) => goal)
  return type === 'paused'
    ? { kind: 'paused', at, goals: clocks, reason: note ?? '' }
    : { kind: 'resumed', at, goals: clocks, reason: note }
}

function withdrawnChange(
  event: DefectEvent,
  { startAt, pinnedAt }: Pin,
  happened: Happened,
  goals: readonly GoalPromise[],
): DefectChange | null {
  const withdrawn = happened.events.find(({ id }) => id === event.withdrawsId)
  if (withdrawn === undefined || !isCompletion(withdrawn)) return null
  const { type: what, at: doneAt } = withdrawn
  const goal = GOAL_OF[what]
  const { events, updates } = knownAt(event, happened)
  const completions = completionsOf(events)
  const promise = promiseOf(goal, goals)
  const evidence = evidenceOf(goal, {
    startAt,
    pinnedAt,
    completions,
    updates,
    wasLost: (at) => wasLost(promise.input, at),
  })
  const instead = evidence && {
    what: completionBehind({ goal, evidence }, completions)?.type ?? ('update' as const),
    at: evidence.at,
  }
  const { timeZone } = promise.calendar
  return { kind: 'withdrawn', at: event.at, what, doneAt, instead, timeZone, reason: event.note ?? '' }
}

/** What had been told when an event was recorded, so that nothing which comes later makes it read otherwise. */
function knownAt(
  { id, createdAt }: DefectEvent,
  { events, updates }: Happened,
): Pick<Happened, 'events' | 'updates'> {
  const until = events.findIndex((event) => event.id === id)
  return {
    events: events.slice(0, until + 1).filter((event) => event.createdAt <= createdAt),
    updates: updates.filter((update) => Math.max(update.createdAt, update.linkedAt) <= createdAt),
  }
}

/** Plans that moved while a promise waited for that very release. */
function releaseChanges({ startAt }: Pin, happened: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  const waiting = goals.filter(({ term }) => isNextRelease(term))
  const last = waiting.at(-1)
  if (last === undefined) return []
  const until = Math.max(...waiting.map(({ state }) => state.verdictAt ?? state.asOf))
  const now = Math.max(...waiting.map(({ state }) => state.asOf))
  const release = nextRelease(happened.releases, waitsSince(last), now)
  if (release === undefined) return []
  const plans = happened.plans.filter(({ releaseId }) => releaseId === release.id)
  return plans.flatMap((plan, index): DefectChange[] => {
    const before = plans[index - 1]?.plannedAt ?? null
    if (index === 0 || plan.reason === null || plan.at < startAt || plan.at > until) return []
    if (before === plan.plannedAt) return []
    const { at, reason, plannedAt: after } = plan
    const { timeZone } = last.calendar
    return [{ kind: 'release_replanned', at, name: release.name, before, after, timeZone, reason }]
  })
}

/**
 * Releases of which it came to be known late that they were out: the promise did not wait for one after all, because it
 * had come out before, or was judged by it.
 */
function lateReleases(
  { pinnedAt }: Pin,
  { releases, plans }: Happened,
  goals: readonly GoalPromise[],
): DefectChange[] {
  const waiting = goals.findLast(({ term }) => isNextRelease(term))
  if (waiting === undefined) return []
  const { calendar, state } = waiting
  const { timeZone } = calendar
  const from = waitsSince(waiting)
  return releases.flatMap(({ id, name, kind, publishedAt }): DefectChange[] => {
    const told = plans.findLast(({ releaseId }) => releaseId === id)
    if (kind !== 'regular' || publishedAt === null || told === undefined || told.reason === null) return []
    const isJudge = state.verdictAt === publishedAt
    if (told.at <= Math.max(pinnedAt, publishedAt) || (publishedAt > from && !isJudge)) return []
    const { at, reason } = told
    return [{ kind: 'release_recorded_late', at, name, publishedAt, isJudge, timeZone, reason }]
  })
}

/** Deadlines that a newer time-zone database moved. */
function databaseChanges({ deadlines }: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  return deadlines.flatMap((record, index): DefectChange[] => {
    const before = deadlines.slice(0, index).findLast(({ goal }) => goal === record.goal)
    if (record.why !== 'time_zone_database' || record.deadlineAt === null || before?.deadlineAt == null)
      return []
    const { goal, deadlineAt: after, recordedAt: at, timeZoneDatabase: database } = record
    const { timeZone } = promiseOf(goal, goals).calendar
    return [{ kind: 'deadline_moved', at, goal, before: before.deadlineAt, after, timeZone, database }]
  })
}

function promiseOf(goal: GoalName, goals: readonly GoalPromise[]): GoalPromise {
  const promise = goals.find((it) => it.goal === goal)
  if (promise === undefined) throw new Error(`A confirmed defect has no ${goal}.`)
  return promise
}
