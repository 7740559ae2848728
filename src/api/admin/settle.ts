import { listLinkedDefects } from '../../domain/defects/links.ts'
import type { IncidentId } from '../../domain/incidents/incident.ts'
import { batchesJudgedByRelease, batchesToSettle, settleDefects } from '../../domain/sla/record/settle.ts'
import type { Tx } from '../../domain/tx.ts'

/** An update may be the response that linked defects waited for. */
export async function settleIncident(tx: Tx, id: IncidentId): Promise<void> {
  const defects = (await listLinkedDefects(tx.db, [id])).get(id) ?? []
  await settleDefects(tx, defects)
}

/** A release may be the "next release" of any defect. */
export async function settleAll(tx: Tx): Promise<void> {
  for await (const defects of batchesToSettle(tx.db)) await settleDefects(tx, defects)
  // One that is entered late may come before the release by which a verdict was reached.
  for await (const defects of batchesJudgedByRelease(tx.db)) await settleDefects(tx, defects)
}
