import { acceptLink } from '../../src/auth/invitation.ts'
import { TRIES_PER_ACCOUNT } from '../../src/auth/limits.ts'
import { hashPassword } from '../../src/auth/password.ts'
import { type SignIn, signInWithCode, signInWithPassword } from '../../src/auth/sign-in.ts'
import { newTotpSecret, totpCode } from '../../src/auth/totp.ts'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { getPage } from '../../src/domain/page.ts'
import { createInvitation, createPasswordLink, createSetUpLink } from '../../src/domain/staff/invitations.ts'
import type { Role } from '../../src/domain/staff/scopes.ts'
import { addStaffMember, deactivateStaffMember, type StaffId } from '../../src/domain/staff/staff.ts'
import { type Answer, send } from '../api/admin/client.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { Browser } from './browser.ts'

const EMAIL = 'ada@ledgerlane.example'
const PASSWORD = 'correct horse battery'
const WRONG = 'incorrect horse'

const withPassword = (site: Site, browser: Browser, password = PASSWORD, email = EMAIL) =>
  signInWithPassword(site.ctx, browser.attempt, { email, password })

/** What the API says to whoever sits at this browser. */
const ask = (site: Site, browser: Browser, method: string, path: string, body?: unknown): Promise<Answer> =>
  send(site, method, path, { cookie: browser.cookie, body })

function assertDone(signIn: SignIn, browser: Browser): void {
  expect(signIn.state).toBe('done')
  if (signIn.state === 'done') browser.take(signIn.cookies)
}

/** Somebody with this password, whose hash says that it costs little to compare with. */
async function addWithPassword(site: Site, email: string, role: Role): Promise<StaffId> {
  const hash = await hashPassword(PASSWORD, { memoryKib: 8, passes: 1, lanes: 1 })
  return site.as('administrator', (tx) => addStaffMember(tx, { name: 'Ada', email, role }, hash))
}

/** An administrator, signed in at this browser. */
async function setUp(site: Site, browser = new Browser()): Promise<Browser> {
  await addWithPassword(site, EMAIL, 'administrator')
  assertDone(await withPassword(site, browser), browser)
  return browser
}

/** Sets an authenticator app up; what it shows changes every 30 seconds. */
async function addApp(site: Site, browser: Browser): Promise<{ code(): string; recoveryCodes: string[] }> {
  const secret = newTotpSecret()
  const code = () => totpCode(secret, site.clock.now())
  const answer = await ask(site, browser, 'PUT', '/me/second-step', {
    secret,
    code: code(),
    password: PASSWORD,
  })
  expect(answer.status).toBe(200)
  site.clock.advance({ seconds: 30 })
  return { code, recoveryCodes: answer.body.recovery_codes }
}

async function ticketOf(site: Site, browser: Browser): Promise<string> {
  const signIn = await withPassword(site, browser)
  if (signIn.state !== 'second-step') throw new Error(`The second step was expected, not ${signIn.state}.`)
  return signIn.ticket
}

describe('the link of the first set-up', () => {
  test('makes an administrator who is signed in, and signs in again by the password', async ({ site }) => {
    const browser = new Browser()
    const { secret } = await site.as('job', createSetUpLink)
    const input = { name: 'Ada', email: EMAIL, password: PASSWORD }
    assertDone(await acceptLink(site.ctx, browser.attempt, secret, input), browser)
    expect((await ask(site, browser, 'GET', '/me')).body).toMatchObject({
      name: 'Ada',
      role: 'administrator',
    })
    const other = new Browser()
    assertDone(await withPassword(site, other, PASSWORD, ' Ada@LedgerLane.example '), other)
    expect((await ask(site, other, 'GET', '/me')).status).toBe(200)
  })
})

