import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Role } from '../../src/domain/staff/scopes.ts'
import type { PublicSite } from '../support/public-site.ts'
import { signIn } from '../support/staff.ts'
import { listen } from './sound-page.ts'

/** Opens a browser window in which somebody has signed in; to close it says what went wrong in its console. */
export type OpenWindow = (options: BrowserContextOptions) => Promise<{ page: Page; close(): Promise<void> }>

/** Signs a member of staff of this role in to the console of a running page. */
export async function signedIn(browser: Browser, site: PublicSite, role: Role): Promise<OpenWindow> {
  const { cookie } = await signIn(site.write, role, { origin: site.origin })
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  return async (options) => {
    const context = await browser.newContext({ ...options, baseURL: site.origin, reducedMotion: 'reduce' })
    await context.addCookies([{ name, value, url: site.origin }])
    const page = await context.newPage()
    const heard = listen(page, site.origin)
    const close = async () => {
      await context.close()
      // The browser itself says that a form was answered with a refusal.
      const errors = heard.errors.filter((error) => !/status of 4(09|22)/.test(error))
      expect({ ...heard, errors }).toEqual({ errors: [], foreign: [] })
    }
    return { page, close }
  }
}

export async function press(within: Page | Locator, name: string): Promise<void> {
  await within.getByRole('button', { name, exact: true }).click()
}

/** What the page says that the form before it has done. */
export function said(page: Page): Promise<string | null> {
  return page.locator('.said').textContent()
}
