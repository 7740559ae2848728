import { type DefectEvent, isCompletion } from '../../defects/defect-events.ts'
import { GOALS, type GoalName, isNextRelease } from '../engine/goal-terms.ts'
import { nextRelease } from '../engine/next-release.ts'
import type { DefectChange, GoalPromise } from '../promises.ts'
import type { Happened } from '../read-promises.ts'
import type { Pin } from '../terms/pins.ts'
import { GOAL_OF } from './evidence.ts'

/** What moved a clock or a deadline of a defect, oldest first. */
export function defectChanges(pin: Pin, happened: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  const changes = [
    ...happened.events.flatMap((event) => eventChange(event, pin, happened.events, goals) ?? []),
    ...releaseChanges(pin, happened, goals),
    ...databaseChanges(happened, goals),
  ]
  return changes.sort((a, b) => a.at - b.at)
}

function eventChange(
  event: DefectEvent,
  { terms }: Pin,
  events: DefectEvent[],
  goals: readonly GoalPromise[],
): DefectChange | null {
  const { type, at } = event
  const reason = event.note ?? ''
  const pausable = GOALS.filter((goal) => terms.contract?.pausableGoals.some((it) => it === goal))
  switch (type) {
    case 'severity_changed':
      return event.severity && { kind: 'severity', at, ...event.severity, reason }
    case 'withdrawn':
      return withdrawnChange(event, events, goals)
    case 'deferred':
      return { kind: 'deferred', at, untilOn: event.untilOn, reason }
    case 'paused':
      return { kind: 'paused', at, goals: pausable, reason }
    case 'resumed':
      return { kind: 'resumed', at, goals: pausable, reason: event.note }
    case 'replanned':
      return { kind: 'replanned', at, reason }
    default:
      return null
  }
}

function withdrawnChange(
  { at, withdrawsId, note }: DefectEvent,
  events: readonly DefectEvent[],
  goals: readonly GoalPromise[],
): DefectChange | null {
  const withdrawn = events.find(({ id }) => id === withdrawsId)
  if (withdrawn === undefined || !isCompletion(withdrawn)) return null
  const what = withdrawn.type
  const timeZone = zoneOf(GOAL_OF[what], goals)
  return { kind: 'withdrawn', at, what, doneAt: withdrawn.at, timeZone, reason: note ?? '' }
}

/** Plans that moved while a promise waited for that very release. */
function releaseChanges({ startAt }: Pin, happened: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  const waiting = goals.filter(({ term }) => isNextRelease(term))
  const last = waiting.at(-1)
  if (last === undefined) return []
  const until = Math.max(...waiting.map(({ state }) => state.verdictAt ?? state.asOf))
  const now = Math.max(...waiting.map(({ state }) => state.asOf))
  const release = nextRelease(happened.releases, startAt, now)
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

/** Deadlines that a newer time-zone database moved. */
function databaseChanges({ deadlines }: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  return deadlines.flatMap((record, index): DefectChange[] => {
    const before = deadlines.slice(0, index).findLast(({ goal }) => goal === record.goal)
    if (record.why !== 'time_zone_database' || record.deadlineAt === null || before?.deadlineAt == null)
      return []
    const { goal, deadlineAt: after, recordedAt: at, timeZoneDatabase: database } = record
    const timeZone = zoneOf(goal, goals)
    return [{ kind: 'deadline_moved', at, goal, before: before.deadlineAt, after, timeZone, database }]
  })
}

function zoneOf(goal: GoalName, goals: readonly GoalPromise[]): string {
  const promise = goals.find((it) => it.goal === goal)
  if (promise === undefined) throw new Error(`A confirmed defect has no ${goal}.`)
  return promise.calendar.timeZone
}
