import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localTime } from '../../src/console/local-time.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { createIncidentTemplate } from '../../src/domain/incidents/templates.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { getPage } from '../../src/domain/page.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { launchBrowser } from '../support/browser.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { type OpenWindow, press, said, signedIn } from './console-browser.ts'
import { colorViolations, invalidHtml, violations } from './sound-page.ts'

// What staff do about incidents, templates and maintenance, as whole tasks in a real browser.

const PHONE = { width: 320, height: 720 }

let site: PublicSite
let browser: Browser
let zone: string
let open: OpenWindow

beforeAll(async () => {
  site = await startPublicSite()
  browser = await launchBrowser()
  zone = (await getPage(site.ctx.read)).timeZone
  open = await signedIn(browser, site, 'responder')
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

const shown = (page: Page, name: string) => page.locator(`#form-${name}`)

describe('on a phone, without JavaScript', () => {
  test('an incident is opened from a template, linked, resolved, corrected and looked back at', async () => {
    const { page, close } = await open({ viewport: PHONE, javaScriptEnabled: false })
    await page.goto('/admin/templates/new')
    await page.getByLabel('Title of the template').fill('Payments fail')
    await page.getByLabel('What is wrong').fill('{{component}} fails for {{whom}}')
    await page.getByLabel('Identified').check()
    await page.getByLabel('What you tell').fill('{{component}} does not answer {{whom}} since {{time}}.')
    await page.getByLabel('Checkout').selectOption('major_outage')
    await press(page, 'Save the template')
    expect(await said(page)).toContain('The template is saved.')

    await page.getByRole('link', { name: 'Open an incident with Payments fail' }).click()
    expect(await page.getByLabel('component', { exact: true }).inputValue()).toBe('Checkout')
    expect(await page.getByLabel('time', { exact: true }).inputValue()).toMatch(/^\d\d:\d\d \S+/)
    await page.getByLabel('time', { exact: true }).fill('nine')
    // What a browser would not let through is asked for by the server as well.
    await shown(page, 'opening').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''))
    await press(page, 'Open the incident')
    expect(await page.locator('.problem').textContent()).toContain('still to be said')
    expect(await page.getByLabel('whom').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('time', { exact: true }).inputValue()).toBe('nine')
    await page.getByLabel('whom').fill('everybody')
    await press(page, 'Open the incident')
    expect(await said(page)).toBe('The incident is on the page.')
    expect(await page.locator('h1').textContent()).toBe('Checkout fails for everybody')
    expect(await page.locator('#updates .prose').textContent()).toContain(
      'Checkout does not answer everybody since nine.',
    )
    const address = new URL(page.url()).pathname

    await page.getByText('Link a defect').click()
    await page.getByLabel('Key or title').fill('FIXED')
    await press(page, 'Find')
    expect(await page.getByRole('button', { name: /^Link / }).count()).toBe(1)
    await page.getByRole('button', { name: /^Link .*FIXED$/ }).click()
    expect(await page.locator('#defects .defect').count()).toBe(1)
    await page.getByText('Link or unlink a defect').click()
    await page.getByRole('button', { name: /^Unlink .*FIXED$/ }).click()
    expect(await page.locator('#defects .defect').count()).toBe(0)
    await page.getByText('Link a defect').click()
    await page.getByRole('button', { name: /^Link .*PLANNED$/ }).click()
    await page.getByText('Link or unlink a defect').click()
    await page.getByRole('button', { name: /^Unlink .*PLANNED$/ }).click()
    expect(await page.locator('#links [role=alert]').textContent()).toContain(
      'is the evidence for the response',
    )

    await page.locator('summary', { hasText: 'Resolve' }).click()
    await press(page, 'Resolve the incident')
    expect(await said(page)).toBe('The incident is resolved.')

    await page.getByRole('link', { name: 'Edit: Resolved' }).click()
    await shown(page, 'edit').getByLabel('Text').fill('It works again for **everybody**.')
    await press(page, 'Save the edit')
    expect(await page.locator('#updates .prose strong').textContent()).toBe('everybody')
    await page.getByRole('link', { name: 'Edit: Resolved' }).click()
    expect(await page.locator('#earlier').textContent()).toContain('everything works as it should')

    await page.goto(`${address}/postmortem`)
    await page.getByLabel('What happened, why, and what changes').fill('## Cause\n\nA certificate had ended.')
    await press(page, 'Keep as draft')
    expect(await page.locator('#preview h3').textContent()).toBe('Cause')
    await press(page, 'Publish the postmortem')
    expect(await said(page)).toBe('The postmortem is on the page.')

    await page.getByText('Change the name or the impact').click()
    await shown(page, 'facts').getByRole('textbox', { name: 'Name' }).fill('Checkout failed')
    await shown(page, 'facts').getByRole('combobox', { name: 'Impact' }).selectOption('minor')
    await press(page, 'Save the change')
    const everybodys = await (await fetch(site.origin + address.replace('/admin', ''))).text()
    for (const words of [
      'Checkout failed',
      'Minor impact',
      'A certificate had ended.',
      'for <strong>everybody',
    ])
      expect(everybodys).toContain(words)
    await close()
  })

  test('an incident that is over already is entered with both its ends', async () => {
    const { page, close } = await open({ viewport: PHONE, javaScriptEnabled: false })
    await page.goto('/admin/incidents/new')
    const ago = (ms: number) => localTime(Date.now() - ms, zone)
    await page.getByLabel('What is wrong').fill('Reports were wrong')
    await page.getByLabel('What you tell').fill('Some sums were wrong.')
    await page.getByLabel('Reports', { exact: false }).last().selectOption('degraded_performance')
    await page.getByText('Time, and who is told').click()
    await page.getByLabel('It was so at').fill(ago(3 * HOUR_MS))
    await page.getByText('It is over already').click()
    await page.getByLabel('It was over at').fill(ago(4 * HOUR_MS))
    await page.getByLabel('How it ended').fill('All sums are right.')
    await page.getByLabel('For the record only').check()
    await press(page, 'Open the incident')
    expect(await page.locator('.problem').textContent()).toContain('It cannot have ended before it began.')
    await page.getByLabel('It was over at').fill(ago(2 * HOUR_MS))
    await press(page, 'Open the incident')
    expect(await page.title()).toMatch(/^Resolved: Reports were wrong/)
    const address = new URL(page.url()).pathname.replace('/admin', '')
    expect(await (await fetch(site.origin + address)).text()).toContain('Written down afterwards.')
    await close()
  })
})

