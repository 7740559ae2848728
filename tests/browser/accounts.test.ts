import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../src/auth/totp.ts'
import { launchBrowser } from '../support/browser.ts'
import { emptyDatabase } from '../support/page.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { colorViolations, invalidHtml, listen, violations } from './sound-page.ts'

// The real program on an empty database, and people who come one after another, without JavaScript.

const PASSWORD = 'correct horse battery'

/** Nobody goes there: what a provider answers is told in `tests/auth/provider.test.ts`. */
const PROVIDER = {
  AVOW_OIDC_ISSUER: 'https://id.ledgerlane.example',
  AVOW_OIDC_CLIENT_ID: 'avow',
  AVOW_OIDC_CLIENT_SECRET: 'a secret of the provider',
} as const

let database: { url: string; remove(): Promise<void> }
let program: RunningProgram
let browser: Browser
let recoveryCodes: string[] = []

beforeAll(async () => {
  database = await emptyDatabase('sqlite')
  program = await startProgram(database.url, PROVIDER)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  await database.remove()
})

test('from an empty database to two people who sign in, each by a link, with a second step', async () => {
  await expect.poll(() => program.said()).toMatch(/\/admin\/set-up\/[\w-]{43}/)
  const link = /http:\S+\/admin\/set-up\/[\w-]{43}/.exec(program.said())?.[0] ?? ''
  const ada = await newVisitor()

  await ada.goto(link)
  await fill(ada, { 'Your name': 'Ada', 'E-mail address': 'ada@ledgerlane.example', Password: 'short' })
  await press(ada, 'Set up')
  expect(await ada.getByText('A password has at least 12 characters.').count()).toBeGreaterThan(0)
  expect(await ada.getByLabel('Your name').inputValue()).toBe('Ada')
  await fill(ada, { Password: PASSWORD })
  await press(ada, 'Set up')
  expect(new URL(ada.url()).pathname).toBe('/admin')
  // The link has done its work.
  await (await newVisitor()).goto(link).then((answer) => expect(answer?.status()).toBe(404))

  await ada.goto(`${program.origin}/admin/account/second-step`)
  const secret = ((await ada.locator('code.key').textContent()) ?? '').replaceAll(' ', '')
  await fill(ada, { 'Code that the app shows': totpCode(secret, Date.now()), Password: PASSWORD })
  await press(ada, 'Ask for a code from now on')
  recoveryCodes = await ada.locator('.shown-once code').allTextContents()
  expect(recoveryCodes).toHaveLength(10)

  await ada.goto(`${program.origin}/admin/account`)
  expect(await ada.locator('#sessions li').allTextContents()).toEqual([expect.stringContaining('this one')])
  await press(ada, 'Sign out')
  expect(new URL(ada.url()).pathname).toBe('/admin/sign-in')
  await fill(ada, { 'E-mail address': 'ada@ledgerlane.example', Password: PASSWORD })
  await press(ada, 'Sign in')
  await fill(ada, { Code: '000000' })
  await press(ada, 'Sign in')
  expect(await ada.getByRole('alert').textContent()).toContain('This code is not right, or was used before.')
  await fill(ada, { Code: recoveryCodes.pop() ?? '' })
  await press(ada, 'Sign in')
  expect(new URL(ada.url()).pathname).toBe('/admin')

  await ada.goto(`${program.origin}/admin/staff`)
  await fill(ada, { 'E-mail address': 'ron@ledgerlane.example' })
  await press(ada, 'Make a link')
  const invitation = (await ada.locator('.shown-once code').textContent()) ?? ''
  const ron = await newVisitor()
  await ron.goto(invitation)
  await fill(ron, { 'Your name': 'Ron', Password: PASSWORD })
  await press(ron, 'Join')
  expect(new URL(ron.url()).pathname).toBe('/admin')
  expect((await ron.goto(`${program.origin}/admin/staff`))?.status()).toBe(403)

  // Shut out, in the middle of the work.
  await ada.goto(`${program.origin}/admin/staff`)
  await ada.getByRole('link', { name: 'Ron' }).click()
  await ada.getByText('End the access of Ron').click()
  await press(ada, 'Shut out Ron')
  expect(await ada.getByRole('status').first().textContent()).toContain('Every session and token has ended.')
  await ron.goto(`${program.origin}/admin`)
  expect(new URL(ron.url()).pathname).toBe('/admin/sign-in')
  expect(program.said()).not.toContain(new URL(invitation).pathname.split('/').at(-1))
  expect(program.said()).not.toContain(PASSWORD)
})

