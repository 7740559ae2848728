import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { findSession, type Session, staffActor } from '../../auth/find-session.ts'
import { isSameOrigin } from '../../auth/same-origin.ts'
import type { AppContext } from '../../context.ts'
import { allows, type Scope } from '../../domain/staff/scopes.ts'
import type { SessionId } from '../../domain/staff/sessions.ts'
import type { StaffMember } from '../../domain/staff/staff.ts'
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
import type { Instant } from '../../lib/instant.ts'
import type { Operation } from './operation.ts'

/** Who is calling: a program with a token, or a person who has signed in. */
export interface Caller {
  actor: Actor & { id: string }
  scopes: readonly Scope[]
  /** Until when this may go on; null: there is no end. */
  expiresAt: Instant | null
  /** The one or the other. */
  staff: StaffMember | null
  token: Token | null
  sessionId: SessionId | null
  /** What was shown to be let in, which is not stored: it seals answers that hold a secret. */
  secret: string
}

/** How many requests a caller may make in a minute, per process: far above anybody who means well. */
export const REQUESTS_PER_MINUTE = 600

export type Limiter = RateLimiterMemory

export function requestLimiter(): Limiter {
  return new RateLimiterMemory({ points: REQUESTS_PER_MINUTE, duration: 60 })
}

/**
 * Lets in who has the scope and does not come too often: the bearer of a token, or else who has signed in.
 * @param tell hears who it is before it is said whether they may, for the log
 * @throws DomainError `unauthenticated`, `too-many`, `forbidden`
 */
export async function admit(
  ctx: AppContext,
  limiter: Limiter,
  request: Request,
  { scope, isPersonal = false }: Pick<Operation, 'scope' | 'isPersonal'>,
  tell: (callerId: string) => void,
): Promise<Caller> {
  const header = request.headers.get('Authorization')
  const caller = header === null ? await signedIn(ctx, request) : await bearer(ctx, header)
  tell(caller.actor.id)
  await assertNotTooMany(limiter, caller)
  if (isPersonal && caller.staff === null)
    throw new DomainError('forbidden', 'This is for people who have signed in: a token has no account.')
  assertAllowed(caller, scope)
  return caller
}

/** @throws DomainError `forbidden` for a caller without the scope */
export function assertAllowed({ scopes, token }: Caller, scope: Scope): void {
  if (allows(scopes, scope)) return
  const who = token === null ? 'Your role' : 'This token'
  throw new DomainError('forbidden', `${who} lacks the scope ${scope}.`)
}

async function bearer(ctx: AppContext, header: string): Promise<Caller> {
  const secret = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(header)?.[1]
  if (secret === undefined) throw new DomainError('unauthenticated', 'This is not a bearer token.')
  const token = await authenticate(ctx.read, secret, ctx.now()).catch((error: unknown) => {
    if (error instanceof ExpiredToken) keepExpiry(ctx, error.tokenId)
    throw error
  })
  const { scopes, expiresAt } = token
  return { actor: actorOf(token), scopes, expiresAt, staff: null, token, sessionId: null, secret }
}

async function signedIn(ctx: AppContext, request: Request): Promise<Caller> {
  const session = await findSession(ctx, request)
  if (session === undefined) {
    throw new DomainError(
      'unauthenticated',
      'This address needs a token: send “Authorization: Bearer …”, or sign in.',
    )
  }
  if (!isReading(request) && !isSameOrigin(request, ctx.config.url))
    throw new DomainError('forbidden', 'With a session, only pages of this very site may change something.')
  return callerOf(session)
}

/** The person, of an operation that is for people only. */
export function personOf({ staff }: Caller): StaffMember {
  if (staff === null) throw new Error('A personal operation has let in a token.')
  return staff
}

/** A person who has signed in, as the caller of a route. */
function callerOf({ id, staff, scopes, expiresAt, secret }: Session): Caller {
  const actor = { ...staffActor(staff), id: staff.id }
  return { actor, scopes, expiresAt, staff, token: null, sessionId: id, secret }
}

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD'
}

async function assertNotTooMany(limiter: Limiter, { actor }: Caller): Promise<void> {
  try {
    await limiter.consume(actor.id)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new DomainError('too-many', `You may make ${REQUESTS_PER_MINUTE} requests a minute.`)
  }
}

/** Keeps when the token was last used, behind the answer: nobody waits for it, and losing it harms nobody. */
export function keepUse(ctx: AppContext, { token }: Caller): void {
  if (token === null || !isUseWorthKeeping(token, ctx.now())) return
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

function actorOf({ id, name }: Token): Caller['actor'] {
  return { kind: 'token', id, name }
}
