import { hash } from 'node:crypto'
import { type KeptAnswer, keepAnswer, type OnceOnly, takeKey } from '../../domain/staff/kept-answers.ts'
import type { Tx } from '../../domain/tx.ts'
import { invalidField } from '../../errors.ts'
import type { Caller } from './admit.ts'
import { openSealed, seal } from './sealed-answer.ts'

/** Who wants to write, and by which key, if the request has one. */
export interface WriteRequest {
  caller: Caller
  once: OnceOnly | undefined
  /** Whether the answer holds a secret. */
  isSecret: boolean
}

/**
 * Writes and answers: the effect, the answer and the key that stands for both are one transaction. A request that
 * arrives again gets the first answer and has no second effect; an error leaves no key behind.
 */
export async function answerWrite(
  tx: Tx,
  { caller, once, isSecret }: WriteRequest,
  change: (tx: Tx) => Promise<KeptAnswer>,
): Promise<KeptAnswer & { isReplayed: boolean }> {
  const kept = once && (await takeKey(tx, once))
  if (kept) {
    return { ...kept, body: isSecret ? openSealed(kept.body, caller.secret) : kept.body, isReplayed: true }
  }
  const answer = await change(tx)
  const body = isSecret ? seal(answer.body, caller.secret) : answer.body
  if (once) await keepAnswer(tx, once, { ...answer, body })
  return { ...answer, isReplayed: false }
}

/**
 * The key of a POST, with what it stands for; undefined without one.
 * @throws DomainError `invalid` for a key that is not 1 to 255 visible ASCII characters
 */
export function onceOnly(request: Request, caller: Caller, sent: unknown): OnceOnly | undefined {
  const key = request.headers.get('Idempotency-Key')
  if (key === null || request.method !== 'POST') return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalidField('Idempotency-Key', 'A key is 1 to 255 visible ASCII characters.')
  }
  const { pathname, searchParams } = new URL(request.url)
  // A preview is of the same request.
  searchParams.delete('preview')
  const asked = JSON.stringify([request.method, pathname, searchParams.toString(), sent])
  return { tokenId: caller.token.id, key, requestHash: hash('sha256', asked, 'hex') }
}
