import { DomainError, invalidField } from '../../../errors.ts'
import type { Defect, DefectId } from '../../defects/defect.ts'
import { findDefect } from '../../defects/defects.ts'
import type { ReleaseId } from '../../defects/releases.ts'
import type { Tx } from '../../tx.ts'
import type { DefectPromises } from '../promises.ts'
import { readPromises } from '../read-promises.ts'
import { batchesJudgedByRelease } from '../record/settle.ts'
import { recordDefectEvent } from './record-defect-event.ts'
import { assertMissExplained, takesMiss } from './told-miss.ts'

/**
 * Enters a release, or what is new about one, and with it the fixes that it has: no promise falls in between. What anybody
 * could read as missed before is met by it, or missed by another release, only with a reason.
 * @throws DomainError `invalid` naming the defect that cannot be fixed by it, or for a reason that is not given
 */
export async function enterRelease(
  tx: Tx,
  { fixes, reason }: { fixes: DefectId[]; reason: string | undefined },
  enter: () => Promise<ReleaseId>,
): Promise<ReleaseId> {
  const before = await readTold(tx, fixes)
  const id = await enter()
  for (const [index, defectId] of fixes.entries()) {
    try {
      const event = { type: 'fixed', release_id: id, note: reason } as const
      await recordDefectEvent(tx, defectId, event, { readAs: before.get(defectId) })
    } catch (error) {
      if (error instanceof DomainError) throw invalidField(`/fixes/${index}`, error.message)
      throw error
    }
  }
  const others = [...before.values()].filter(({ defect }) => !fixes.includes(defect.id))
  const after = await readPromises(
    tx.db,
    others.map(({ defect }) => defect),
    tx.now,
  )
  for (const told of others) {
    const now = after.get(told.defect.id)
    if (now === undefined || !takesMiss(told, now)) continue
    assertMissExplained(told, now, reason, '/reason')
  }
  return id
}

/** The promises that the release may move, as anybody can read them now. */
async function readTold(tx: Tx, fixes: DefectId[]): Promise<Map<DefectId, DefectPromises>> {
  const defects = new Map<DefectId, Defect>()
  for (const id of fixes) {
    const defect = await findDefect(tx.db, id)
    if (defect) defects.set(id, defect)
  }
  for await (const judged of batchesJudgedByRelease(tx.db)) for (const it of judged) defects.set(it.id, it)
  return readPromises(tx.db, [...defects.values()], tx.now)
}
