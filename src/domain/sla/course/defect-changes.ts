import type { DefectEvent } from '../../defects/defect-events.ts'
import { GOALS, isNextRelease } from '../engine/goal-terms.ts'
import { nextRelease } from '../engine/next-release.ts'
import type { DefectChange, GoalPromise } from '../promises.ts'
import type { Happened } from '../read-promises.ts'
import type { Pin } from '../terms/pins.ts'

/** What moved a clock or a deadline of a defect, oldest first. */
export function defectChanges(pin: Pin, happened: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  const changes = [
    ...happened.events.flatMap((event) => eventChange(event, pin, happened.events) ?? []),
    ...releaseChanges(pin, happened, goals),
    ...lateReleases(pin, happened, goals),
    ...databaseChanges(happened),
  ]
  return changes.sort((a, b) => a.at - b.at)
}

function eventChange(event: DefectEvent, { terms }: Pin, events: DefectEvent[]): DefectChange | null {
  const { type, at } = event
  const reason = event.note ?? ''
  const pausable = GOALS.filter((goal) => terms.contract?.pausableGoals.some((it) => it === goal))
  switch (type) {
    case 'severity_changed':
      return event.severity && { kind: 'severity', at, ...event.severity, reason }
    case 'withdrawn': {
      const withdrawn = events.find(({ id }) => id === event.withdrawsId)
      const what = withdrawn?.type
      if (what !== 'responded' && what !== 'workaround' && what !== 'fixed') return null
      return { kind: 'withdrawn', at, what, doneAt: withdrawn?.at ?? at, reason }
    }
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

/** Plans that moved while a promise waited for that very release. */
function releaseChanges({ startAt }: Pin, happened: Happened, goals: readonly GoalPromise[]): DefectChange[] {
  const waiting = goals.filter(({ term }) => isNextRelease(term))
  if (waiting.length === 0) return []
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
    return [{ kind: 'release_replanned', at, name: release.name, before, after, reason }]
  })
}

/** Releases that a promise did not wait for after all, because they had come out before the confirmation. */
function lateReleases(
  { startAt, pinnedAt }: Pin,
  { releases, plans }: Happened,
  goals: readonly GoalPromise[],
): DefectChange[] {
  if (!goals.some(({ term }) => isNextRelease(term))) return []
  return releases.flatMap(({ id, name, kind, publishedAt }): DefectChange[] => {
    if (kind !== 'regular' || publishedAt === null || publishedAt > startAt) return []
    const told = plans.findLast(({ releaseId }) => releaseId === id)
    if (told === undefined || told.reason === null || told.at <= pinnedAt) return []
    return [{ kind: 'release_recorded_late', at: told.at, name, publishedAt, reason: told.reason }]
  })
}

/** Deadlines that a newer time-zone database moved. */
function databaseChanges({ deadlines }: Happened): DefectChange[] {
  return deadlines.flatMap((record, index): DefectChange[] => {
    const before = deadlines.slice(0, index).findLast(({ goal }) => goal === record.goal)
    if (record.why !== 'time_zone_database' || record.deadlineAt === null || before?.deadlineAt == null)
      return []
    const { goal, deadlineAt, recordedAt: at, timeZoneDatabase: database } = record
    return [{ kind: 'deadline_moved', at, goal, before: before.deadlineAt, after: deadlineAt, database }]
  })
}
