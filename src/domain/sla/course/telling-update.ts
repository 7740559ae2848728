import { invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { DefectId } from '../../defects/defect.ts'
import { listLinkedIncidentIds } from '../../defects/links.ts'
import type { Tx } from '../../tx.ts'

/** The update of an incident that tells what happened to a defect. */
export interface TellingUpdate {
  /** When it was really posted. */
  createdAt: Instant
}

/** @throws DomainError `invalid` for what is no update of an incident that the defect is linked to */
export async function getTellingUpdate(tx: Tx, defectId: DefectId, updateId: string): Promise<TellingUpdate> {
  const incidentIds = (await listLinkedIncidentIds(tx.db, [defectId])).get(defectId) ?? []
  const update = await tx.db
    .selectFrom('status_update')
    .select(['created_at', 'incident_id'])
    .where('id', '=', updateId)
    .executeTakeFirst()
  if (!update?.incident_id || !incidentIds.includes(update.incident_id)) {
    throw invalidField(
      '/incident_update_id',
      'This is not an update of an incident that the defect is linked to.',
    )
  }
  return { createdAt: update.created_at }
}
