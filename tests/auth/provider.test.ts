import { inspect } from 'node:util'
import { afterAll, beforeAll } from 'vitest'
import { askProvider, hearProvider, type ProviderAnswer, RETURN_PATH } from '../../src/auth/provider.ts'
import type { AppContext } from '../../src/context.ts'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { addAuthenticator } from '../../src/domain/staff/authenticators.ts'
import { createInvitation, listInvitations } from '../../src/domain/staff/invitations.ts'
import { addStaffMember, deactivateStaffMember, listStaff } from '../../src/domain/staff/staff.ts'
import { GET } from '../../src/pages/admin/sign-in/provider/index.ts'
import { send } from '../api/admin/client.ts'
import {
  type Account,
  CLIENT,
  type IdentityProvider,
  startIdentityProvider,
} from '../support/identity-provider.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { Browser } from './browser.ts'

const ORIGIN = 'https://status.ledgerlane.example'
const ADA: Account = { email: 'ada@ledgerlane.example', email_verified: true, name: 'Ada' }

let provider: IdentityProvider

beforeAll(async () => {
  provider = await startIdentityProvider(`${ORIGIN}${RETURN_PATH}`)
})
afterAll(() => provider.stop())

/** The page with the provider in its settings. */
function withProvider(site: Site, issuer = provider.issuer): AppContext {
  const oidc = { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret }
  return { ...site.ctx, config: { ...site.ctx.config, oidc } }
}

/** Goes there and comes back; on each way something may be changed. */
async function thereAndBack(
  ctx: AppContext,
  browser: Browser,
  account: Account,
  change: { there?(location: URL): void; back?(answer: URL): void } = {},
): Promise<() => Promise<ProviderAnswer>> {
  const { location, cookie } = await askProvider(ctx, '/admin/incidents')
  browser.take([cookie])
  const there = new URL(location)
  change.there?.(there)
  const back = await provider.signIn(there.href, account)
  change.back?.(back)
  return () => {
    const { request, address } = browser.attempt
    return hearProvider(ctx, { address, request: new Request(back, { headers: request.headers }) })
  }
}

const addAda = (site: Site) =>
  site.as('administrator', (tx) =>
    addStaffMember(tx, { name: 'Ada', email: ADA.email, role: 'administrator' }),
  )

describe('the way to the provider', () => {
  test('begins at a button of ours, and at no link of another site', async ({ site }) => {
    const ask = (from: string) => {
      const url = new URL(`${ORIGIN}/admin/sign-in/provider?next=/admin/audit`)
      const request = new Request(url, { headers: { 'Sec-Fetch-Site': from } })
      // Of all that Astro gives a route it reads these three.
      return GET({ locals: { ctx: withProvider(site) }, request, url } as unknown as Parameters<
        typeof GET
      >[0])
    }
    for (const from of ['cross-site', 'same-site'])
      expect((await ask(from)).headers.get('Location')).toBe('/admin/sign-in?next=%2Fadmin%2Faudit')
    expect((await ask('same-origin')).headers.get('Location')).toMatch(`${provider.issuer}/`)
  })
})

