import { DomainError } from '../../errors.ts'
import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import type { IncidentId } from './incident.ts'
import { getIncident } from './list-incidents.ts'
import type { Postmortem } from './postmortem.ts'

/** A postmortem as far as staff have written it; only they see it. */
export interface PostmortemDraft {
  body: string
  savedAt: Instant
}

export async function findPostmortemDraft(
  reader: Reader,
  id: IncidentId,
): Promise<PostmortemDraft | undefined> {
  const row = await reader
    .selectFrom('postmortem_draft')
    .selectAll()
    .where('incident_id', '=', id)
    .executeTakeFirst()
  return row && { body: row.body, savedAt: row.saved_at }
}

/**
 * Keeps a draft in the place of an earlier one; what is published stays as it is. The audit log has no word of it.
 * @throws DomainError `not-found`
 */
export async function savePostmortemDraft(tx: Tx, id: IncidentId, { body }: Postmortem): Promise<void> {
  await getIncident(tx.db, id)
  await tx.db
    .insertInto('postmortem_draft')
    .values({ incident_id: id, body, saved_at: tx.now })
    .onConflict((conflict) => conflict.column('incident_id').doUpdateSet({ body, saved_at: tx.now }))
    .execute()
  await record(tx, 'postmortem_draft.saved', id)
}

/** @throws DomainError `not-found` */
export async function discardPostmortemDraft(tx: Tx, id: IncidentId): Promise<void> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('postmortem_draft')
    .where('incident_id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new DomainError('not-found', 'There is no draft of a postmortem here.')
  await record(tx, 'postmortem_draft.discarded', id)
}
