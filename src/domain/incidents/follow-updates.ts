import { replaceImpacts } from '../components/impacts.ts'
import type { Tx } from '../tx.ts'
import { impactsFromUpdates } from '../updates/impacts-from-updates.ts'
import { listUpdatesOf } from '../updates/list-updates.ts'
import type { IncidentId, IncidentStatus } from './incident.ts'

/**
 * Makes an incident say what its updates say: state, start, end and impacts all follow from them, in display order,
 * so that posting, editing and back-dating come to the same.
 */
export async function followUpdates(
  tx: Tx,
  id: IncidentId,
  options: { updatedAt?: number } = {},
): Promise<void> {
  const updates = await listUpdatesOf(tx.db, { incidentId: id })
  const [first, last] = [updates[0], updates.at(-1)]
  if (!first || !last) throw new Error(`Incident ${id} has no update.`)
  const resolved = last.status === 'resolved'
  await tx.db
    .updateTable('incident')
    .set({
      status: last.status as IncidentStatus,
      started_at: first.displayAt,
      resolved_at: resolved ? last.displayAt : null,
      updated_at: options.updatedAt ?? tx.now,
    })
    .where('id', '=', id)
    .execute()
  const said = updates.map((update) => ({ ...update, ends: update.status === 'resolved' }))
  await replaceImpacts(tx, { incidentId: id }, impactsFromUpdates(said))
}
