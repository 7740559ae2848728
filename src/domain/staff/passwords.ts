import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { endOtherSessions } from './session-ends.ts'
import type { SessionId } from './sessions.ts'
import type { StaffId } from './staff.ts'

/** What is stored of somebody's password; null for somebody who signs in elsewhere only. */
export async function readPasswordHash(reader: Reader, id: StaffId): Promise<string | null> {
  const row = await reader.selectFrom('staff').select('password_hash').where('id', '=', id).executeTakeFirst()
  return row?.password_hash ?? null
}

/** Replaces the password. Sessions in other browsers end. */
export async function changePassword(
  tx: Tx,
  id: StaffId,
  { hash, keep }: { hash: string; keep: SessionId | null },
): Promise<void> {
  await tx.db.updateTable('staff').set({ password_hash: hash }).where('id', '=', id).execute()
  await record(tx, 'staff.password_changed', id)
  await endOtherSessions(tx, id, keep)
}
