import type { DefectId } from '../../domain/defects/defect.ts'
import { getDefect } from '../../domain/defects/defects.ts'
import { listLinkedDefects } from '../../domain/defects/links.ts'
import type { IncidentId } from '../../domain/incidents/incident.ts'
import { listDefectsToJudge, recordVerdicts } from '../../domain/sla/verdicts.ts'
import type { Tx } from '../../domain/tx.ts'

const BATCH = 50

/** Records the verdicts that a change has brought, in the transaction of the change itself. */
export async function settleDefect(tx: Tx, id: DefectId): Promise<void> {
  await recordVerdicts(tx, [await getDefect(tx.db, id)])
}

/** An update may be the response that linked defects waited for. */
export async function settleIncident(tx: Tx, id: IncidentId): Promise<void> {
  const defects = (await listLinkedDefects(tx.db, [id], { publicOnly: false })).get(id) ?? []
  await recordVerdicts(tx, defects)
}

/** A release may be the "next release" of any defect. */
export async function settleAll(tx: Tx): Promise<void> {
  for (let after = ''; ; ) {
    const defects = await listDefectsToJudge(tx.db, { after, limit: BATCH })
    await recordVerdicts(tx, defects)
    const last = defects.at(-1)
    if (!last || defects.length < BATCH) return
    after = last.id
  }
}
