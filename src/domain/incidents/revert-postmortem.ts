import { DomainError } from '../../errors.ts'
import { record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import type { IncidentId } from './incident.ts'
import { getIncident } from './list-incidents.ts'
import { findPostmortemDraft, savePostmortemDraft } from './postmortem-draft.ts'

/**
 * Takes a postmortem off the page. Its text stays as a draft, unless there is one that goes further already.
 * @throws DomainError `not-found`, `conflict` when none is published
 */
export async function revertPostmortem(tx: Tx, id: IncidentId): Promise<void> {
  const { postmortem } = await getIncident(tx.db, id)
  if (postmortem === null) throw new DomainError('conflict', 'This incident has no published postmortem.')
  if (!(await findPostmortemDraft(tx.db, id))) await savePostmortemDraft(tx, id, { body: postmortem.body })
  await tx.db
    .updateTable('incident')
    .set({ postmortem_body: null, postmortem_published_at: null, updated_at: tx.now })
    .where('id', '=', id)
    .execute()
  await record(tx, 'incident.postmortem_reverted', id, { before: { body: postmortem.body } })
}
