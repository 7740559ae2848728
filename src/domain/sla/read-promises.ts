import type { Instant } from '../../lib/instant.ts'
import { TIME_ZONE_DATABASE } from '../../lib/time-zones.ts'
import type { Defect, DefectId } from '../defects/defect.ts'
import { type DefectEvent, listDefectEvents } from '../defects/defect-events.ts'
import { listLinks } from '../defects/links.ts'
import { listReleasePlans, listReleases } from '../defects/releases.ts'
import type { Reader } from '../tx.ts'
import { listUpdates } from '../updates/list-updates.ts'
import { defectChanges } from './course/defect-changes.ts'
import { completionsOf, deferralOf, deferredAtOf, pausesOf, stepsOf } from './course/defect-course.ts'
import { evidenceOf } from './course/evidence.ts'
import type { Happened } from './course/happened.ts'
import type { HeldDeadline } from './engine/goal-limits.ts'
import { type GoalState, goalState, wasLost } from './engine/goal-state.ts'
import { GOALS } from './engine/goal-terms.ts'
import type { TermStep } from './engine/term-steps.ts'
import type { DefectPromises, GoalPromise } from './promises.ts'
import { type DeadlineRecord, listDeadlines } from './record/deadlines.ts'
import type { CalendarVersion } from './terms/calendars.ts'
import { type Pin, readPins } from './terms/pins.ts'

/**
 * What was promised for each of these defects and how every promise stands at `now`. The one way from rows to
 * verdicts: pages, feeds, JSON, images and verdict records all ask here.
 */
export async function readPromises(
  reader: Reader,
  defects: Defect[],
  now: Instant,
): Promise<Map<DefectId, DefectPromises>> {
  const ids = defects.map((defect) => defect.id)
  if (ids.length === 0) return new Map()
  const pins = await readPins(reader, ids)
  const events = await listDefectEvents(reader, ids)
  const links = await listLinks(reader, ids)
  const incidentIds = new Set([...links.values()].flatMap((of) => of.map(({ incidentId }) => incidentId)))
  const updates = await listUpdates(reader, { incidentIds: [...incidentIds] })
  const releases = await listReleases(reader)
  const plans = await listReleasePlans(reader)
  const deadlines = await listDeadlines(reader, ids)
  return new Map(
    defects.map((defect) => {
      const happened = {
        events: (events.get(defect.id) ?? []).filter((event) => event.at <= now),
        updates: (links.get(defect.id) ?? []).flatMap(({ incidentId, linkedAt }) =>
          (updates.get(incidentId) ?? []).map((update) => ({ ...update, linkedAt })),
        ),
        releases,
        plans,
        deadlines: deadlines.get(defect.id) ?? [],
      }
      const pin = pins.get(defect.id)
      return [defect.id, pin ? promisesOf(defect, pin, happened, now) : withoutPromises(defect)]
    }),
  )
}

function withoutPromises(defect: Defect): DefectPromises {
  return { defect, status: 'reported', terms: null, startAt: null, pinnedAt: null, goals: [], changes: [] }
}

function promisesOf(defect: Defect, pin: Pin, happened: Happened, now: Instant): DefectPromises {
  const { terms, startAt, pinnedAt } = pin
  const completions = completionsOf(happened.events)
  const deferral = deferralOf(happened.events)
  const goals = GOALS.map((goal): GoalPromise => {
    const steps = stepsOf(goal, defect, pin, happened.events)
    const uncompleted = {
      startAt,
      steps,
      completedAt: null,
      deferredAt: deferredAtOf(steps, happened.events),
      pauses: terms.contract?.pausableGoals.some((it) => it === goal) ? pausesOf(happened.events) : [],
      releases: happened.releases,
      held: heldDeadline(
        happened.deadlines.findLast((record) => record.goal === goal),
        happened.events,
      ),
      now,
    }
    const evidence = evidenceOf(goal, {
      startAt,
      pinnedAt,
      completions,
      updates: happened.updates,
      wasLost: (at) => wasLost(uncompleted, at),
    })
    const input = { ...uncompleted, completedAt: evidence?.at ?? null }
    const state = goalState(input)
    return {
      goal,
      term: state.promise,
      calendar: countingCalendar(steps, state) ?? terms.calendar,
      state,
      input,
      evidence,
      deferral: state.verdict === 'deferred' ? deferral : null,
    }
  })
  return {
    defect,
    status: statusOf(completions, deferral !== null),
    terms,
    startAt,
    pinnedAt,
    goals,
    changes: defectChanges(pin, happened, goals),
  }
}

/** Of a goal that was re-planned before its verdict fell, the later version; undefined where nothing is counted. */
function countingCalendar(
  steps: readonly TermStep<CalendarVersion>[],
  { verdict, stepsTaken }: GoalState,
): CalendarVersion | undefined {
  return verdict === 'no_promise' ? undefined : steps[stepsTaken - 1]?.calendar
}

/** The deadline on record where this platform's time-zone database did not make it. */
function heldDeadline(last: DeadlineRecord | undefined, events: readonly DefectEvent[]): HeldDeadline | null {
  if (last === undefined || last.deadlineAt === null || last.timeZoneDatabase === TIME_ZONE_DATABASE)
    return null
  const later = events.filter(({ type, createdAt }) => MOVING.has(type) && createdAt > last.recordedAt)
  const outdatedAt = later.length === 0 ? null : Math.min(...later.map(({ at }) => at))
  return { deadlineAt: last.deadlineAt, outdatedAt }
}

/** Events that may move a deadline. */
const MOVING: ReadonlySet<DefectEvent['type']> = new Set([
  'severity_changed',
  'paused',
  'resumed',
  'replanned',
])

function statusOf(completions: DefectEvent[], isDeferred: boolean): DefectPromises['status'] {
  const has = (type: DefectEvent['type']) => completions.some((event) => event.type === type)
  if (has('fixed')) return 'fixed'
  if (isDeferred) return 'deferred'
  return has('workaround') ? 'worked_around' : 'confirmed'
}