describe('a password', () => {
  test('that is wrong says as much as nobody’s, and a deactivated member’s', async ({ site }) => {
    await setUp(site)
    const browser = new Browser()
    expect(await withPassword(site, browser, WRONG)).toEqual({ state: 'wrong' })
    for (const email of ['nobody@ledgerlane.example', 'no address', 'ada\0@ledgerlane.example'])
      expect(await withPassword(site, browser, PASSWORD, email)).toEqual({ state: 'wrong' })
    const ron = new Browser()
    const id = await addWithPassword(site, 'ron@ledgerlane.example', 'viewer')
    assertDone(await withPassword(site, ron, PASSWORD, 'ron@ledgerlane.example'), ron)
    await site.as('administrator', (tx) => deactivateStaffMember(tx, id))
    expect(await withPassword(site, ron, PASSWORD, 'ron@ledgerlane.example')).toEqual({ state: 'wrong' })
    expect((await ask(site, ron, 'GET', '/me')).status).toBe(401)
  })

  test('is stored as Argon2id, as OWASP asks for', async () => {
    expect(await hashPassword(PASSWORD)).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/,
    )
  })

  test('guessed ten times slows down whoever guesses, and does not lock the owner out', async ({ site }) => {
    const owner = await setUp(site)
    const guesser = new Browser('203.0.113.9')
    for (let round = 0; round < TRIES_PER_ACCOUNT; round += 1) {
      expect(await withPassword(site, guesser, WRONG)).toEqual({ state: 'wrong' })
    }
    const slow = { state: 'slow', seconds: expect.any(Number) }
    expect(await withPassword(site, guesser, PASSWORD)).toEqual(slow)
    // From another address it is the same account.
    expect(await withPassword(site, new Browser('203.0.113.10'), PASSWORD)).toEqual(slow)
    assertDone(await withPassword(site, owner), owner)
  })

  test('is changed by who knows it, and sessions elsewhere end', async ({ site }) => {
    const here = await setUp(site)
    const there = new Browser()
    assertDone(await withPassword(site, there), there)
    const change = (current: string, password: string) =>
      ask(site, here, 'PUT', '/me/password', { current, password })
    expect((await change(WRONG, 'another horse battery')).body.errors[0].pointer).toBe('/current')
    expect((await change(PASSWORD, 'too short')).body.errors[0].pointer).toBe('/password')
    expect((await change(PASSWORD, 'another horse battery')).status).toBe(204)
    expect((await ask(site, here, 'GET', '/me')).status).toBe(200)
    expect((await ask(site, there, 'GET', '/me')).status).toBe(401)
    expect(await withPassword(site, there)).toEqual({ state: 'wrong' })
    assertDone(await withPassword(site, there, 'another horse battery'), there)
  })

  test('that is guessed first is refused: what many use, and what names the person or the page', async ({
    site,
  }) => {
    const browser = await setUp(site)
    const { secret } = await site.as('administrator', (tx) =>
      createInvitation(tx, { email: 'ron@ledgerlane.example', role: 'viewer' }),
    )
    const easy = [
      'passwordpassword',
      'qwertyuiop123',
      'Ledger Lane 2026',
      'ron@ledgerlane.example',
      'aaaaaaaaaaaa',
    ]
    for (const password of easy) {
      const joined = acceptLink(site.ctx, browser.attempt, secret, { name: 'Ron', password })
      await expect(joined).rejects.toMatchObject({ fields: [{ pointer: '/password' }] })
    }
    const changed = await ask(site, browser, 'PUT', '/me/password', {
      current: PASSWORD,
      password: 'ada.ledgerlane',
    })
    expect(changed.body.errors[0].pointer).toBe('/password')
    expect((await withPassword(site, browser)).state).toBe('done')
  })

  test('that was forgotten is set anew by a link, once', async ({ site }) => {
    const browser = await setUp(site)
    const { id } = (await ask(site, browser, 'GET', '/me')).body
    const { secret } = await site.as('administrator', (tx) => createPasswordLink(tx, id))
    const other = new Browser()
    const set = () => acceptLink(site.ctx, other.attempt, secret, { password: 'another horse battery' })
    assertDone(await set(), other)
    await expect(set()).rejects.toThrow('This link opens nothing.')
    expect((await ask(site, browser, 'GET', '/me')).status).toBe(401)
    expect((await ask(site, other, 'GET', '/me')).body).toMatchObject({ id, name: 'Ada' })
  })
})

