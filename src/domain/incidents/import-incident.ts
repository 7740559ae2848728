import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import { type ImportedUpdate, importUpdates } from '../updates/import-updates.ts'
import { listUpdatesOf } from '../updates/list-updates.ts'
import type { StatusUpdateId } from '../updates/status-update.ts'
import { followUpdates } from './follow-updates.ts'
import { type Incident, type IncidentId, type IncidentImpact, incidentImpact } from './incident.ts'
import { findIncident } from './list-incidents.ts'

/** An incident as another system published it. */
export interface ImportedIncident {
  id: IncidentId
  name: string
  /** The impact its source shows; what differs from the one that follows from its components is kept as set by hand. */
  impact: IncidentImpact | null
  backfilled: boolean
  createdAt: Instant
  updatedAt: Instant
  /** At least one. */
  updates: ImportedUpdate[]
  /** The id of the closing update that is made up where the source says that it is over and no update does. */
  standInId: StatusUpdateId
  postmortem: { body: string; publishedAt: Instant } | null
}

/** What an import did with one record. */
export type ImportOutcome = 'new' | 'brought-up-to-date' | 'unchanged'

/**
 * Stores an incident with its ids and times, or brings it up to date; the same record again changes nothing at all.
 * What was changed here later than at the source stays.
 */
export async function importIncident(tx: Tx, incident: ImportedIncident): Promise<ImportOutcome> {
  const before = await findIncident(tx.db, incident.id)
  if (before === undefined) await insertIncident(tx, incident)
  const updatesChanged = await importUpdates(tx, { incidentId: incident.id }, incident)
  const fieldsChanged = await importFields(tx, incident, before)
  if (before !== undefined && !updatesChanged && !fieldsChanged) return 'unchanged'
  await followUpdates(tx, incident.id, {
    updatedAt: Math.max(incident.updatedAt, before?.updatedAt ?? incident.updatedAt),
  })
  await record(tx, 'incident.imported', incident.id, {
    after: { name: incident.name, updates: incident.updates.length },
  })
  return before === undefined ? 'new' : 'brought-up-to-date'
}

async function insertIncident(tx: Tx, incident: ImportedIncident): Promise<void> {
  await tx.db
    .insertInto('incident')
    .values({
      id: incident.id,
      name: incident.name,
      // State, start and end follow from the updates.
      status: 'investigating',
      impact_override: null,
      started_at: incident.createdAt,
      resolved_at: null,
      backfilled: incident.backfilled ? 1 : 0,
      metadata: '{}',
      postmortem_body: null,
      postmortem_published_at: null,
      created_at: incident.createdAt,
      updated_at: incident.updatedAt,
    })
    .execute()
}

/** Name, impact and postmortem, when they differ from what is here and nobody has changed them here since. */
async function importFields(
  tx: Tx,
  incident: ImportedIncident,
  before: Incident | undefined,
): Promise<boolean> {
  if (before !== undefined && before.updatedAt >= incident.updatedAt) return false
  const updates = await listUpdatesOf(tx.db, { incidentId: incident.id })
  const follows = incidentImpact(null, updates)
  const override = incident.impact === null || incident.impact === follows ? null : incident.impact
  const same =
    before !== undefined &&
    before.name === incident.name &&
    before.impactOverride === override &&
    (incident.postmortem === null || incident.postmortem.body === before.postmortem?.body)
  if (same) return false
  await tx.db
    .updateTable('incident')
    .set({
      name: incident.name,
      impact_override: override,
      ...(incident.postmortem && {
        postmortem_body: incident.postmortem.body,
        postmortem_published_at: incident.postmortem.publishedAt,
      }),
    })
    .where('id', '=', incident.id)
    .execute()
  return true
}
