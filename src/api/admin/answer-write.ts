import { hash } from 'node:crypto'
import { type KeptAnswer, keepAnswer, type OnceOnly, takeKey } from '../../domain/staff/kept-answers.ts'
import type { Tx } from '../../domain/tx.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { openSealed, seal } from '../../lib/seal.ts'
import type { Caller } from './admit.ts'

/** An answer with a secret is kept sealed by what its caller has shown, of which we store no more than a hash. */
const KEPT_ANSWER = 'kept answer'

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
    return { ...kept, body: isSecret ? opened(kept.body, caller) : kept.body, isReplayed: true }
  }
  const answer = await change(tx)
  const body = isSecret ? seal(answer.body, caller.secret, KEPT_ANSWER) : answer.body
  if (once) await keepAnswer(tx, once, { ...answer, body })
  return { ...answer, isReplayed: false }
}

/**
 * A person's keys outlast the session; what has sealed the answer does not.
 * @throws DomainError `conflict` in another session than that which asked
 */
function opened(body: string, { secret }: Caller): string {
  const text = openSealed(body, secret, KEPT_ANSWER)
  if (text !== undefined) return text
  const message =
    'This was done, and its answer held a secret: only the session that asked can read it again.'
  throw new DomainError('conflict', message)
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
  return { ownerId: caller.actor.id, key, requestHash: hash('sha256', asked, 'hex') }
}