describe('somebody who comes from the provider', () => {
  test('is asked for the second step that is set up here', async ({ site }) => {
    const id = await addAda(site)
    await site.as('administrator', (tx) =>
      addAuthenticator(tx, id, { sealedSecret: 'x', lastStep: 0, keep: null }),
    )
    const hear = await thereAndBack(withProvider(site), new Browser(), ADA)
    expect(await hear()).toMatchObject({ state: 'answered', signIn: { state: 'second-step' } })
  })

  test('is signed in as the member of staff with the verified address, once', async ({ site }) => {
    const id = await addAda(site)
    const browser = new Browser()
    const hear = await thereAndBack(withProvider(site), browser, { ...ADA, email: 'Ada@LedgerLane.example' })
    const answer = await hear()
    expect(answer).toMatchObject({ state: 'answered', signIn: { state: 'done' }, next: '/admin/incidents' })
    if (answer.state === 'answered' && answer.signIn.state === 'done') browser.take(answer.signIn.cookies)
    expect((await send(site, 'GET', '/me', { cookie: browser.cookie })).body.id).toBe(id)
    expect(await listEvents(site.ctx.read, { kind: 'session', limit: 5 })).toMatchObject([
      { type: 'session.signed_in', subjectId: id, after: { by: 'provider', second_step: null } },
    ])
    // The code in the answer is worth nothing any more.
    expect(await hear()).toEqual({ state: 'refused' })
  })

  test('joins by an invitation of the address, and not without one', async ({ site }) => {
    const ctx = withProvider(site)
    const come = async (account: Account) => (await thereAndBack(ctx, new Browser(), account))()
    expect(await come(ADA)).toEqual({ state: 'unknown', email: ADA.email })
    await site.as('administrator', (tx) => createInvitation(tx, { email: ADA.email, role: 'responder' }))
    expect(await come({ ...ADA, email_verified: false })).toEqual({ state: 'unverified' })
    expect(await come(ADA)).toMatchObject({ state: 'answered', signIn: { state: 'done' } })
    expect(await listStaff(site.ctx.read)).toMatchObject([{ name: 'Ada', role: 'responder' }])
    expect(await listInvitations(site.ctx.read, site.clock.now())).toEqual([])
  })

  test('is not let in once shut out', async ({ site }) => {
    await site.as('administrator', (tx) =>
      addStaffMember(tx, { name: 'Eve', email: 'eve@ledgerlane.example', role: 'administrator' }),
    )
    const id = await addAda(site)
    await site.as('administrator', (tx) => deactivateStaffMember(tx, id))
    const hear = await thereAndBack(withProvider(site), new Browser(), ADA)
    expect(await hear()).toEqual({ state: 'unknown', email: ADA.email })
  })
})

describe('an answer of the provider', () => {
  test('that does not fit the question is refused: state, nonce, issuer, code, browser, time', async ({
    site,
  }) => {
    await addAda(site)
    let logged = ''
    const warn = (details: object) => {
      logged = inspect(details, { depth: 8 })
    }
    const ctx = { ...withProvider(site), log: { ...site.ctx.log, warn } }
    const set = (name: string, value: string) => (address: URL) => address.searchParams.set(name, value)
    const changes: [what: string, change: Parameters<typeof thereAndBack>[3], why: string][] = [
      [
        'another state on the way back',
        { back: set('state', 'x'.repeat(43)) },
        'unexpected "state" response parameter value',
      ],
      [
        'another state on the way there',
        { there: set('state', 'x'.repeat(43)) },
        'unexpected "state" response parameter value',
      ],
      ['another nonce', { there: set('nonce', 'x'.repeat(43)) }, 'unexpected ID Token "nonce" claim value'],
      [
        'another issuer',
        { back: set('iss', 'https://elsewhere.example') },
        'unexpected "iss" (issuer) response parameter value',
      ],
      [
        'no issuer',
        { back: ({ searchParams }) => searchParams.delete('iss') },
        'response parameter "iss" (issuer) missing',
      ],
      ['a code that was made up', { back: set('code', 'x'.repeat(43)) }, 'invalid_grant'],
      ['another challenge', { there: set('code_challenge', 'x'.repeat(43)) }, 'invalid_grant'],
    ]
    for (const [what, change, why] of changes) {
      const hear = await thereAndBack(ctx, new Browser(), ADA, change)
      expect([what, await hear()]).toEqual([what, { state: 'refused' }])
      expect(logged, what).toContain(why)
    }

    // Somebody else's answer, in a browser that has asked itself, and in one that has not.
    const stranger = new Browser()
    const { location } = await askProvider(ctx, '/admin')
    const answer = await provider.signIn(location, ADA)
    stranger.take([(await askProvider(ctx, '/admin')).cookie])
    for (const browser of [stranger, new Browser()]) {
      const { request, address } = browser.attempt
      const attempt = { address, request: new Request(answer, { headers: request.headers }) }
      expect(await hearProvider(ctx, attempt)).toEqual({ state: 'refused' })
    }

    const late = await thereAndBack(ctx, new Browser(), ADA)
    site.clock.advance({ minutes: 10 })
    expect(await late()).toEqual({ state: 'refused' })
  })

  test('is not even asked for when it says that it is another provider than the settings name', async ({
    site,
  }) => {
    const other = provider.issuer.replace('127.0.0.1', 'localhost')
    await expect(askProvider(withProvider(site, other), '/admin')).rejects.toThrow(/issuer/i)
  })
})
