import { DomainError } from '../../../errors.ts'
import type { DefectId } from '../../defects/defect.ts'
import { getDefect } from '../../defects/defects.ts'
import { record } from '../../events/record.ts'
import type { IncidentId } from '../../incidents/incident.ts'
import type { Tx } from '../../tx.ts'
import { readPromises } from '../read-promises.ts'

/**
 * Takes a defect off an incident that it has nothing to do with. Where an update of the incident is the evidence that a
 * promise was kept, the link stays: a verdict that has fallen is not rewritten.
 * @throws DomainError `not-found` when they are not linked, `conflict` when the link carries a verdict
 */
export async function unlinkDefect(tx: Tx, incidentId: IncidentId, defectId: DefectId): Promise<void> {
  const defect = await getDefect(tx.db, defectId)
  const promises = (await readPromises(tx.db, [defect], tx.now)).get(defectId)
  const proven = promises?.goals.find(({ evidence }) => evidence?.update?.incidentId === incidentId)
  const { numDeletedRows } = await tx.db
    .deleteFrom('incident_defect')
    .where('incident_id', '=', incidentId)
    .where('defect_id', '=', defectId)
    .executeTakeFirst()
  if (numDeletedRows === 0n) {
    throw new DomainError('not-found', `Defect ${defectId} is not linked to incident ${incidentId}.`)
  }
  if (proven) {
    throw new DomainError('conflict', `An update of this incident is the evidence for the ${proven.goal}.`, {
      current: { goal: proven.goal, update_id: proven.evidence?.update?.updateId },
    })
  }
  await record(tx, 'defect.unlinked', defectId, { before: { incident_id: incidentId } })
}