describe('signing in', () => {
  test('is told to the log, done or refused or slowed down, by the id and nothing that was typed', async ({
    site,
  }) => {
    await setUp(site)
    const told: string[] = []
    const line = (details: object, message: string) => told.push(JSON.stringify({ message, ...details }))
    const watched = { ...site, ctx: { ...site.ctx, log: { info: line, warn: line, error: line } } }
    const browser = new Browser()
    await withPassword(watched, browser)
    await withPassword(watched, browser, WRONG, PASSWORD)
    for (let round = 0; round <= TRIES_PER_ACCOUNT; round += 1) await withPassword(watched, browser, WRONG)
    const has = (text: string) => told.filter((one) => one.includes(text)).length
    expect(has('Somebody has signed in.')).toBe(1)
    expect(has('A try to sign in was refused.')).toBe(TRIES_PER_ACCOUNT + 1)
    expect(has('There were too many tries to sign in.')).toBe(1)
    for (const hidden of [PASSWORD, WRONG, EMAIL]) expect(has(hidden)).toBe(0)
  })

  test('is in the audit trail: who, by which way, and how it ended, but no try and nothing that was typed', async ({
    site,
  }) => {
    const browser = new Browser()
    const { secret } = await site.as('job', createSetUpLink)
    const joining = { name: 'Ada', email: EMAIL, password: PASSWORD }
    assertDone(await acceptLink(site.ctx, browser.attempt, secret, joining), browser)
    const { id } = (await ask(site, browser, 'GET', '/me')).body
    const { version } = await getPage(site.ctx.read)

    const other = new Browser('203.0.113.9')
    await withPassword(site, other, WRONG)
    assertDone(await withPassword(site, other), other)
    const { code, recoveryCodes } = await addApp(site, browser)
    const codes = [code(), recoveryCodes[0] ?? '']
    for (const code of ['000000', ...codes]) {
      const signIn = await signInWithCode(site.ctx, browser.attempt, {
        ticket: await ticketOf(site, browser),
        code,
      })
      if (signIn.state === 'done') browser.take(signIn.cookies)
    }
    const [current] = (await ask(site, browser, 'GET', '/me/sessions')).body.items
    await ask(site, browser, 'DELETE', `/me/sessions/${current.id}`)

    const events = (await listEvents(site.ctx.read, { kind: 'session', limit: 20 })).reverse()
    expect(new Set(events.map(({ subjectId, actor }) => `${subjectId} ${actor.name}`))).toEqual(
      new Set([`${id} Ada`]),
    )
    const sessions = [...new Set(events.map(({ after }) => (after as { session_id: string }).session_id))]
    const told = events.map(({ type, after }) => {
      const { session_id, ...way } = after as { session_id: string }
      return [type, sessions.indexOf(session_id), way]
    })
    expect(told).toEqual([
      ['session.signed_in', 0, { by: 'link', second_step: null }],
      ['session.signed_in', 1, { by: 'password', second_step: null }],
      // By setting up the second step.
      ['session.ended', 1, {}],
      // By signing in anew in the same browser.
      ['session.ended', 0, {}],
      ['session.signed_in', 2, { by: 'password', second_step: 'app' }],
      ['session.ended', 2, {}],
      ['session.signed_in', 3, { by: 'password', second_step: 'recovery_code' }],
      ['session.ended', 3, {}],
    ])
    const said = JSON.stringify(events)
    for (const hidden of [PASSWORD, WRONG, EMAIL, '203.0.113.9', '192.0.2.1', 'A browser', ...codes])
      expect(said).not.toContain(hidden)
    // No page is made anew because somebody has come in.
    expect((await getPage(site.ctx.read)).version).toBe(version)
  })

  test('begins a session with a secret of its own, and ends the one that this browser had', async ({
    site,
  }) => {
    const browser = await setUp(site)
    const earlier = browser.cookie
    assertDone(await withPassword(site, browser), browser)
    expect((await ask(site, browser, 'GET', '/me')).status).toBe(200)
    expect((await send(site, 'GET', '/me', { cookie: earlier })).status).toBe(401)
  })
})

