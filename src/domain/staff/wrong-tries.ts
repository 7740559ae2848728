import { type Instant, MINUTE_MS } from '../../lib/instant.ts'
import type { Reader, Tx } from '../tx.ts'

/** So long after the first wrong try of some, all of them count. */
export const TRIES_COUNT_MS = 10 * MINUTE_MS

/** Wrong tries that were counted together. */
export interface WrongTries {
  tries: number
  endsAt: Instant
}

/** The wrong tries that count at present, by key; a key without any is not there. */
export async function readWrongTries(
  reader: Reader,
  keys: readonly string[],
  now: Instant,
): Promise<Map<string, WrongTries>> {
  const rows = await reader
    .selectFrom('wrong_try_count')
    .selectAll()
    .where('key', 'in', keys)
    .where('ends_at', '>', now)
    // After a clock that was set back nobody waits longer for it.
    .where('ends_at', '<=', now + TRIES_COUNT_MS)
    .execute()
  return new Map(rows.map(({ key, tries, ends_at }) => [key, { tries, endsAt: ends_at }]))
}

/** Counts one more under each key. It is no change worth telling: whoever guesses shall fill no audit log. */
export async function countWrongTry(tx: Tx, keys: readonly string[]): Promise<void> {
  const before = await readWrongTries(tx.db, keys, tx.now)
  const first: WrongTries = { tries: 0, endsAt: tx.now + TRIES_COUNT_MS }
  for (const key of keys) {
    const { tries, endsAt } = before.get(key) ?? first
    const row = { tries: tries + 1, ends_at: endsAt }
    await tx.db
      .insertInto('wrong_try_count')
      .values({ key, ...row })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
      .execute()
  }
}

/** Forgets those under a key: what came after them was right. */
export async function forgetWrongTries(tx: Tx, key: string): Promise<void> {
  await tx.db.deleteFrom('wrong_try_count').where('key', '=', key).execute()
}

/** At most so many go at once, so that no write waits long. */
const FORGOTTEN_AT_ONCE = 500

/** Whether there are any that count no more; asked on a reader, so that nothing is written for nothing. */
export async function hasOldTries(reader: Reader, now: Instant): Promise<boolean> {
  const old = await reader
    .selectFrom('wrong_try_count')
    .select('key')
    .where('ends_at', '<=', now)
    .limit(1)
    .executeTakeFirst()
  return old !== undefined
}

/** Forgets those that count no more. */
export async function forgetOldTries(tx: Tx): Promise<void> {
  await tx.db
    .deleteFrom('wrong_try_count')
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('wrong_try_count')
        .select('key')
        .where('ends_at', '<=', tx.now)
        .orderBy('ends_at')
        .limit(FORGOTTEN_AT_ONCE),
    )
    .execute()
}
