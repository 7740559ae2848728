import type { Instant } from '../../lib/instant.ts'
import type { Reader, Tx } from '../tx.ts'

/** What somebody has begun to write and not sent: the fields of one form, theirs alone. */
export interface Draft {
  /** The form: the address of its page, `#`, and its name there. */
  place: string
  /** As a query string, which keeps the order and what stands there several times. */
  fields: string
  keptAt: Instant
}

interface Place {
  staffId: string
  place: string
}

/** Keeps the fields of a form; those that were kept before are replaced. Nobody else sees them, so nothing is recorded. */
export async function keepDraft(
  tx: Tx,
  { staffId, place, fields }: Place & { fields: string },
): Promise<void> {
  await tx.db
    .insertInto('draft')
    .values({ staff_id: staffId, place, fields, kept_at: tx.now })
    .onConflict((conflict) =>
      conflict.columns(['staff_id', 'place']).doUpdateSet({ fields, kept_at: tx.now }),
    )
    .execute()
}

/** Throws a draft away, if there is one: it was sent, or is not wanted any more. */
export async function forgetDraft(tx: Tx, { staffId, place }: Place): Promise<void> {
  await tx.db.deleteFrom('draft').where('staff_id', '=', staffId).where('place', '=', place).execute()
}

export async function findDraft(reader: Reader, { staffId, place }: Place): Promise<Draft | undefined> {
  return (await listDrafts(reader, staffId)).find((draft) => draft.place === place)
}

/** Somebody's drafts, the latest first. */
export async function listDrafts(reader: Reader, staffId: string): Promise<Draft[]> {
  const rows = await reader
    .selectFrom('draft')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('kept_at', 'desc')
    .orderBy('place')
    .execute()
  return rows.map((row) => ({ place: row.place, fields: row.fields, keptAt: row.kept_at }))
}