describe('at a desk, with JavaScript', () => {
  test('a maintenance is planned, begun, extended, checked and completed', async () => {
    const { page, close } = await open({ viewport: { width: 1280, height: 900 } })
    const at = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
    await page.goto('/admin/maintenance/new')
    await page.getByLabel('What is done').fill('The ledger moves')
    await page.getByRole('button', { name: 'We are going to work on our systems' }).click()
    expect(await page.getByLabel('What you tell').inputValue()).toContain('We are going to work')
    expect(await page.locator('.suggestions').isHidden()).toBe(true)
    await page.getByLabel('From').fill(localTime(at + 2 * HOUR_MS, zone))
    await page.getByLabel('Until').fill(localTime(at + 3 * HOUR_MS, zone))
    await page.getByLabel('Checkout').selectOption('under_maintenance')
    // What would come of it stands beside it, and nothing has come of it.
    await page.locator('.consequences').getByText('Who is told').waitFor()
    expect(await site.ctx.read.selectFrom('maintenance').selectAll().execute()).toHaveLength(1)
    await press(page, 'Announce the maintenance')
    await page.getByText('The maintenance is announced.').waitFor()

    await page.locator('summary', { hasText: 'Start now' }).click()
    await press(page, 'Start the maintenance')
    await page.getByText('The maintenance has begun.').first().waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''

    await page.locator('summary', { hasText: 'Extend' }).click()
    await shown(page, 'extending')
      .getByLabel('Until')
      .fill(localTime(at + 5 * HOUR_MS, zone))
    await press(page, 'Move the end')
    await page.getByText('The new end is on the page.').waitFor()

    await shown(page, 'update').getByLabel('Verifying').check()
    await page.getByRole('button', { name: 'The work is done.' }).click()
    await press(page, 'Post the update')
    await page.getByText('The update is on the page.').waitFor()

    // By keyboard alone.
    await page.locator('summary', { hasText: 'Complete' }).focus()
    await page.keyboard.press('Enter')
    await shown(page, 'completing').getByRole('button', { name: 'Complete the maintenance' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('The maintenance is complete.', { exact: true }).waitFor()
    expect(await page.locator('.step, #cancel, #plan').count()).toBe(0)
    const row = await site.ctx.read
      .selectFrom('maintenance')
      .select(['status', 'scheduled_until'])
      .where('id', '=', id)
      .executeTakeFirst()
    expect(row).toEqual({ status: 'completed', scheduled_until: at + 5 * HOUR_MS })
    expect(await page.locator('.update h3').allTextContents()).toEqual([
      'Completed',
      'Verifying',
      'Update',
      'In progress',
      'Scheduled',
    ])
    await close()
  })

  test('a plan is changed and called off; what another did in between is shown first', async () => {
    const { page, close } = await open({ viewport: { width: 1280, height: 900 } })
    const [id = ''] = site.world.maintenances
    await page.goto(`/admin/maintenance/${id}`)
    const { page: other, close: closeOther } = await open({ javaScriptEnabled: false })
    await other.goto(`/admin/maintenance/${id}`)
    await other.getByText('Change the plan').click()
    await shown(other, 'plan').getByLabel('What is done').fill('Newer disks')
    await shown(other, 'plan').getByLabel('Reports').selectOption('degraded_performance')
    await press(other, 'Save the plan')
    expect(await other.locator('h1').textContent()).toBe('Newer disks')
    expect(await other.locator('.page-head').textContent()).toContain('Checkout, Reports')
    await closeOther()

    await page.locator('summary', { hasText: 'Call it off' }).click()
    await shown(page, 'cancelling').getByLabel('What you tell').fill('We found a better way.')
    await press(page, 'Call the maintenance off')
    await page.locator('.problem').getByText('A responder changed it').waitFor()
    expect(await shown(page, 'cancelling').getByLabel('What you tell').inputValue()).toBe(
      'We found a better way.',
    )
    await press(page, 'Call the maintenance off')
    await page.getByText('The maintenance is called off.').waitFor()
    await close()
  })

  test('every screen is sound on a phone, with everything opened', async () => {
    const template = await site.write((tx) =>
      createIncidentTemplate(tx, { title: 'Slow', name: '{{component}} is slow', body: 'Since {{time}}.' }),
    )
    const { incidents, update } = site.world
    await site.write((tx) => openIncident(tx, { name: 'Reports are late', body: 'They come by noon.' }))
    const screens = {
      'what is open, twice': '/admin',
      'incident list': '/admin/incidents',
      'open an incident': `/admin/incidents/new?template=${template}`,
      incident: `/admin/incidents/${incidents.open}?defect=open&said=linked`,
      'past incident': `/admin/incidents/${incidents.resolved}`,
      'edit an update': `/admin/incidents/${incidents.open}/updates/${update}`,
      postmortem: `/admin/incidents/${incidents.resolved}/postmortem`,
      templates: '/admin/templates',
      'write a template': '/admin/templates/new',
      template: `/admin/templates/${template}`,
      'maintenance list': '/admin/maintenance',
      'plan a maintenance': '/admin/maintenance/new',
      maintenance: `/admin/maintenance/${await plannedMaintenance()}`,
    }
    const { page, close } = await open({ viewport: PHONE })
    for (const [name, address] of Object.entries(screens)) {
      const response = await page.goto(address)
      expect([name, response?.status()]).toEqual([name, 200])
      expect([name, await invalidHtml((await response?.text()) ?? '')]).toEqual([name, []])
      await page.locator('main').evaluate((main) => {
        for (const details of main.querySelectorAll('details')) details.open = true
      })
      expect([name, await violations(page)]).toEqual([name, []])
      const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
      expect([name, 'overflows by', overflow]).toEqual([name, 'overflows by', 0])
      await keepScreenshot(page, `console-${name}-320`)
    }
    // The last one has every kind of button, field and mark.
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await colorViolations(page)).toEqual([])
    await close()
  })
})

describe('two responders', () => {
  test('who resolve at once announce it once, and the slower one sees both texts', async () => {
    const { page, close } = await open({ javaScriptEnabled: false })
    const address = `/admin/incidents/${site.world.incidents.open}`
    await page.goto(address)
    const theirs = { status: 'resolved', body: 'Cards work, says one.' } as const
    await site.write((tx) => postIncidentUpdate(tx, site.world.incidents.open, theirs))
    await page.locator('summary', { hasText: 'Resolve' }).click()
    await shown(page, 'resolving').getByLabel('What you tell').fill('Cards work, says the other.')
    await press(page, 'Resolve the incident')
    expect(await shown(page, 'resolving').locator('.theirs').textContent()).toContain(theirs.body)
    expect(await shown(page, 'resolving').getByLabel('What you tell').inputValue()).toBe(
      'Cards work, says the other.',
    )
    await press(page, 'Resolve the incident')
    expect(await page.locator('.problem').textContent()).toContain('This incident is already resolved.')
    expect(await page.locator('.update h3', { hasText: 'Resolved' }).count()).toBe(1)
    await close()
  })
})

async function plannedMaintenance(): Promise<string> {
  return site.write((tx) =>
    scheduleMaintenance(tx, {
      name: 'Cables',
      body: 'New cables.',
      scheduled_for: tx.now + 2 * HOUR_MS,
      scheduled_until: tx.now + 3 * HOUR_MS,
    }),
  )
}
