import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROLES } from '../../src/domain/staff/scopes.ts'
import type { Tx } from '../../src/domain/tx.ts'
import { launchBrowser } from '../support/browser.ts'
import { consoleAddresses } from '../support/console-addresses.ts'
import { CONSOLE_ROWS } from '../support/console-rows.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { signIn } from '../support/staff.ts'
import { signedIn } from './console-browser.ts'
import { missedByThumb } from './thumb.ts'

// Every page of the console in the hand of each role, 320 px wide, with names as long as somebody will give them.

const PHONE = { width: 320, height: 720 }
const LONG = 'Datenschutzgrundverordnungsbeauftragtenverzeichnis of everybody in western Europe'
const EMAIL = `${'long-'.repeat(10)}address@ledgerlane.example`

let site: PublicSite
let browser: Browser
let addressOf: (page: string) => string

beforeAll(async () => {
  site = await startPublicSite()
  browser = await launchBrowser()
  const { staffId } = await signIn(site.write, 'viewer', { origin: site.origin, email: EMAIL })
  addressOf = await consoleAddresses(site, { customer: LONG, member: staffId })
  await site.write(({ db }) => nameEverythingLong(db))
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

/** Behind what tells each from the others of its kind. */
async function nameEverythingLong(db: Tx['db']): Promise<void> {
  for (const table of ['page', 'component', 'component_group', 'incident', 'maintenance', 'release'] as const)
    await db
      .updateTable(table)
      .set({ name: sql`name || ' ' || ${LONG}` })
      .execute()
  for (const table of ['sla_calendar', 'sla_policy', 'sla_contract', 'staff'] as const)
    await db
      .updateTable(table)
      .set({ name: sql`name || ' ' || ${LONG}` })
      .execute()
  for (const table of ['defect', 'incident_template'] as const)
    await db
      .updateTable(table)
      .set({ title: sql`title || ' ' || ${LONG}` })
      .execute()
}

/** What has been in somebody's hand: many pages are the same for several roles. */
const seen = new Set<string>()

test.each(ROLES)('in the hand of the %s no page scrolls sideways, and no thumb misses', async (role) => {
  const open = await signedIn(browser, site, role)
  const { page, close } = await open({ viewport: PHONE, javaScriptEnabled: false })
  const found: unknown[][] = []
  for (const [name, { statusFor }] of Object.entries(CONSOLE_ROWS)) {
    // In front of the console nobody has a role.
    if (statusFor('nobody') === 200 || statusFor(role) !== 200) continue
    const drawn = mainOf(await (await page.request.get(addressOf(name))).text())
    if (seen.has(drawn)) continue
    seen.add(drawn)
    await page.goto(addressOf(name))
    const width = await page.locator('html').evaluate((html) => {
      for (const details of html.querySelectorAll('details')) details.open = true
      return html.scrollWidth
    })
    found.push([name, width, await missedByThumb(page)])
  }
  expect(found.length).toBeGreaterThan(0)
  expect(found).toEqual(found.map(([name]) => [name, PHONE.width, []]))
  await close()
})

/** What a page has in it, but for the keys of its forms. */
function mainOf(html: string): string {
  const main = /<main.*<\/main>/s.exec(html)?.[0]
  if (main === undefined) throw new Error('A page of the console has no main part.')
  return main.replaceAll(/name="(csrf|once)" value="[^"]*"/g, '')
}
