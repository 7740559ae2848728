import type { AppContext } from '../context.ts'
import { type Role, type Scope, scopesOf } from '../domain/staff/scopes.ts'
import { keepSessionEnd } from '../domain/staff/session-ends.ts'
import {
  findSessionBySecret,
  isSessionUseWorthKeeping,
  keepSessionUse,
  type SessionId,
} from '../domain/staff/sessions.ts'
import type { StaffMember } from '../domain/staff/staff.ts'
import type { Actor, Tx } from '../domain/tx.ts'
import { readCookie } from '../lib/cookies.ts'
import type { Instant } from '../lib/instant.ts'
import { csrfTokenOf } from './csrf.ts'

/** Somebody who has signed in, as the cookie of a request shows. */
export interface Session {
  id: SessionId
  staff: StaffMember
  role: Role
  scopes: readonly Scope[]
  /** When it ends, however much it is used. */
  expiresAt: Instant
  /** What each form carries; see csrf.ts. */
  csrfToken: string
  /** That of the cookie. It goes into no page and no log. */
  secret: string
}

/** Who has signed in, or undefined: without a cookie, or with one that has ended or never was. */
export async function findSession(ctx: AppContext, request: Request): Promise<Session | undefined> {
  const secret = readCookie(request, 'avow', ctx.config.url)
  if (secret === undefined) return undefined
  const now = ctx.now()
  const found = await findSessionBySecret(ctx.read, secret, now)
  if (found.state === 'none') return undefined
  const { staff } = found
  if (found.state === 'over') {
    keepBehindTheAnswer(ctx, staff, (tx) => keepSessionEnd(tx, found.id))
    return undefined
  }
  const { session } = found
  if (isSessionUseWorthKeeping(session, now))
    keepBehindTheAnswer(ctx, staff, (tx) => keepSessionUse(tx, session.id))
  return {
    id: session.id,
    staff,
    role: staff.role,
    scopes: scopesOf(staff.role),
    expiresAt: session.expiresAt,
    csrfToken: csrfTokenOf(secret),
    secret,
  }
}

/** A member of staff as the audit log names the one who acts. */
export function staffActor({ id, name }: Pick<StaffMember, 'id' | 'name'>): Actor {
  return { kind: 'staff', id, name }
}

/** Nobody waits for it, and losing it harms nobody: the next request keeps it. */
function keepBehindTheAnswer(ctx: AppContext, staff: StaffMember, keep: (tx: Tx) => Promise<void>): void {
  ctx
    .write(staffActor(staff), keep)
    .catch((error: unknown) => ctx.log.warn({ err: error }, 'What is known of a session was not kept.'))
}
