import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import { record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import type { IncidentId } from './incident.ts'
import { getIncident } from './list-incidents.ts'

export const Postmortem = z.strictObject({
  body: z.string().trim().min(1, 'A postmortem needs a text.').max(100_000),
})
export type Postmortem = z.infer<typeof Postmortem>

/**
 * Publishes what was learned, or a corrected text of it; the first publication keeps its time.
 * @throws DomainError `not-found`, `conflict` while the incident is open
 */
export async function publishPostmortem(tx: Tx, id: IncidentId, postmortem: Postmortem): Promise<void> {
  const incident = await getIncident(tx.db, id)
  if (incident.resolvedAt === null) {
    throw new DomainError('conflict', 'A postmortem is published once the incident is resolved.', {
      current: { id, status: incident.status },
    })
  }
  await tx.db
    .updateTable('incident')
    .set({
      postmortem_body: postmortem.body,
      postmortem_published_at: incident.postmortem?.publishedAt ?? tx.now,
      updated_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'incident.postmortem_published', id, {
    before: { body: incident.postmortem?.body ?? null },
    after: { body: postmortem.body },
  })
}
