import { z } from 'zod'
import { asChanged, record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import { INCIDENT_IMPACTS, type IncidentId, IncidentName, Metadata } from './incident.ts'
import { getIncident } from './list-incidents.ts'

export const IncidentChanges = z
  .strictObject({
    name: IncidentName,
    impact_override: z.enum(INCIDENT_IMPACTS).nullable(),
    metadata: Metadata,
  })
  .partial()
export type IncidentChanges = z.infer<typeof IncidentChanges>

/**
 * Changes an incident's name, impact or metadata. State and components are changed by updates.
 * @throws DomainError `not-found`
 */
export async function editIncident(tx: Tx, id: IncidentId, changes: IncidentChanges): Promise<void> {
  const before = await getIncident(tx.db, id)
  const { metadata, ...same } = changes
  await tx.db
    .updateTable('incident')
    .set({ ...same, ...(metadata && { metadata: JSON.stringify(metadata) }), updated_at: tx.now })
    .where('id', '=', id)
    .execute()
  await record(tx, 'incident.edited', id, {
    before: asChanged(
      { name: before.name, impact_override: before.impactOverride, metadata: before.metadata },
      changes,
    ),
    after: changes,
  })
}
