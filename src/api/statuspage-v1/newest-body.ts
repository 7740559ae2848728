import type { Tx } from '../../domain/tx.ts'
import { listUpdatesOf } from '../../domain/updates/list-updates.ts'
import type { Subject } from '../../domain/updates/status-update.ts'

/** What the update that is shown last says; undefined without any. */
export async function newestBody(tx: Tx, subject: Subject): Promise<string | undefined> {
  return (await listUpdatesOf(tx.db, subject)).at(-1)?.body
}
