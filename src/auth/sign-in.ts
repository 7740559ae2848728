import type { AppContext } from '../context.ts'
import { findAuthenticator, takeStep } from '../domain/staff/authenticators.ts'
import { readPasswordHash } from '../domain/staff/passwords.ts'
import { takeRecoveryCode } from '../domain/staff/recovery-codes.ts'
import { endSessionOfSecret } from '../domain/staff/session-ends.ts'
import { SESSION_LASTS_MS, type SessionId, type ShownBy, startSession } from '../domain/staff/sessions.ts'
import { findStaffByEmail, getStaffMember, type StaffId, type StaffMember } from '../domain/staff/staff.ts'
import type { Tx } from '../domain/tx.ts'
import { readCookie, setCookie } from '../lib/cookies.ts'
import { type Instant, MINUTE_MS } from '../lib/instant.ts'
import { staffActor } from './find-session.ts'
import { findKnown, rememberBrowser } from './known-browser.ts'
import { type Tried, type Try, tryOf, tryOnce, trySlowly } from './limits.ts'
import { isPassword } from './password.ts'
import { openFor, sealFor } from './secrets.ts'
import { stepOf } from './totp.ts'

/** What a try to sign in comes to. Nothing of it says who exists. */
export type SignIn =
  | { state: 'done'; staff: Pick<StaffMember, 'id' | 'name'>; cookies: string[] }
  /** The password was right; the ticket says so to the second step. */
  | { state: 'second-step'; ticket: string }
  | { state: 'wrong' }
  /** The first step is too long ago: begin again. */
  | { state: 'over' }
  | { state: 'slow'; seconds: number }

/** From where somebody tries. */
export interface Attempt {
  request: Request
  /** The network address; null where it says nothing, because it is a proxy's. */
  address: string | null
}

const TICKET_LASTS_MS = 10 * MINUTE_MS

/** What a ticket says, sealed. */
interface FirstStep {
  staffId: StaffId
  by: ShownBy['by']
  until: Instant
}

/** The first step: the address of a member of staff, and the password. */
export async function signInWithPassword(
  ctx: AppContext,
  attempt: Attempt,
  { email, password }: { email: string; password: string },
): Promise<SignIn> {
  const staff = await findStaffByEmail(ctx.read, email)
  const tried = await trySlowly(ctx, await tryFrom(ctx, attempt, staff?.id, email), async () => {
    const hash = staff === undefined ? null : await readPasswordHash(ctx.read, staff.id)
    const isRight = await isPassword(password, hash)
    return isRight && staff?.deactivatedAt === null ? staff : undefined
  })
  if (tried.state !== 'right') return refused(ctx, staff?.id, tried)
  return signInAs(ctx, attempt, tried.got, 'password')
}

/** Signs in somebody of whom it is known who it is, but for a second step, where one is asked for. */
export async function signInAs(
  ctx: AppContext,
  attempt: Attempt,
  staff: StaffMember,
  by: ShownBy['by'],
): Promise<SignIn> {
  if ((await findAuthenticator(ctx.read, staff.id)) !== undefined) {
    const firstStep: FirstStep = { staffId: staff.id, by, until: ctx.now() + TICKET_LASTS_MS }
    return {
      state: 'second-step',
      ticket: await sealFor(ctx, 'second step', JSON.stringify(firstStep)),
    }
  }
  const session = await ctx.write(staffActor(staff), (tx) =>
    begin(tx, ctx, attempt, { staff, by, secondStep: null, take: async () => true }),
  )
  return session === undefined ? refused(ctx, staff.id, { state: 'wrong' }) : done(ctx, staff, session)
}

/** The second step: the code of the authenticator app, or else a recovery code; each works once. */
export async function signInWithCode(
  ctx: AppContext,
  attempt: Attempt,
  { ticket, code }: { ticket: string; code: string },
): Promise<SignIn> {
  const firstStep = await firstStepOf(ctx, ticket)
  if (firstStep === undefined) return { state: 'over' }
  const staff = await getStaffMember(ctx.read, firstStep.staffId)
  const authenticator = await findAuthenticator(ctx.read, staff.id)
  if (authenticator === undefined) return { state: 'over' }
  const secret = await openFor(ctx, 'authenticator', authenticator.sealedSecret)
  const step = secret === undefined ? undefined : stepOf(code, secret, ctx.now())
  const tryCode = await tryFrom(ctx, attempt, staff.id, staff.email, 'second step of ')
  const tried = await tryOnce(ctx, staffActor(staff), tryCode, (tx) =>
    begin(tx, ctx, attempt, {
      staff,
      by: firstStep.by,
      ...(step === undefined
        ? { secondStep: 'recovery_code', take: () => takeRecoveryCode(tx, staff.id, code) }
        : { secondStep: 'app', take: () => takeStep(tx, staff.id, step) }),
    }),
  )
  return tried.state === 'right' ? done(ctx, staff, tried.got) : refused(ctx, staff.id, tried)
}

interface Begun {
  id: SessionId
  secret: string
}

/**
 * In the transaction of who is let in: what lets them in is used up, this browser's earlier session has ended, the new
 * one begun. Undefined for who is shut out, or has nothing to use up.
 */
async function begin(
  tx: Tx,
  { config }: AppContext,
  { request }: Attempt,
  { staff, take, by, secondStep }: ShownBy & { staff: StaffMember; take(): Promise<boolean> },
): Promise<Begun | undefined> {
  const { deactivatedAt } = await getStaffMember(tx.db, staff.id)
  if (deactivatedAt !== null || !(await take())) return undefined
  const earlier = readCookie(request, 'avow', config.url)
  if (earlier !== undefined) await endSessionOfSecret(tx, earlier)
  return startSession(tx, staff.id, { userAgent: request.headers.get('User-Agent'), by, secondStep })
}

async function done(ctx: AppContext, { id, name }: StaffMember, session: Begun): Promise<SignIn> {
  ctx.log.info({ staffId: id, sessionId: session.id }, 'Somebody has signed in.')
  const origin = ctx.config.url
  const cookies = [
    setCookie('avow', session.secret, { origin, lastsMs: SESSION_LASTS_MS }),
    await rememberBrowser(ctx, id),
  ]
  return { state: 'done', staff: { id, name }, cookies }
}

async function firstStepOf(ctx: AppContext, ticket: string): Promise<FirstStep | undefined> {
  const opened = await openFor(ctx, 'second step', ticket)
  if (opened === undefined) return undefined
  const firstStep = JSON.parse(opened) as FirstStep
  return firstStep.until > ctx.now() ? firstStep : undefined
}

async function tryFrom(
  ctx: AppContext,
  { request, address }: Attempt,
  staffId: StaffId | undefined,
  email: string,
  step = '',
): Promise<Try> {
  const isKnown = staffId !== undefined && (await findKnown(ctx, request)) === staffId
  const account = isKnown ? `known browser of ${staffId}` : email.trim().toLowerCase().slice(0, 254)
  // In a known browser the address has nothing to say: others may share it.
  return tryOf(ctx, { account: step + account, address: isKnown ? null : address })
}

/** Of the person only the id is logged: in the place of the address people have typed their password. */
function refused(
  { log }: AppContext,
  staffId: StaffId | undefined,
  tried: Exclude<Tried<never>, { state: 'right' }>,
): SignIn {
  if (tried.state === 'wrong') log.warn({ staffId }, 'A try to sign in was refused.')
  else log.warn({ staffId, seconds: tried.seconds }, 'There were too many tries to sign in.')
  return tried
}
