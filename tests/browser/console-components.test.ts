import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createComponentGroup } from '../../src/domain/components/component-groups.ts'
import { createComponent, listComponents } from '../../src/domain/components/components.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { createIncidentTemplate } from '../../src/domain/incidents/templates.ts'
import { getPage, updatePage } from '../../src/domain/page.ts'
import { createInvitation } from '../../src/domain/staff/invitations.ts'
import { launchBrowser } from '../support/browser.ts'
import { LOGO } from '../support/logos.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { type OpenWindow, press, said, signedIn } from './console-browser.ts'
import { colorViolations, invalidHtml, violations } from './sound-page.ts'

// What staff do to components, to the settings of the page, and to get anywhere, as whole tasks in a real browser.

const PHONE = { width: 320, height: 720 }

let site: PublicSite
let browser: Browser
let open: OpenWindow

beforeAll(async () => {
  site = await startPublicSite()
  browser = await launchBrowser()
  open = await signedIn(browser, site, 'administrator')
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

const announced = (page: Page, words: string) =>
  page.waitForFunction((text) => document.querySelector('#announcement')?.textContent === text, words)

/** Groups and components from top to bottom, as the list shows them. */
async function listed(page: Page): Promise<string[]> {
  return page.locator('.order-section').evaluateAll((sections) =>
    sections.map((section) => {
      const rows = [...section.querySelectorAll('.order-name a')].map((link) => link.textContent)
      return `${(section as HTMLElement).dataset.groupName}: ${rows.join(', ')}`
    }),
  )
}

describe('components', () => {
  test('are added, moved, grouped, taken off and put back on a phone without JavaScript', async () => {
    const { page, close } = await open({ viewport: PHONE, javaScriptEnabled: false })
    await page.goto('/admin/components')
    expect(await listed(page)).toEqual(['Payments: Checkout', 'Without a group: Reports'])
    await page.getByRole('link', { name: 'Make a group' }).click()
    await page.getByLabel('Name').fill('Tools')
    await press(page, 'Make the group')
    expect(await said(page)).toBe('The group is made.')

    await page.locator('[data-group-name=Tools]').getByRole('link', { name: 'Add to it' }).click()
    await page.getByLabel('Name').fill('Webhooks')
    await press(page, 'Show what it does')
    // What was asked for stands far below the head of the new page, and is what is seen of it.
    expect(await page.locator('.consequences:focus').textContent()).toContain('Card payments fail')
    await press(page, 'Add the component')
    expect(await said(page)).toBe('The component is on the page.')
    expect((await listed(page)).sort()).toEqual([
      'Payments: Checkout',
      'Tools: Webhooks',
      'Without a group: Reports',
    ])

    await page
      .locator('[data-group-name=Tools]')
      .getByRole('button', { name: 'Move the group Tools up' })
      .click()
    while ((await listed(page))[0] !== 'Tools: Webhooks') await press(page, 'Move the group Tools up')
    await press(page, 'Move Webhooks down')
    expect(await said(page)).toBe('It stands in its new place.')
    expect((await listed(page)).slice(0, 2)).toEqual(['Tools: ', 'Payments: Webhooks, Checkout'])

    await page.getByRole('link', { name: 'Webhooks', exact: true }).click()
    await page.getByLabel('Group').selectOption('Tools')
    await page.getByLabel('It is watched since').fill('2026-02-01')
    await page.getByLabel('Show it only while it does not work').check()
    await press(page, 'Save')
    expect((await listed(page)).slice(0, 2)).toEqual(['Tools: Webhooks', 'Payments: Checkout'])
    expect(await page.locator('.order-name small').textContent()).toBe('shown only while it does not work')

    await page.getByRole('link', { name: 'Webhooks', exact: true }).click()
    await page.getByText('Take it off the page').click()
    await press(page, 'Take Webhooks off the page')
    expect(await said(page)).toBe('The component is off the page.')
    await press(page, 'Put it back on the page')
    expect((await listed(page))[0]).toBe('Tools: Webhooks')

    await page.locator('[data-group-name=Tools]').getByRole('link', { name: 'Edit the group' }).click()
    await page.getByText('Delete the group').click()
    expect(await page.locator('.apart').textContent()).toContain('stands without a group: Webhooks')
    await press(page, 'Delete Tools')
    expect((await listed(page)).some((line) => line.startsWith('Tools'))).toBe(false)
    await close()
  })

  test('move by keyboard and by handle with JavaScript, and long lists are filtered', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `Region ${String(index + 1).padStart(2, '0')}`)
    await site.write(async (tx) => {
      for (const name of names) await createComponent(tx, { name })
    })
    const { page, close } = await open({ viewport: { width: 1280, height: 1600 } })
    await page.goto('/admin/components')
    await page.locator('.handle').first().waitFor()
    const alone = page.locator('[data-group-name="Without a group"]')
    const total = await alone.locator('[data-id]').count()
    const last = alone.locator('[data-id]').last()
    await last.getByRole('button', { name: 'Move Region 14 up' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await announced(page, `Region 14 is number ${total - 2} of ${total} in Without a group.`)
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Move Region 14 up')

    await page.locator('[data-name="region 14"] .handle').dragTo(page.locator('[data-name=checkout]'))
    await page.waitForFunction(() =>
      / in Payments\.$/.test(document.querySelector('#announcement')?.textContent ?? ''),
    )
    const moved = (await listComponents(site.ctx.read)).find(({ name }) => name === 'Region 14')
    expect(moved?.groupId).toBe(site.world.groups[0])

    await page.getByLabel('Filter components').fill('region 1')
    expect(await page.locator('[data-id]:visible').count()).toBe(5)
    await page.reload()
    expect((await listed(page))[0]).toContain('Region 14')
    await close()
  })
})

test('the settings of the page are looked at before they are saved, the logo too', async () => {
  const { page, close } = await open({ viewport: PHONE, javaScriptEnabled: false })
  await page.goto('/admin/page')
  await page.getByLabel('Name').fill('Harbour Mills')
  await page.getByLabel('Time zone').fill('Mars/Base')
  await press(page, 'Save')
  expect(await page.locator('.field.is-wrong .error').textContent()).toContain('not an IANA time zone')
  expect(await page.locator('.problem:focus').count()).toBe(1)
  await page.getByLabel('Time zone').fill('Europe/Paris')
  await site.write((tx) => updatePage(tx, { name: 'Harbour & Mills' }))
  await press(page, 'Save')
  expect(await page.locator('.problem').textContent()).toContain('changed it')
  expect(await page.locator('.theirs-now').allTextContents()).toEqual([
    'By now it says: Harbour & Mills',
    'By now it says: Asia/Kolkata',
  ])
  await press(page, 'Show what it does')
  expect(await page.locator('.consequences svg').first().textContent()).toContain('Harbour Mills')
  expect((await getPage(site.ctx.read)).name).not.toBe('Harbour Mills')
  await press(page, 'Save')
  expect(await said(page)).toBe('The page is changed.')
  expect(await getPage(site.ctx.read)).toMatchObject({ name: 'Harbour Mills', timeZone: 'Europe/Paris' })

  const dark = page.locator('#form-set-page-dark-logo')
  const choose = (text: string | Buffer) =>
    dark
      .locator('[type=file]')
      .setInputFiles({ name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(text) })
  await choose('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  await dark.getByRole('button', { name: 'Save the logo' }).click()
  expect(await dark.locator('.field .error').textContent()).toContain('cannot have “script” in it')
  await choose(Buffer.from(LOGO.content, 'base64'))
  await dark.getByRole('button', { name: 'Look at it first' }).click()
  expect(await dark.locator('figcaption').textContent()).toBe('Not on the page yet.')
  expect((await getPage(site.ctx.read)).darkLogo).toBeNull()
  await dark.getByRole('button', { name: 'Put it on the page' }).click()
  expect(await said(page)).toBe('The logo is on the page.')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/')
  const logo = page.locator('.masthead .logo:visible')
  expect(await logo.getAttribute('src')).toBe(`/logo/${LOGO.file}`)
  expect(await logo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)).toBe(
    true,
  )
  await page.goto('/admin/page')
  await page.getByText('Take it away').last().click()
  await press(page, 'Take logo for the dark ground away')
  expect((await getPage(site.ctx.read)).darkLogo).toBeNull()
  await close()
})

test('every place is a few letters away', async () => {
  const { page, close } = await open({ viewport: { width: 1280, height: 900 } })
  await page.goto('/admin')
  await page.keyboard.press('Control+k')
  const options = page.getByRole('option')
  await options.filter({ hasText: 'Post an update: Card payments fail' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('button', { name: /^Go to/ }).click()
  await page.keyboard.type('card fail')
  expect(await options.allTextContents()).toEqual([
    'Card payments fail',
    'Post an update: Card payments fail',
  ])
  await page.keyboard.press('ArrowDown')
  expect(await page.getByRole('option', { selected: true }).textContent()).toBe(
    'Post an update: Card payments fail',
  )
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/admin/incidents/${site.world.incidents.open}`)
  await close()
})

test('every screen is sound on a phone, in light and dark', async () => {
  const { page, close } = await open({ viewport: PHONE })
  const screens = {
    components: '/admin/components',
    'a component': `/admin/components/${site.world.components[0]}`,
    'adding a component': '/admin/components/new',
    'a group': `/admin/components/groups/${site.world.groups[0]}`,
    'making a group': '/admin/components/groups/new',
    page: '/admin/page',
    'the audit trail': '/admin/audit',
  }
  for (const [name, path] of Object.entries(screens)) {
    const response = await page.goto(path)
    expect([name, await invalidHtml((await response?.text()) ?? '')]).toEqual([name, []])
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
    expect([name, 'overflows by', overflow]).toEqual([name, 'overflows by', 0])
    await page.locator('main').evaluate((main) => {
      for (const details of main.querySelectorAll('details')) details.open = true
    })
    await page.emulateMedia({ colorScheme: 'light' })
    expect([name, await violations(page)]).toEqual([name, []])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect([name, await colorViolations(page)]).toEqual([name, []])
    await keepScreenshot(page, `console-${name}-320`)
  }
  await close()
})

test('the longest name without a space is no wider than a phone, also on a button', async () => {
  const name = 'W'.repeat(200)
  const { group, component, template, incident } = await site.write(async (tx) => {
    const group = await createComponentGroup(tx, { name })
    const component = await createComponent(tx, { name, group_id: group })
    const components = { [component]: 'major_outage' } as const
    await createInvitation(tx, { email: `${'w'.repeat(60)}@${'w'.repeat(60)}.example`, role: 'viewer' })
    const template = await createIncidentTemplate(tx, { title: name, name, body: name, components })
    return { group, component, template, incident: await openIncident(tx, { name, body: name, components }) }
  })
  const { page, close } = await open({ viewport: PHONE })
  for (const path of [
    '/admin',
    '/admin/components',
    `/admin/components/${component}`,
    `/admin/components/groups/${group}`,
    `/admin/incidents/new?template=${template}`,
    `/admin/incidents/${incident}`,
    '/admin/staff',
    '/admin/audit',
    '/',
    `/incidents/${incident}`,
  ]) {
    await page.goto(path)
    const overflow = await page.locator('html').evaluate((html) => {
      for (const details of document.querySelectorAll('details')) details.open = true
      return html.scrollWidth - html.clientWidth
    })
    expect([path, 'overflows by', overflow]).toEqual([path, 'overflows by', 0])
  }
  await close()
})
