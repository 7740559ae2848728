import { newSecret } from '../lib/secret.ts'
import type { Reader, Tx } from './tx.ts'

/** Makes the secret of this installation if there is none. */
export async function installSecret(tx: Tx): Promise<void> {
  await tx.db
    .insertInto('installation')
    .values({ id: 1, secret: newSecret() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** The secret that was made with the database: the same for all processes, and in each backup. */
export async function readSecret(reader: Reader): Promise<string> {
  return (await reader.selectFrom('installation').select('secret').executeTakeFirstOrThrow()).secret
}
