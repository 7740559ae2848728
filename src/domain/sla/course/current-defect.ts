import { invalidField } from '../../../errors.ts'
import type { Defect, DefectId } from '../../defects/defect.ts'
import { type DefectEvent, listDefectEvents } from '../../defects/defect-events.ts'
import { getDefect } from '../../defects/defects.ts'
import type { Tx } from '../../tx.ts'
import type { DefectPromises } from '../promises.ts'
import { readPromises } from '../read-promises.ts'

/** A defect as it stands when something happens to it. */
export interface CurrentDefect {
  defect: Defect
  promises: DefectPromises
  /** Oldest first. */
  events: DefectEvent[]
}

/** @throws DomainError `not-found`; `invalid` for a defect that is not confirmed */
export async function readCurrent(tx: Tx, id: DefectId): Promise<CurrentDefect> {
  const defect = await getDefect(tx.db, id)
  const promises = (await readPromises(tx.db, [defect], tx.now)).get(id)
  if (defect.confirmedAt === null || !promises) {
    throw invalidField('/type', 'Confirm the defect first: no clock runs yet.')
  }
  return { defect, promises, events: (await listDefectEvents(tx.db, [id])).get(id) ?? [] }
}
