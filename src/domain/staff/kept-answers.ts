import { DomainError } from '../../errors.ts'
import { DAY_MS, type Instant } from '../../lib/instant.ts'
import type { Reader, Tx } from '../tx.ts'

/** A request that shall have one effect however often it arrives: whose, by which key, and what it asked for. */
export interface OnceOnly {
  /** The id of the token or the member of staff that sends it. */
  ownerId: string
  key: string
  /** SHA-256 of method, path and body: the same key for something else is a mistake. */
  requestHash: string
}

export interface KeptAnswer {
  status: number
  body: string
}

/**
 * Takes the key for this transaction, or finds what was answered to it before. Taken first of all, so that of two
 * requests at the same moment the second waits here until the first has committed or failed.
 * @throws DomainError `invalid` when the key was used for another request
 */
export async function takeKey(tx: Tx, once: OnceOnly): Promise<KeptAnswer | undefined> {
  const taken = await tx.db
    .insertInto('idempotency_key')
    .values({
      owner_id: once.ownerId,
      key: once.key,
      request_hash: once.requestHash,
      status: 0,
      body: '',
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (taken) return undefined
  const kept = await tx.db
    .selectFrom('idempotency_key')
    .select(['request_hash', 'status', 'body'])
    .where('owner_id', '=', once.ownerId)
    .where('key', '=', once.key)
    .executeTakeFirstOrThrow()
  if (kept.request_hash !== once.requestHash) {
    const message = 'This key was used for another request.'
    throw new DomainError('invalid', message, { fields: [{ pointer: 'Idempotency-Key', message }] })
  }
  return { status: kept.status, body: kept.body }
}

/** Whether a request with this key has had its effect. */
export async function isAnswered(
  reader: Reader,
  { ownerId, key }: Pick<OnceOnly, 'ownerId' | 'key'>,
): Promise<boolean> {
  const kept = await reader
    .selectFrom('idempotency_key')
    .select('key')
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .executeTakeFirst()
  return kept !== undefined
}

/** Keeps the answer with the effect: both are stored, or neither. */
export async function keepAnswer(tx: Tx, once: OnceOnly, answer: KeptAnswer): Promise<void> {
  await tx.db
    .updateTable('idempotency_key')
    .set(answer)
    .where('owner_id', '=', once.ownerId)
    .where('key', '=', once.key)
    .execute()
}

/** How long an answer is kept: whoever repeats a request does so within minutes, or after a weekend. */
export const ANSWERS_KEPT_MS = 7 * DAY_MS

/** At most so many go at once, so that no write waits long. */
const FORGOTTEN_AT_ONCE = 500

/** Whether an answer is older than need be; asked on a reader, so that nothing is written for nothing. */
export async function hasOldAnswers(reader: Reader, now: Instant): Promise<boolean> {
  const old = await reader
    .selectFrom('idempotency_key')
    .select('key')
    .where('created_at', '<', now - ANSWERS_KEPT_MS)
    .limit(1)
    .executeTakeFirst()
  return old !== undefined
}

/** Forgets old answers, the oldest first. They were kept for who asks again, so it is no change worth telling. */
export async function forgetOldAnswers(tx: Tx): Promise<void> {
  const last = await tx.db
    .selectFrom('idempotency_key')
    .select('created_at')
    .where('created_at', '<', tx.now - ANSWERS_KEPT_MS)
    .orderBy('created_at')
    .offset(FORGOTTEN_AT_ONCE - 1)
    .limit(1)
    .executeTakeFirst()
  await tx.db
    .deleteFrom('idempotency_key')
    .where('created_at', '<', tx.now - ANSWERS_KEPT_MS)
    .where('created_at', '<=', last?.created_at ?? tx.now)
    .execute()
}
