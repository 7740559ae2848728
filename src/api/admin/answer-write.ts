import { createHmac, hash } from 'node:crypto'
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

/** What tells a request from another one with the same key, where its body follows from what else has happened. */
export const FINGERPRINT_HEADER = 'Idempotency-Fingerprint'

/**
 * The key of a change, with what it stands for; undefined without one.
 * @param isPersonal whether it may hold a password: then no hash of it is kept that somebody could guess by
 * @throws DomainError `invalid` for a key or fingerprint that is not 1 to 255 visible ASCII characters
 */
export function onceOnly(
  request: Request,
  caller: Caller,
  { sent, isPersonal = false }: { sent: unknown; isPersonal?: boolean | undefined },
): OnceOnly | undefined {
  const key = visibleHeader(request, 'Idempotency-Key')
  const fingerprint = visibleHeader(request, FINGERPRINT_HEADER)
  if (key === undefined) return undefined
  const { pathname, searchParams } = new URL(request.url)
  // A preview is of the same request.
  searchParams.delete('preview')
  const said = fingerprint === undefined ? sent : { fingerprint }
  const asked = JSON.stringify([request.method, pathname, searchParams.toString(), said])
  const requestHash = isPersonal
    ? createHmac('sha256', caller.secret).update(asked).digest('hex')
    : hash('sha256', asked, 'hex')
  return { ownerId: caller.actor.id, key, requestHash }
}

function visibleHeader(request: Request, name: string): string | undefined {
  const value = request.headers.get(name) ?? undefined
  if (value === undefined || /^[\x21-\x7e]{1,255}$/.test(value)) return value
  const what = name === FINGERPRINT_HEADER ? 'fingerprint' : 'key'
  throw invalidField(name, `A ${what} is 1 to 255 visible ASCII characters.`)
}
