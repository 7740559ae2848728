import { z } from 'zod'
import { DomainError } from '../../../errors.ts'
import { type Defect, type DefectId, isConfidential } from '../../defects/defect.ts'
import { DefectTitle, getDefect, notForEverybody } from '../../defects/defects.ts'
import { record } from '../../events/record.ts'
import type { Tx } from '../../tx.ts'
import { readPromises } from '../read-promises.ts'

export const DefectChanges = z.strictObject({ title: DefectTitle, public: z.boolean() }).partial()
export type DefectChanges = z.infer<typeof DefectChanges>

/**
 * Changes a defect's title or who may see it. Its severity moves clocks and is changed by an event.
 * @throws DomainError `not-found`; `invalid` for showing everybody what is one customer's, plan's or product's;
 * `conflict` for hiding a promise that everybody has read the outcome of, or is about to
 */
export async function editDefect(tx: Tx, id: DefectId, changes: DefectChanges): Promise<void> {
  const before = await getDefect(tx.db, id)
  if (changes.public && isConfidential(before)) throw notForEverybody()
  if (changes.public === false && before.public) await assertHidable(tx, before)
  await tx.db
    .updateTable('defect')
    .set({
      ...(changes.title !== undefined && { title: changes.title }),
      ...(changes.public !== undefined && { public: changes.public ? 1 : 0 }),
      updated_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  await record(
    tx,
    'defect.edited',
    id,
    isConfidential(before)
      ? { after: { changed: Object.keys(changes) } }
      : { before: { title: before.title, public: before.public }, after: changes },
  )
}

/** The record is what became of every promise that was shown, not of those that were kept. */
async function assertHidable(tx: Tx, defect: Defect): Promise<void> {
  const promises = (await readPromises(tx.db, [defect], tx.now)).get(defect.id)
  const told = (promises?.goals ?? []).filter(
    ({ state: { verdict } }) => verdict !== 'open' && verdict !== 'no_promise',
  )
  if (told.length === 0 && !(await wasTold(tx, defect.id))) return
  throw new DomainError(
    'conflict',
    'Promises of this defect have been at risk or judged in public, so it stays public. If its title says too much, change that.',
    { current: { goals: told.map(({ goal, state }) => ({ goal, verdict: state.verdict })) } },
  )
}

/** Whether anything was announced or put on record, though it is not so any more. */
async function wasTold(tx: Tx, id: DefectId): Promise<boolean> {
  const tables = ['sla_announcement', 'sla_verdict'] as const
  const rows = await Promise.all(
    tables.map((table) =>
      tx.db.selectFrom(table).select('goal').where('defect_id', '=', id).executeTakeFirst(),
    ),
  )
  return rows.some((row) => row !== undefined)
}
