import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import type { SessionId } from './sessions.ts'
import type { StaffId } from './staff.ts'

/** What is stored of somebody's password; null for somebody who signs in elsewhere only. */
export async function readPasswordHash(reader: Reader, id: StaffId): Promise<string | null> {
  const row = await reader.selectFrom('staff').select('password_hash').where('id', '=', id).executeTakeFirst()
  return row?.password_hash ?? null
}

/** Replaces the password. Sessions in other browsers end: whoever knew the old one may have one. */
export async function changePassword(
  tx: Tx,
  id: StaffId,
  { hash, keep }: { hash: string; keep: SessionId | null },
): Promise<void> {
  await tx.db.updateTable('staff').set({ password_hash: hash }).where('id', '=', id).execute()
  await tx.db
    .updateTable('staff_session')
    .set({ ended_at: tx.now })
    .where('staff_id', '=', id)
    .where('ended_at', 'is', null)
    .where('id', '!=', keep ?? '')
    .execute()
  await record(tx, 'staff.password_changed', id)
}