describe('the second step', () => {
  test('takes the code of the app, once, and none before it', async ({ site }) => {
    const browser = await setUp(site)
    const app = await addApp(site, browser)
    const ticket = await ticketOf(site, browser)
    const early = app.code()
    site.clock.advance({ seconds: 30 })
    const code = app.code()
    const tries = await Promise.all([
      signInWithCode(site.ctx, browser.attempt, { ticket, code }),
      signInWithCode(site.ctx, browser.attempt, { ticket, code }),
    ])
    expect(tries.map(({ state }) => state).sort()).toEqual(['done', 'wrong'])
    expect((await signInWithCode(site.ctx, browser.attempt, { ticket, code: early })).state).toBe('wrong')
    // The clock goes back: the code is right again, and was used.
    site.clock.advance({ seconds: -30 })
    expect((await signInWithCode(site.ctx, browser.attempt, { ticket, code: app.code() })).state).toBe(
      'wrong',
    )
    site.clock.advance({ seconds: 60 })
    assertDone(await signInWithCode(site.ctx, browser.attempt, { ticket, code: ` ${app.code()} ` }), browser)
  })

  test('cannot be left out, guessed, or taken from another’s first step or an old one', async ({ site }) => {
    const browser = await setUp(site)
    const app = await addApp(site, browser)
    const ticket = await ticketOf(site, browser)
    const try_ = (with_: { ticket: string; code: string }) => signInWithCode(site.ctx, browser.attempt, with_)
    for (const forged of ['', 'x', ticket.slice(0, -2), `${ticket}x`.slice(1)])
      expect((await try_({ ticket: forged, code: app.code() })).state).toBe('over')
    for (let round = 0; round < TRIES_PER_ACCOUNT; round += 1)
      expect((await try_({ ticket, code: '000000' })).state).toBe('wrong')
    expect((await try_({ ticket, code: app.code() })).state).toBe('slow')
    site.clock.advance({ minutes: 10 })
    expect((await try_({ ticket, code: app.code() })).state).toBe('over')
  })

  test('ends sessions elsewhere when it is set up, and when it is given up', async ({ site }) => {
    const browser = await setUp(site)
    const elsewhere = new Browser()
    assertDone(await withPassword(site, elsewhere), elsewhere)
    const { code } = await addApp(site, browser)
    expect((await ask(site, elsewhere, 'GET', '/me')).status).toBe(401)
    const ticket = await ticketOf(site, elsewhere)
    assertDone(await signInWithCode(site.ctx, elsewhere.attempt, { ticket, code: code() }), elsewhere)
    expect((await ask(site, browser, 'DELETE', '/me/second-step', { password: PASSWORD })).status).toBe(204)
    expect((await ask(site, elsewhere, 'GET', '/me')).status).toBe(401)
    expect((await ask(site, browser, 'GET', '/me')).status).toBe(200)
  })

  test('is asked for behind the link of a new password as well', async ({ site }) => {
    const browser = await setUp(site)
    const { code } = await addApp(site, browser)
    const { id } = (await ask(site, browser, 'GET', '/me')).body
    const { secret } = await site.as('administrator', (tx) => createPasswordLink(tx, id))
    const signIn = await acceptLink(site.ctx, browser.attempt, secret, { password: 'another horse battery' })
    if (signIn.state !== 'second-step') throw new Error(signIn.state)
    const step = { ticket: signIn.ticket, code: code() }
    assertDone(await signInWithCode(site.ctx, browser.attempt, step), browser)
  })

  test('takes each recovery code once, and goes with the password', async ({ site }) => {
    const browser = await setUp(site)
    const { recoveryCodes } = await addApp(site, browser)
    expect(new Set(recoveryCodes).size).toBe(10)
    // 24 of 31 signs are more than the 112 bits above which a fast hash is enough.
    for (const code of recoveryCodes) expect(code).toMatch(/^([2-9a-hjkmnp-z]{4}-){5}[2-9a-hjkmnp-z]{4}$/)
    const ticket = await ticketOf(site, browser)
    const code = (recoveryCodes[3] ?? '').toUpperCase().replaceAll('-', ' ')
    assertDone(await signInWithCode(site.ctx, browser.attempt, { ticket, code }), browser)
    expect((await signInWithCode(site.ctx, browser.attempt, { ticket, code })).state).toBe('wrong')
    expect((await ask(site, browser, 'GET', '/me/second-step')).body).toEqual({
      is_on: true,
      recovery_codes_left: 9,
    })
    const made = await ask(site, browser, 'PUT', '/me/recovery-codes', { password: PASSWORD })
    expect(made.body.recovery_codes).not.toContain(recoveryCodes[0])

    expect((await ask(site, browser, 'DELETE', '/me/second-step', { password: WRONG })).status).toBe(422)
    expect((await ask(site, browser, 'DELETE', '/me/second-step', { password: PASSWORD })).status).toBe(204)
    assertDone(await withPassword(site, browser), browser)
  })

  test('is set up with the code of the app, and nothing of it is stored as it is', async ({ site }) => {
    const browser = await setUp(site)
    const secret = newTotpSecret()
    const put = (body: object) =>
      ask(site, browser, 'PUT', '/me/second-step', { secret, password: PASSWORD, ...body })
    expect((await put({ code: '000000' })).body.errors[0].pointer).toBe('/code')
    expect((await put({ code: '000000', secret: 'JBSWY3DP' })).body.errors[0].pointer).toBe('/secret')
    const { recoveryCodes } = await addApp(site, browser)
    const stored = JSON.stringify([
      await site.ctx.read.selectFrom('staff_authenticator').selectAll().execute(),
      await site.ctx.read.selectFrom('staff_recovery_code').selectAll().execute(),
      await site.ctx.read.selectFrom('event').selectAll().execute(),
    ])
    for (const hidden of [secret, ...recoveryCodes]) expect(stored).not.toContain(hidden)
  })

  test('still works after the secret of the installation was set, and not with another one', async ({
    site,
  }) => {
    const browser = await setUp(site)
    const app = await addApp(site, browser)
    const withSecret = { ...site.ctx, config: { ...site.ctx.config, secret: 'x'.repeat(32) } }
    const signIn = await signInWithPassword(withSecret, browser.attempt, { email: EMAIL, password: PASSWORD })
    if (signIn.state !== 'second-step') throw new Error(signIn.state)
    const { ticket } = signIn
    expect((await signInWithCode(site.ctx, browser.attempt, { ticket, code: app.code() })).state).toBe('over')
    assertDone(await signInWithCode(withSecret, browser.attempt, { ticket, code: app.code() }), browser)
  })
})