test('every page is sound: valid, for everybody to use, in both colour schemes, at 320 px', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 } })
  const page = await context.newPage()
  const heard = listen(page, program.origin)
  const look = async (path: string) => {
    await page.emulateMedia({ colorScheme: 'light' })
    const html = (await (await page.goto(program.origin + path))?.text()) ?? ''
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect([path, width, await invalidHtml(html)]).toEqual([path, 320, []])
    expect([path, await violations(page)]).toEqual([path, []])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect([path, await colorViolations(page)]).toEqual([path, []])
  }
  await look('/admin/sign-in')
  await fill(page, { 'E-mail address': 'ada@ledgerlane.example', Password: PASSWORD })
  await press(page, 'Sign in')
  expect(await violations(page)).toEqual([])
  await fill(page, { Code: recoveryCodes.pop() ?? '' })
  await press(page, 'Sign in')
  await page.waitForURL(`${program.origin}/admin`)
  for (const path of ['/admin/account', '/admin/account/second-step', '/admin/staff']) await look(path)
  await page.getByRole('link', { name: 'Ada', exact: true }).click()
  await page.waitForURL(/\/admin\/staff\/\w+$/)
  await look(new URL(page.url()).pathname)
  await page.goto(`${program.origin}/admin/staff`)
  await fill(page, { 'E-mail address': 'eve@ledgerlane.example' })
  await press(page, 'Make a link')
  await look(new URL((await page.locator('.shown-once code').textContent()) ?? '').pathname)
  expect(heard).toEqual({ errors: [], foreign: [] })
})

describe('an account', () => {
  test('makes a token that is shown once, and ends a session elsewhere', async () => {
    const ada = await signedIn()
    await ada.goto(`${program.origin}/admin/account`)
    await ada.getByText('Make a token').click()
    await fill(ada, { 'What it is for': 'Deploys' })
    await ada.getByLabel('incidents:write').check()
    await press(ada, 'Make the token')
    const token = (await ada.locator('.shown-once code').textContent()) ?? ''
    const me = await fetch(`${program.origin}/api/admin/v1/me`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(await me.json()).toMatchObject({ kind: 'token', name: 'Deploys', scopes: ['incidents:write'] })
    await ada.goto(`${program.origin}/admin/account`)
    expect(await ada.content()).not.toContain(token)
    await ada.locator('#tokens summary', { hasText: 'Revoke' }).click()
    await press(ada, 'Revoke the token Deploys')
    expect(await ada.getByRole('status').first().textContent()).toContain('worth nothing any more')
    const others = ada.locator('#sessions details')
    const before = await others.count()
    await endSession(ada)
    expect(await others.count()).toBe(before - 1)
  })

  test('whose session ends while somebody writes gets the text back after signing in', async () => {
    const ada = await signedIn()
    await ada.goto(`${program.origin}/admin/incidents/new`)
    await fill(ada, { 'What is wrong': 'Card payments fail', 'What you tell': 'We look into it.' })
    await ada.context().clearCookies()
    await press(ada, 'Open the incident')
    expect(await ada.getByRole('status').textContent()).toContain('What you wrote is kept')
    await signInHere(ada)
    expect(new URL(ada.url()).pathname).toBe('/admin/incidents/new')
    expect(await ada.getByLabel('What is wrong').inputValue()).toBe('Card payments fail')
    expect(await ada.getByLabel('What you tell').inputValue()).toBe('We look into it.')

    // A form that keeps no drafts, and a button.
    await ada.goto(`${program.origin}/admin/staff`)
    await fill(ada, { 'E-mail address': 'eve@ledgerlane.example' })
    await ada.context().clearCookies()
    await press(ada, 'Make a link')
    await signInHere(ada)
    expect(await ada.getByLabel('E-mail address').inputValue()).toBe('eve@ledgerlane.example')
    await ada.goto(`${program.origin}/admin/account`)
    await ada.context().clearCookies()
    await endSession(ada)
    expect(await ada.getByRole('status').textContent()).toContain('Press the button again')
  })

  test('whose session ends gets the text back by the provider’s way as well, where one signs in beside it', async () => {
    const ada = await signedIn()
    await ada.goto(`${program.origin}/admin/incidents/new`)
    await fill(ada, { 'What is wrong': 'Payouts are late', 'What you tell': 'One.\n\nTwo.' })
    await ada.context().clearCookies()
    await press(ada, 'Open the incident')
    const way = ada.getByRole('link', { name: 'Sign in with id.ledgerlane.example, in another tab' })
    expect([await way.getAttribute('target'), await way.getAttribute('href')]).toEqual([
      '_blank',
      '/admin/sign-in/provider?next=%2Fadmin%2Fincidents%2Fnew',
    ])
    const beside = await ada.context().newPage()
    await beside.goto(`${program.origin}/admin/sign-in`)
    await signInHere(beside)
    await press(ada, 'I have signed in there: show what I wrote')
    expect(await ada.getByRole('alert').textContent()).toContain('Your text is here')
    expect(await ada.getByLabel('What is wrong').inputValue()).toBe('Payouts are late')
    expect(await ada.getByLabel('What you tell').inputValue()).toBe('One.\n\nTwo.')
  })
})

/** Ada, in another browser. */
async function signedIn(): Promise<Page> {
  const page = await newVisitor()
  await page.goto(`${program.origin}/admin/sign-in`)
  await signInHere(page)
  return page
}

async function signInHere(page: Page): Promise<void> {
  await fill(page, { 'E-mail address': 'ada@ledgerlane.example', Password: PASSWORD })
  await press(page, 'Sign in')
  await fill(page, { Code: recoveryCodes.pop() ?? '' })
  await press(page, 'Sign in')
}

/** Ends the first session that is another one than this, which asks first. */
async function endSession(page: Page): Promise<void> {
  const other = page.locator('#sessions details').first()
  await other.locator('summary').click()
  await other.getByRole('button').click()
}

async function newVisitor(): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  return context.newPage()
}

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).first().fill(value)
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
}
