import { type Instant, MINUTE_MS } from '../../../lib/instant.ts'
import { type DefectId, isConfidential } from '../../defects/defect.ts'
import { listLinkedIncidentIds } from '../../defects/links.ts'
import { record } from '../../events/record.ts'
import type { Reader, Tx } from '../../tx.ts'
import type { GoalName } from '../engine/goal-terms.ts'
import type { DefectPromises, GoalPromise } from '../promises.ts'

/** What is announced of a goal, each once. */
export type AnnouncementKind = 'at_risk' | 'missed'

export interface Announcement {
  promises: DefectPromises
  goal: GoalName
  kind: AnnouncementKind
  /** When it came to this. */
  at: Instant
}

/** Told later than this after the moment, an announcement says that it is late. */
const LATE_AFTER_MS = 5 * MINUTE_MS

/**
 * What is to be announced at `now` and was not yet. What lies before the confirmation was written down is history, and
 * so is what belongs to incidents that were told after the fact: it is news for nobody.
 */
export async function listUnannounced(reader: Reader, promises: DefectPromises[]): Promise<Announcement[]> {
  const candidates = promises.flatMap((it) => it.goals.flatMap((goal) => announcementsOf(it, goal)))
  if (candidates.length === 0) return []
  const ids = [...new Set(candidates.map(({ promises: { defect } }) => defect.id))]
  const announced = await readAnnounced(reader, ids)
  const fresh = candidates.filter((it) => !announced.has(keyOf(it.promises.defect.id, it.goal, it.kind)))
  const history = await readHistory(reader, [...new Set(fresh.map(({ promises: { defect } }) => defect.id))])
  return fresh.filter(({ promises: { defect } }) => !history.has(defect.id))
}

export async function announce(tx: Tx, { promises, goal, kind, at }: Announcement): Promise<void> {
  const { defect } = promises
  await tx.db
    .insertInto('sla_announcement')
    .values({ defect_id: defect.id, goal, kind, at, announced_at: tx.now })
    .execute()
  const late = tx.now - at > LATE_AFTER_MS
  // When it came to this tells the terms of a contract.
  const moment = isConfidential(defect) ? {} : { at }
  await record(tx, kind === 'missed' ? 'sla.goal_missed' : 'sla.goal_at_risk', defect.id, {
    after: { goal, late, ...moment },
  })
}

function announcementsOf(promises: DefectPromises, { goal, state }: GoalPromise): Announcement[] {
  const { verdict, atRiskAt, verdictAt, completedAt, asOf } = state
  const wasAtRisk = verdict === 'at_risk' || (verdict === 'missed' && completedAt === null)
  const found: Announcement[] = []
  if (wasAtRisk && atRiskAt !== null && atRiskAt <= asOf)
    found.push({ promises, goal, kind: 'at_risk', at: atRiskAt })
  if (verdict === 'missed' && verdictAt !== null)
    found.push({ promises, goal, kind: 'missed', at: verdictAt })
  return found.filter(({ at }) => promises.pinnedAt !== null && at >= promises.pinnedAt)
}

async function readAnnounced(reader: Reader, ids: DefectId[]): Promise<Set<string>> {
  const rows = await reader
    .selectFrom('sla_announcement')
    .select(['defect_id', 'goal', 'kind'])
    .where('defect_id', 'in', ids)
    .execute()
  return new Set(rows.map(({ defect_id, goal, kind }) => keyOf(defect_id, goal, kind)))
}

/** Defects all of whose incidents were told after the fact. */
async function readHistory(reader: Reader, ids: DefectId[]): Promise<Set<DefectId>> {
  const incidentIds = await listLinkedIncidentIds(reader, ids)
  const linked = [...new Set([...incidentIds.values()].flat())]
  if (linked.length === 0) return new Set()
  const rows = await reader
    .selectFrom('incident')
    .select('id')
    .where('id', 'in', linked)
    .where('backfilled', '=', 1)
    .execute()
  const backfilled = new Set(rows.map(({ id }) => id))
  return new Set(
    ids.filter((id) => {
      const own = incidentIds.get(id) ?? []
      return own.length > 0 && own.every((incidentId) => backfilled.has(incidentId))
    }),
  )
}

function keyOf(defectId: DefectId, goal: string, kind: string): string {
  return `${defectId} ${goal} ${kind}`
}
