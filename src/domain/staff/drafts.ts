import { newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader, Tx } from '../tx.ts'
import { isAnswered } from './kept-answers.ts'

/** What somebody has begun to write and not sent: the fields of one form, theirs alone. */
export interface Draft {
  /** The form: the address of its page, `#`, and its name there. */
  place: string
  /** As a query string, which keeps the order and what stands there several times. */
  fields: string
  /** The key by which the form is to be sent. */
  onceKey: string
  keptAt: Instant
}

interface Place {
  staffId: string
  place: string
}

/**
 * Keeps the fields of a form; those that were kept before are replaced. Nobody else sees them, so nothing is recorded.
 * @param onceKey that of the form; left out, or sent already by somebody who went back and wrote on, it gets another one
 */
export async function keepDraft(
  tx: Tx,
  { staffId, place, fields, onceKey }: Place & { fields: string; onceKey?: string | undefined },
): Promise<void> {
  const isOpen = onceKey !== undefined && !(await isAnswered(tx.db, { ownerId: staffId, key: onceKey }))
  const kept = { fields, once_key: isOpen ? onceKey : newId(), kept_at: tx.now }
  await tx.db
    .insertInto('draft')
    .values({ staff_id: staffId, place, ...kept })
    .onConflict((conflict) => conflict.columns(['staff_id', 'place']).doUpdateSet(kept))
    .execute()
}

/** Throws a draft away that is not wanted any more, if there is one. */
export async function forgetDraft(tx: Tx, { staffId, place }: Place): Promise<void> {
  await tx.db.deleteFrom('draft').where('staff_id', '=', staffId).where('place', '=', place).execute()
}

/**
 * Throws away what stands there of drafts that were sent. Nothing else needs to: sending a form answers its key, and by
 * that very transaction its draft is none any more.
 */
export async function forgetSentDrafts(tx: Tx): Promise<void> {
  await tx.db
    .deleteFrom('draft')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('idempotency_key')
          .select('key')
          .whereRef('owner_id', '=', 'draft.staff_id')
          .whereRef('key', '=', 'draft.once_key'),
      ),
    )
    .execute()
}

export async function findDraft(reader: Reader, { staffId, place }: Place): Promise<Draft | undefined> {
  return (await listDrafts(reader, staffId)).find((draft) => draft.place === place)
}

/** Somebody's drafts that were not sent, the latest first. */
export async function listDrafts(reader: Reader, staffId: string): Promise<Draft[]> {
  const rows = await reader
    .selectFrom('draft')
    .leftJoin('idempotency_key as sent', (join) =>
      join.onRef('sent.owner_id', '=', 'draft.staff_id').onRef('sent.key', '=', 'draft.once_key'),
    )
    .select(['draft.place', 'draft.fields', 'draft.once_key', 'draft.kept_at'])
    .where('draft.staff_id', '=', staffId)
    .where('sent.key', 'is', null)
    .orderBy('draft.kept_at', 'desc')
    .orderBy('draft.place')
    .execute()
  return rows.map((row) => ({
    place: row.place,
    fields: row.fields,
    // Of a draft from before there were keys, none is known.
    onceKey: row.once_key ?? newId(),
    keptAt: row.kept_at,
  }))
}
