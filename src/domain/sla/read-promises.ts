import type { Instant } from '../../lib/instant.ts'
import type { Defect, DefectId } from '../defects/defect.ts'
import { type DefectEvent, listDefectEvents } from '../defects/defect-events.ts'
import { listLinkedIncidentIds } from '../defects/links.ts'
import { listReleases, type ProductRelease } from '../defects/releases.ts'
import type { Reader } from '../tx.ts'
import { listUpdates } from '../updates/list-updates.ts'
import { isPostedLater, type StatusUpdate } from '../updates/status-update.ts'
import { goalState } from './goal-state.ts'
import { listCalendars, listPolicies, type Terms } from './policies.ts'
import type { DefectPromises, Evidence, GoalPromise } from './promises.ts'
import { GOALS, type GoalName } from './terms.ts'

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
  const terms = await readPinnedTerms(reader, ids)
  const events = await listDefectEvents(reader, ids)
  const incidentIds = await listLinkedIncidentIds(reader, ids)
  const updates = await listUpdates(reader, { incidentIds: [...new Set([...incidentIds.values()].flat())] })
  const releases = await listReleases(reader)
  return new Map(
    defects.map((defect) => {
      const happened = {
        events: (events.get(defect.id) ?? []).filter((event) => event.at <= now),
        updates: (incidentIds.get(defect.id) ?? []).flatMap((id) => updates.get(id) ?? []),
        releases,
      }
      return [defect.id, promisesOf(defect, terms.get(defect.id) ?? null, happened, now)]
    }),
  )
}

interface Happened {
  events: DefectEvent[]
  updates: StatusUpdate[]
  releases: ProductRelease[]
}

function promisesOf(defect: Defect, terms: Terms | null, happened: Happened, now: Instant): DefectPromises {
  const startAt = defect.confirmedAt
  if (terms === null || startAt === null) return { defect, status: 'reported', terms: null, goals: [] }
  const deferral = happened.events.find((event) => event.type === 'deferred')
  const goals = GOALS.map((goal): GoalPromise => {
    const evidence = evidenceOf(goal, startAt, happened)
    const term = terms.policy.goals[defect.severity][goal]
    const state = goalState({
      calendar: terms.calendar,
      promise: term,
      startAt,
      completedAt: evidence?.at ?? null,
      deferredAt: deferral?.at ?? null,
      pauses: [],
      releases: happened.releases,
      now,
    })
    const deferred = state.verdict === 'deferred' && deferral !== undefined
    return {
      goal,
      term,
      state,
      evidence,
      deferral: deferred ? { at: deferral.at, untilOn: deferral.untilOn, note: deferral.note ?? '' } : null,
    }
  })
  return {
    defect,
    status: statusOf(happened.events),
    terms: { policy: terms.policy, calendar: terms.calendar },
    goals,
  }
}

/**
 * What satisfied a goal (rule 14): the earliest of the events that are strong enough and, for the response, the first
 * human update of a linked incident since the clock was started, by the time it was really posted.
 */
function evidenceOf(goal: GoalName, startAt: Instant, happened: Happened): Evidence | null {
  const strong: Record<GoalName, string[]> = {
    response: ['responded', 'workaround', 'fixed'],
    workaround: ['workaround', 'fixed'],
    fix: ['fixed'],
  }
  const found = happened.events
    .filter((event) => strong[goal].includes(event.type))
    .map((event) => eventEvidence(event, happened.updates))
  if (goal === 'response') {
    found.push(
      ...happened.updates
        .filter((update) => update.authorKind !== 'job' && update.createdAt >= startAt)
        .map((update) => updateEvidence(update.createdAt, update.createdAt, update, null)),
    )
  }
  return found.sort((a, b) => a.at - b.at)[0] ?? null
}

function eventEvidence(event: DefectEvent, updates: StatusUpdate[]): Evidence {
  const update = updates.find((candidate) => candidate.id === event.incidentUpdateId)
  return update
    ? updateEvidence(event.at, event.createdAt, update, event.note)
    : { kind: 'event', at: event.at, recordedAt: event.createdAt, update: null, note: event.note }
}

function updateEvidence(
  at: Instant,
  recordedAt: Instant,
  update: StatusUpdate,
  note: string | null,
): Evidence {
  return {
    kind: 'update',
    at,
    recordedAt,
    update: {
      incidentId: update.subject.incidentId ?? '',
      updateId: update.id,
      displayAt: update.displayAt,
      postedLater: isPostedLater(update),
    },
    note,
  }
}

function statusOf(events: DefectEvent[]): DefectPromises['status'] {
  const has = (type: DefectEvent['type']) => events.some((event) => event.type === type)
  if (has('fixed')) return 'fixed'
  if (has('deferred')) return 'deferred'
  return has('workaround') ? 'worked_around' : 'confirmed'
}

/** The terms that were pinned when each defect was confirmed. */
async function readPinnedTerms(reader: Reader, ids: DefectId[]): Promise<Map<DefectId, Terms>> {
  const pins = await reader.selectFrom('sla_promise').selectAll().where('defect_id', 'in', ids).execute()
  const policies = await listPolicies(reader)
  const calendars = await listCalendars(reader)
  const terms = new Map<DefectId, Terms>()
  for (const pin of pins) {
    const policy = policies.find((it) => it.id === pin.policy_id && it.version === pin.policy_version)
    const calendar = calendars.find((it) => it.id === pin.calendar_id && it.version === pin.calendar_version)
    if (!policy || !calendar) throw new Error(`The terms of defect ${pin.defect_id} are gone.`)
    terms.set(pin.defect_id, { policy, calendar })
  }
  return terms
}
