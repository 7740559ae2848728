import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { emptyDatabase } from '../support/page.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { violations } from './sound-page.ts'

// What has to be quick, told from an empty database on: the first incident, the word at 3 a.m., two who are at it at once.

const PASSWORD = 'correct horse battery'

let database: { url: string; remove(): Promise<void> }
let program: RunningProgram
let browser: Browser

beforeAll(async () => {
  database = await emptyDatabase('sqlite')
  program = await startProgram(database.url)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  await database.remove()
})

test('from the first set-up to the first public incident it takes less than two minutes of clicks', async () => {
  await expect.poll(() => program.said()).toMatch(/\/admin\/set-up\/[\w-]{43}/)
  const started = Date.now()
  const { page, loads, close } = await visitor()
  await page.goto(/http:\S+\/admin\/set-up\/[\w-]{43}/.exec(program.said())?.[0] ?? '')
  await page.getByLabel('Your name').fill('Ada')
  await page.getByLabel('E-mail address').fill('ada@ledgerlane.example')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await press(page, 'Set up')
  await page.getByRole('link', { name: 'Open an incident' }).first().click()
  await page.getByLabel('What is wrong').fill('Card payments fail for many customers')
  await page
    .getByLabel('What you tell')
    .fill('Many card payments end with “try again later”. We look into it.')
  await press(page, 'Open the incident')
  expect(await page.locator('.said').textContent()).toBe('The incident is on the page.')
  expect(await publicPage()).toContain('Card payments fail for many customers')
  expect(Date.now() - started).toBeLessThan(120_000)
  // The set-up, now, the form, the incident.
  expect(loads()).toBe(4)
  await close()
})

test('at 3 a.m. it takes two clicks and a sentence, and at most three pages from signing in to a public update', async () => {
  const { page, loads, close } = await visitor()
  await page.goto(`${program.origin}/admin/sign-in`)
  const before = loads()
  await signIn(page)
  await page.locator('summary', { hasText: 'Post an update' }).click()
  await page
    .getByLabel('What you tell')
    .fill('The gateway gives up too early. A corrected one is being tested.')
  await page.getByText('Identified', { exact: true }).click()
  await press(page, 'Post the update')
  expect(await page.locator('.said').textContent()).toBe('The update is on the page.')
  expect(loads() - before).toBeLessThanOrEqual(3)
  expect(await publicPage()).toContain('The gateway gives up too early.')
  await close()
})

test('what is typed is kept while one types, survives a reload, and a double click posts it once', async () => {
  const { page, close } = await visitor()
  await page.goto(`${program.origin}/admin/sign-in`)
  await signIn(page)
  await toTheIncident(page)
  const text = page.locator('#update-body')
  await text.fill('The corrected gateway takes over in steps.')
  await page.getByText(/^Draft kept at/).waitFor()
  // What it does is told while one writes.
  expect(await page.locator('[data-consequences="update"]').textContent()).toContain(
    'New in the feeds of updates',
  )
  await page.reload()
  expect(await text.inputValue()).toBe('The corrected gateway takes over in steps.')
  expect(await page.locator('.draft-note').count()).toBe(1)
  // In the middle of a word as well.
  await text.fill('The corrected gateway takes over in steps, from Sun')
  await page.reload()
  await expect.poll(() => text.inputValue()).toBe('The corrected gateway takes over in steps, from Sun')
  await text.fill('The corrected gateway takes over in steps.')
  await page.getByRole('button', { name: 'Post the update' }).dblclick()
  await page.locator('.said').waitFor()
  expect(count(await publicPage('/updates.rss'), 'The corrected gateway takes over in steps.')).toBe(1)
  expect(await page.locator('.draft-note').count()).toBe(0)
  await close()
})

test('of two responders the later is shown what the earlier said, with the own text still there', async () => {
  const [one, other] = [await visitor(), await visitor()]
  for (const { page } of [one, other]) {
    await page.goto(`${program.origin}/admin/sign-in`)
    await signIn(page)
    await toTheIncident(page)
  }
  // A third has the form of the first page open.
  const third = await visitor()
  await third.page.goto(`${program.origin}/admin/sign-in`)
  await signIn(third.page)
  await third.page.locator('.quick > summary').first().click()
  await one.page.locator('#update-body').fill('All payments pass again.')
  await one.page.getByText('Resolved', { exact: true }).click()
  await press(one.page, 'Post the update')
  await one.page.locator('.said').waitFor()

  await other.page.locator('#update-body').fill('Half of all payments pass.')
  await press(other.page, 'Post the update')
  const problem = other.page.getByRole('alert')
  await problem.waitFor()
  expect(await problem.textContent()).toContain('Ada changed it')
  expect(await problem.locator('blockquote').textContent()).toContain('All payments pass again.')
  expect(await other.page.locator('#update-body').inputValue()).toBe('Half of all payments pass.')
  expect(await publicPage('/updates.rss')).not.toContain('Half of all payments pass.')
  await third.page.getByLabel('What you tell').fill('A third of all payments pass.')
  await press(third.page, 'Post the update')
  expect(await third.page.getByRole('alert').textContent()).toContain('All payments pass again.')
  expect(await third.page.getByLabel('What you tell').inputValue()).toBe('A third of all payments pass.')
  await third.close()
  expect(await violations(other.page)).toEqual([])
  await one.close()
  await other.close()
})

test('an incident is opened by keyboard alone', async () => {
  const { page, close } = await visitor()
  await page.goto(`${program.origin}/admin/sign-in`)
  await page.locator('input:focus').waitFor()
  await page.keyboard.type('ada@ledgerlane.example')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/admin')
  await tabTo(page, 'Open an incident')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/admin/incidents/new')
  await tabTo(page, 'What is wrong')
  await page.keyboard.type('Reports are late')
  await tabTo(page, 'State')
  await page.keyboard.press('ArrowRight')
  await tabTo(page, 'What you tell')
  await page.keyboard.type('They come by noon.')
  await tabTo(page, 'Open the incident')
  await page.keyboard.press('Enter')
  await page.locator('.said').waitFor()
  expect(await page.locator('h1').textContent()).toBe('Reports are late')
  expect(await page.locator('.timeline h3').first().textContent()).toBe('Identified')
  await close()
})

/** Somebody at a browser; `loads` counts the pages that have been drawn. */
async function visitor(): Promise<{ page: Page; loads(): number; close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  return { page, loads: () => loads, close: () => context.close() }
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').fill('ada@ledgerlane.example')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await press(page, 'Sign in')
  await page.waitForURL('**/admin')
}

async function toTheIncident(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Card payments fail for many customers' }).first().click()
  await page.locator('#form-update').waitFor()
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
}

/** Goes on with the tabulator key until the thing of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      const labels = [...(element?.labels ?? [])].map((label) => label.textContent)
      const legend = element?.closest('fieldset')?.querySelector('legend')?.textContent
      return [element?.textContent, legend, ...labels].map((text) => text?.trim())
    })
    if (focused.includes(name)) return
  }
  throw new Error(`Nothing that is called “${name}” can be reached by keyboard.`)
}

async function publicPage(path = '/'): Promise<string> {
  return (await fetch(program.origin + path)).text()
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
