import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { IncidentId } from '../incidents/incident.ts'
import { getIncident } from '../incidents/list-incidents.ts'
import type { Reader, Tx } from '../tx.ts'
import { type Defect, type DefectId, toDefect } from './defect.ts'
import { getDefect } from './defects.ts'

/**
 * Links a defect to an incident; linking what is linked changes nothing.
 * @throws DomainError `not-found`
 */
export async function linkDefect(tx: Tx, incidentId: IncidentId, defectId: DefectId): Promise<void> {
  await getIncident(tx.db, incidentId)
  await getDefect(tx.db, defectId)
  const linked = await tx.db
    .insertInto('incident_defect')
    .values({ incident_id: incidentId, defect_id: defectId, linked_at: tx.now })
    .onConflict((conflict) => conflict.columns(['incident_id', 'defect_id']).doNothing())
    .returning('linked_at')
    .executeTakeFirst()
  if (linked) await record(tx, 'defect.linked', defectId, { after: { incident_id: incidentId } })
}

/** The defects linked to each incident, in the order of linking; whoever shows them asks who may see which. */
export async function listLinkedDefects(
  reader: Reader,
  incidentIds: IncidentId[],
): Promise<Map<IncidentId, Defect[]>> {
  const byIncident = new Map<IncidentId, Defect[]>(incidentIds.map((id) => [id, []]))
  if (incidentIds.length === 0) return byIncident
  const rows = await reader
    .selectFrom('incident_defect')
    .innerJoin('defect', 'defect.id', 'incident_defect.defect_id')
    .selectAll('defect')
    .select('incident_defect.incident_id')
    .where('incident_defect.incident_id', 'in', incidentIds)
    .orderBy('incident_defect.linked_at')
    .orderBy('defect.key')
    .execute()
  for (const row of rows) byIncident.get(row.incident_id)?.push(toDefect(row))
  return byIncident
}

/** The incidents linked to each defect, in the order of linking. */
export async function listLinkedIncidentIds(
  reader: Reader,
  defectIds: DefectId[],
): Promise<Map<DefectId, IncidentId[]>> {
  const links = await listLinks(reader, defectIds)
  return new Map([...links].map(([id, linked]) => [id, linked.map(({ incidentId }) => incidentId)]))
}

/** An incident that a defect is linked to, since when. */
export interface Link {
  incidentId: IncidentId
  linkedAt: Instant
}

/** The links of each defect, in the order of linking. */
export async function listLinks(reader: Reader, defectIds: DefectId[]): Promise<Map<DefectId, Link[]>> {
  const byDefect = new Map<DefectId, Link[]>(defectIds.map((id) => [id, []]))
  if (defectIds.length === 0) return byDefect
  const rows = await reader
    .selectFrom('incident_defect')
    .selectAll()
    .where('defect_id', 'in', defectIds)
    .orderBy('linked_at')
    .execute()
  for (const row of rows)
    byDefect.get(row.defect_id)?.push({ incidentId: row.incident_id, linkedAt: row.linked_at })
  return byDefect
}
