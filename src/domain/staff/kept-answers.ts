import { DomainError } from '../../errors.ts'
import type { Tx } from '../tx.ts'
import type { TokenId } from './tokens.ts'

/** A request that shall have one effect however often it arrives: whose, by which key, and what it asked for. */
export interface OnceOnly {
  tokenId: TokenId
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
      token_id: once.tokenId,
      key: once.key,
      request_hash: once.requestHash,
      status: 0,
      body: '',
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['token_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (taken) return undefined
  const kept = await tx.db
    .selectFrom('idempotency_key')
    .select(['request_hash', 'status', 'body'])
    .where('token_id', '=', once.tokenId)
    .where('key', '=', once.key)
    .executeTakeFirstOrThrow()
  if (kept.request_hash !== once.requestHash) {
    const message = 'This key was used for another request.'
    throw new DomainError('invalid', message, { fields: [{ pointer: 'Idempotency-Key', message }] })
  }
  return { status: kept.status, body: kept.body }
}

/** Keeps the answer with the effect: both are stored, or neither. */
export async function keepAnswer(tx: Tx, once: OnceOnly, answer: KeptAnswer): Promise<void> {
  await tx.db
    .updateTable('idempotency_key')
    .set(answer)
    .where('token_id', '=', once.tokenId)
    .where('key', '=', once.key)
    .execute()
}
