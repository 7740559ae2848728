import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContract } from '../../src/domain/sla/terms/write-contract.ts'
import { launchBrowser } from '../support/browser.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { type OpenWindow, press, said, signedIn } from './console-browser.ts'
import { invalidHtml, violations } from './sound-page.ts'

// What staff do about defects, releases and terms, as whole tasks in a real browser.

let site: PublicSite
let browser: Browser
let open: OpenWindow

beforeAll(async () => {
  site = await startPublicSite()
  browser = await launchBrowser()
  await site.write((tx) =>
    createContract(tx, {
      name: 'Gold',
      customer: 'Harbour Mills',
      policy_id: 'standard',
      pausable_goals: ['fix'],
    }),
  )
  open = await signedIn(browser, site, 'administrator')
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

const step = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()
const consequences = (page: Page) => page.locator('.consequences').textContent()

test('on a phone, without JavaScript, a defect goes its whole course', async () => {
  const { page, close } = await open({ viewport: { width: 320, height: 720 }, javaScriptEnabled: false })
  await page.goto('/admin/defects/new')
  await page.getByLabel('What fails').fill('Orders vanish')
  await page.getByLabel('Key').fill('MER-900')
  await page.getByLabel('High').check()
  await page.getByRole('combobox', { name: 'Customer' }).fill('harbour')
  await page.getByLabel('A specialist confirms it later').check()
  await press(page, 'File the defect')
  expect(await page.locator('.field .error').textContent()).toContain(
    'There is a contract for “Harbour Mills”',
  )
  await page.getByLabel('It is another one').check()
  await press(page, 'File the defect')
  expect(await said(page)).toBe('The defect is filed.')
  expect(await page.locator('main > .problem').textContent()).toContain('“harbour” has no contract')

  await step(page, 'Correct')
  await page.getByRole('combobox', { name: 'Customer' }).fill('Harbour Mills')
  await press(page, 'Save the correction')
  expect(await page.locator('main > .problem').count()).toBe(0)
  await step(page, 'Confirm')
  await press(page, 'Show what it does')
  expect(await consequences(page)).toContain('Workaround')
  await press(page, 'Confirm the defect')
  expect(await page.locator('#promises').textContent()).toContain('By the contract Gold')

  await step(page, 'Pause the clock')
  await page.getByLabel('What the clock waits for').fill('Which orders?')
  await press(page, 'Pause the clock')
  await step(page, 'Let the clock go on')
  await press(page, 'Let the clock go on')
  expect(await said(page)).toBe('The clock goes on.')
  await step(page, 'Change the severity')
  await page.getByLabel('Critical').check()
  await page.getByLabel('It got worse').check()
  await page.getByLabel('The reason').fill('It stops all orders.')
  await press(page, 'Show what it does')
  expect(await consequences(page)).toContain('Permanent fix')
  await press(page, 'Change the severity')
  await step(page, 'Record a workaround')
  await page.getByLabel('What was done').fill('Enter them by hand.')
  await press(page, 'Record the workaround')
  await step(page, 'Withdraw what did not hold')
  await page.getByLabel('Why it did not hold').fill('They vanish again.')
  await press(page, 'Withdraw it')
  expect(await page.locator('#story').textContent()).toContain('They vanish again.')
  await step(page, 'Record the fix')
  await press(page, 'Record the fix')
  expect(await page.locator('.kicker').first().textContent()).toContain('Fixed')
  await step(page, 'It came back: file it again')
  expect(await page.locator('.page-head').textContent()).toContain('It is the return of MER-900')
  await close()
})

test('releases and terms are changed, and say first what that does', async () => {
  const { page, close } = await open({ viewport: { width: 320, height: 720 } })
  await page.goto('/admin/releases/new')
  await page.getByLabel('Name').fill('99.1')
  await page.getByLabel('Hotfix').check()
  await press(page, 'Plan the release')
  await step(page, 'Publish')
  await page.getByLabel('PLANNED').check()
  await page.locator('.consequences li', { hasText: 'PLANNED' }).first().waitFor()
  await press(page, 'Publish 99.1')
  expect(await said(page)).toContain('The release is published')

  await page.goto('/admin/sla/policies/standard')
  await page.getByLabel('Response').first().fill('soon')
  await press(page, 'Make the new version')
  expect(await page.locator('.field .error').textContent()).toContain('4 hours')
  await page.getByLabel('Response').first().fill('2 hours')
  await page.getByLabel('From').fill('2099-01-05')
  await page.locator('.consequences ins', { hasText: 'within 2 hours' }).waitFor()
  await press(page, 'Make the new version')
  expect(await page.locator('#versions').textContent()).toContain('to come')

  await page.goto('/admin/sla/calendars/standard?year=2099')
  await page.getByLabel('Leave out more days').fill('2099-12-25')
  await page.getByLabel('From').fill('2099-01-05')
  await press(page, 'Make the new version')
  await page.goto('/admin/sla/calendars/standard?year=2099')
  expect(await page.locator('.year .is-out').count()).toBe(1)

  await page.goto('/admin/sla/contracts/new')
  await page.getByLabel('Name', { exact: true }).fill('Silver')
  await page.getByLabel('Everybody on a plan').check()
  await page.getByLabel('Whose name is').fill('Plus')
  await page.getByLabel('The fix’s').check()
  await press(page, 'Enter the contract')
  expect(await page.locator('main').textContent()).toContain('Everybody on the plan Plus')

  await page.goto('/admin/sla')
  await step(page, 'Gold')
  await page.getByLabel('For whom').fill('Their desk')
  await press(page, 'Make a link')
  const address = (await page.locator('.shown-once code').textContent()) ?? ''
  expect((await fetch(address)).status).toBe(200)
  await page.goto(page.url())
  expect(await page.content()).not.toContain(address)
  await page.locator('summary', { hasText: 'Revoke' }).click()
  await press(page, 'Revoke the link for Their desk')
  expect((await fetch(address)).status).toBe(404)

  await page.goto('/admin/sla/support-hours/new')
  await page.getByLabel('Saturday').fill('10:00-14:00')
  await press(page, 'Add the hours')
  expect(await page.locator('#support').textContent()).toContain('Saturday 10:00–14:00')
  await close()
})

test('every screen is sound at 320 px', async () => {
  const { page, close } = await open({ viewport: { width: 320, height: 720 } })
  const { planned } = site.world.defects
  const release = await site.ctx.read.selectFrom('release').select('id').limit(1).executeTakeFirstOrThrow()
  const contract = await site.ctx.read.selectFrom('sla_contract').select('id').executeTakeFirstOrThrow()
  const found: unknown[][] = []
  for (const path of [
    'defects',
    'defects/new',
    `defects/${planned}`,
    `defects/${planned}/correct`,
    'releases',
    `releases/${release.id}`,
    'sla',
    'sla/policies/standard',
    'sla/calendars/standard',
    'sla/contracts/new',
    `sla/contracts/${contract.id}`,
    'sla/support-hours/new',
  ]) {
    const answer = await page.goto(`/admin/${path}`)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    const html = (await answer?.text()) ?? ''
    found.push([path, answer?.status(), width, await violations(page), await invalidHtml(html)])
  }
  expect(found).toEqual(found.map(([path]) => [path, 200, 320, [], []]))
  await close()
})
