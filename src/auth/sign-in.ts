import type { AppContext } from '../context.ts'
import { findAuthenticator, takeStep } from '../domain/staff/authenticators.ts'
import { readPasswordHash } from '../domain/staff/passwords.ts'
import { takeRecoveryCode } from '../domain/staff/recovery-codes.ts'
import { endSessionOfSecret } from '../domain/staff/session-ends.ts'
import { SESSION_LASTS_MS, type ShownBy, startSession } from '../domain/staff/sessions.ts'
import { findStaffByEmail, getStaffMember, type StaffId, type StaffMember } from '../domain/staff/staff.ts'
import type { Tx } from '../domain/tx.ts'
import { readCookie, setCookie } from '../lib/cookies.ts'
import { type Instant, MINUTE_MS } from '../lib/instant.ts'
import { staffActor } from './find-session.ts'
import { findKnown, rememberBrowser } from './known-browser.ts'
import { limitsOf, type Try } from './limits.ts'
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
  const tried = await tryOf(ctx, attempt, staff?.id, email)
  const seconds = await limitsOf(ctx).begin(tried)
  if (seconds !== undefined) return slow(ctx, staff?.id, seconds)
  const hash = staff === undefined ? null : await readPasswordHash(ctx.read, staff.id)
  const isRight = await isPassword(password, hash)
  if (!isRight || staff === undefined || staff.deactivatedAt !== null) return wrong(ctx, staff?.id)
  await limitsOf(ctx).succeed(tried)
  return signInAs(ctx, attempt, staff, 'password')
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
  return begin(ctx, attempt, { staff, by, secondStep: null, take: async () => true })
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
  const tried = await tryOf(ctx, attempt, staff.id, staff.email)
  const secondStep = { ...tried, account: `second step of ${tried.account}` }
  const seconds = await limitsOf(ctx).begin(secondStep)
  if (seconds !== undefined) return slow(ctx, staff.id, seconds)
  const secret = await openFor(ctx, 'authenticator', authenticator.sealedSecret)
  const step = secret === undefined ? undefined : stepOf(code, secret, ctx.now())
  const signIn = await begin(ctx, attempt, {
    staff,
    by: firstStep.by,
    ...(step === undefined
      ? { secondStep: 'recovery_code', take: (tx) => takeRecoveryCode(tx, staff.id, code) }
      : { secondStep: 'app', take: (tx) => takeStep(tx, staff.id, step) }),
  })
  if (signIn.state === 'done') await limitsOf(ctx).succeed(secondStep)
  return signIn
}

/** In one transaction: what lets somebody in is used up, this browser's earlier session has ended, the new one begun. */
async function begin(
  ctx: AppContext,
  { request }: Attempt,
  { staff, take, by, secondStep }: ShownBy & { staff: StaffMember; take(tx: Tx): Promise<boolean> },
): Promise<SignIn> {
  const earlier = readCookie(request, 'avow', ctx.config.url)
  const session = await ctx.write(staffActor(staff), async (tx) => {
    const { deactivatedAt } = await getStaffMember(tx.db, staff.id)
    if (deactivatedAt !== null || !(await take(tx))) return undefined
    if (earlier !== undefined) await endSessionOfSecret(tx, earlier)
    return startSession(tx, staff.id, { userAgent: request.headers.get('User-Agent'), by, secondStep })
  })
  if (session === undefined) return wrong(ctx, staff.id)
  ctx.log.info({ staffId: staff.id, sessionId: session.id }, 'Somebody has signed in.')
  const origin = ctx.config.url
  const cookies = [
    setCookie('avow', session.secret, { origin, lastsMs: SESSION_LASTS_MS }),
    await rememberBrowser(ctx, staff.id),
  ]
  return { state: 'done', staff: { id: staff.id, name: staff.name }, cookies }
}

async function firstStepOf(ctx: AppContext, ticket: string): Promise<FirstStep | undefined> {
  const opened = await openFor(ctx, 'second step', ticket)
  if (opened === undefined) return undefined
  const firstStep = JSON.parse(opened) as FirstStep
  return firstStep.until > ctx.now() ? firstStep : undefined
}

async function tryOf(
  ctx: AppContext,
  { request, address }: Attempt,
  staffId: StaffId | undefined,
  email: string,
): Promise<Try> {
  const isKnown = staffId !== undefined && (await findKnown(ctx, request)) === staffId
  const account = isKnown ? `known browser of ${staffId}` : email.trim().toLowerCase().slice(0, 254)
  // In a known browser the address has nothing to say: others may share it.
  return { account, address: isKnown ? null : address }
}

/** Of the person only the id is logged: in the place of the address people have typed their password. */
function wrong(ctx: AppContext, staffId: StaffId | undefined): SignIn {
  ctx.log.warn({ staffId }, 'A try to sign in was refused.')
  return { state: 'wrong' }
}

function slow(ctx: AppContext, staffId: StaffId | undefined, seconds: number): SignIn {
  ctx.log.warn({ staffId, seconds }, 'There were too many tries to sign in.')
  return { state: 'slow', seconds }
}
