import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { AppContext } from '../../context.ts'
import { allows, type Scope } from '../../domain/staff/scopes.ts'
import {
  authenticate,
  ExpiredToken,
  isUseWorthKeeping,
  keepTokenExpiry,
  keepTokenUse,
  type Token,
  type TokenId,
} from '../../domain/staff/tokens.ts'
import type { Actor } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'

/** Who is calling: the token, and the secret that was shown. */
export interface Caller {
  token: Token
  secret: string
}

/** How many requests a token may make in a minute, per process: far above any program that means well. */
export const REQUESTS_PER_MINUTE = 600

export type Limiter = RateLimiterMemory

export function requestLimiter(): Limiter {
  return new RateLimiterMemory({ points: REQUESTS_PER_MINUTE, duration: 60 })
}

/**
 * Lets the bearer of a token in, if it has the scope and does not come too often.
 * @throws DomainError `unauthenticated`, `too-many`, `forbidden`
 */
export async function admit(
  ctx: AppContext,
  limiter: Limiter,
  request: Request,
  scope: Scope,
): Promise<Caller> {
  const header = request.headers.get('Authorization')
  if (header === null) {
    throw new DomainError('unauthenticated', 'This address needs a token: send “Authorization: Bearer …”.')
  }
  const secret = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(header)?.[1]
  if (secret === undefined) throw new DomainError('unauthenticated', 'This is not a bearer token.')
  const token = await authenticate(ctx.read, secret, ctx.now()).catch((error: unknown) => {
    if (error instanceof ExpiredToken) keepExpiry(ctx, error.tokenId)
    throw error
  })
  await assertNotTooMany(limiter, token)
  if (!allows(token.scopes, scope)) throw new DomainError('forbidden', `This token lacks the scope ${scope}.`)
  return { token, secret }
}

async function assertNotTooMany(limiter: Limiter, token: Token): Promise<void> {
  try {
    await limiter.consume(token.id)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new DomainError('too-many', `A token may make ${REQUESTS_PER_MINUTE} requests a minute.`)
  }
}

/** Keeps when the token was last used, behind the answer: nobody waits for it, and losing it harms nobody. */
export function keepUse(ctx: AppContext, token: Token): void {
  if (!isUseWorthKeeping(token, ctx.now())) return
  ctx
    .write(actorOf(token), (tx) => keepTokenUse(tx, token.id))
    .catch((error: unknown) => ctx.log.warn({ err: error }, 'The last use of a token was not kept.'))
}

/** Keeps that a token has come after its end, behind the answer as well. */
function keepExpiry(ctx: AppContext, id: TokenId): void {
  ctx
    .write({ kind: 'token', id, name: 'an expired token' }, (tx) => keepTokenExpiry(tx, id))
    .catch((error: unknown) => ctx.log.warn({ err: error }, 'The end of a token was not kept.'))
}

export function actorOf(token: Token): Actor {
  return { kind: 'token', id: token.id, name: token.name }
}
