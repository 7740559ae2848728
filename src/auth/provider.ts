import type { Configuration } from 'openid-client'
import type { AppContext } from '../context.ts'
import { acceptInvitationOf } from '../domain/staff/invitations.ts'
import { findStaffByEmail, getStaffMember, type StaffMember } from '../domain/staff/staff.ts'
import { readCookie, setCookie } from '../lib/cookies.ts'
import { MINUTE_MS } from '../lib/instant.ts'
import { GUEST } from './invitation.ts'
import { openFor, sealFor } from './secrets.ts'
import { type Attempt, type SignIn, signInAs } from './sign-in.ts'

/** Where a provider of identities (OpenID Connect) sends people back to. */
export const RETURN_PATH = '/admin/sign-in/provider/return'

/** So long somebody may take there. */
const ASKED_FOR_MS = 10 * MINUTE_MS
/** In seconds; a provider that says nothing for longer is away. */
const PATIENCE_SECONDS = 10

/** What the provider was asked, kept by the browser in a sealed cookie: only there can the answer be used. */
interface Question {
  state: string
  nonce: string
  verifier: string
  next: string
  until: number
}

/** What came of it. `unknown`: it is certain who it is, and nobody here has this address. */
export type ProviderAnswer =
  | { state: 'answered'; signIn: SignIn; next: string }
  | { state: 'unknown'; email: string }
  | { state: 'unverified' }
  /** Not begun in this browser, too long ago, refused by the provider or the person, or not to be trusted. */
  | { state: 'refused' }

/**
 * Where to send somebody who wants to sign in at the provider, and the `Set-Cookie` header that goes along.
 * @throws Error when the provider cannot be reached
 */
export async function askProvider(
  ctx: AppContext,
  next: string,
): Promise<{ location: string; cookie: string }> {
  const openid = await import('openid-client')
  const provider = await providerOf(ctx)
  const question: Question = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
    next,
    until: ctx.now() + ASKED_FOR_MS,
  }
  const location = openid.buildAuthorizationUrl(provider, {
    redirect_uri: `${ctx.config.url}${RETURN_PATH}`,
    scope: 'openid email profile',
    state: question.state,
    nonce: question.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(question.verifier),
    code_challenge_method: 'S256',
  })
  const sealed = await sealFor(ctx, 'provider', JSON.stringify(question))
  const cookie = setCookie('avow-provider', sealed, { origin: ctx.config.url, lastsMs: ASKED_FOR_MS })
  return { location: location.href, cookie }
}

/**
 * Signs in whom the provider has sent back. Who may come in is said here: members of staff, and who was invited, by an
 * address that the provider has verified.
 */
export async function hearProvider(ctx: AppContext, attempt: Attempt): Promise<ProviderAnswer> {
  const question = await questionIn(ctx, attempt.request)
  if (question === undefined) return { state: 'refused' }
  const identity = await identityOf(ctx, attempt.request, question)
  if (identity === undefined) return { state: 'refused' }
  if (!identity.isVerified || identity.email === undefined) return { state: 'unverified' }
  const staff = await staffOf(ctx, identity.email, identity.name)
  if (staff === undefined) return { state: 'unknown', email: identity.email }
  return { state: 'answered', signIn: await signInAs(ctx, attempt, staff, 'provider'), next: question.next }
}

/** The `Set-Cookie` header that forgets what was asked: an answer is heard once. */
export function forgetQuestion(ctx: AppContext): string {
  return setCookie('avow-provider', '', { origin: ctx.config.url, lastsMs: 0 })
}

interface Identity {
  email: string | undefined
  isVerified: boolean
  name: string | undefined
}

/** Whom the provider names; undefined when its answer does not fit the question, or is not its own. */
async function identityOf(
  ctx: AppContext,
  request: Request,
  question: Question,
): Promise<Identity | undefined> {
  const openid = await import('openid-client')
  try {
    const provider = await providerOf(ctx)
    // Behind a proxy the request may name another host; the provider has sent to the public one.
    const answer = new URL(`${ctx.config.url}${RETURN_PATH}${new URL(request.url).search}`)
    const tokens = await openid.authorizationCodeGrant(provider, answer, {
      expectedState: question.state,
      expectedNonce: question.nonce,
      pkceCodeVerifier: question.verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) return undefined
    // Some put the address into the token, some tell it only when they are asked.
    const told =
      claims.email === undefined
        ? await openid.fetchUserInfo(provider, tokens.access_token, claims.sub)
        : claims
    const { email, email_verified, name } = told
    return {
      email: typeof email === 'string' ? email : undefined,
      isVerified: email_verified === true,
      name: typeof name === 'string' ? name : undefined,
    }
  } catch (error) {
    // Whatever does not fit is thrown: for the person it is one and the same, and the log says what it was.
    ctx.log.warn({ error }, 'What the provider of identities has answered was refused.')
    return undefined
  }
}

async function staffOf(
  ctx: AppContext,
  email: string,
  name: string | undefined,
): Promise<StaffMember | undefined> {
  const member = await findStaffByEmail(ctx.read, email)
  if (member !== undefined) return member.deactivatedAt === null ? member : undefined
  return ctx.write({ ...GUEST, name: name ?? email }, async (tx) => {
    const id = await acceptInvitationOf(tx, email, { name: name ?? email })
    return id && getStaffMember(tx.db, id)
  })
}

async function questionIn(ctx: AppContext, request: Request): Promise<Question | undefined> {
  const sealed = readCookie(request, 'avow-provider', ctx.config.url)
  const opened = sealed === undefined ? undefined : await openFor(ctx, 'provider', sealed)
  if (opened === undefined) return undefined
  const question = JSON.parse(opened) as Question
  return question.until > ctx.now() ? question : undefined
}

const providers = new WeakMap<AppContext, Promise<Configuration>>()

/** What the provider says of itself, asked once; when it could not be asked, the next one asks again. */
function providerOf(ctx: AppContext): Promise<Configuration> {
  const known = providers.get(ctx)
  if (known !== undefined) return known
  const asked = discover(ctx)
  providers.set(ctx, asked)
  asked.catch(() => providers.delete(ctx))
  return asked
}

async function discover({ config }: AppContext): Promise<Configuration> {
  if (config.oidc === null) throw new Error('No provider of identities is set.')
  const openid = await import('openid-client')
  const { issuer, clientId, clientSecret } = config.oidc
  const url = new URL(issuer)
  // The settings let plain http through for this machine alone.
  const execute = url.protocol === 'http:' ? [openid.allowInsecureRequests] : []
  return openid.discovery(url, clientId, clientSecret, undefined, { execute, timeout: PATIENCE_SECONDS })
}
