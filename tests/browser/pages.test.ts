import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { sitePages } from './site-pages.ts'
import { colorViolations, listen, violations } from './sound-page.ts'

// Every page, in light and dark, on a phone and on a desk, with and without script.

const COLOR_SCHEMES = ['light', 'dark'] as const
const wrongIn = { light: violations, dark: colorViolations }
const READERS = [320, 1280].flatMap((width) => [true, false].map((script) => ({ width, script })))

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each(READERS)('in light and dark, $width px wide, script: $script', ({ width, script }) => {
  test.each(['demo', 'empty'] as const)('the %s site is sound on every page', async (kind) => {
    const { origin, emptyOrigin } = inject('builtSite')
    const base = kind === 'demo' ? origin : emptyOrigin
    const pages = kind === 'demo' ? await sitePages(origin) : EMPTY_PAGES
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const heard = listen(page, base)
    for (const [name, pathname] of Object.entries(pages)) {
      const response = await page.goto(base + pathname, { waitUntil: 'load' })
      expect([name, response?.status()]).toEqual([name, name === 'not found' ? 404 : 200])
      for (const colorScheme of COLOR_SCHEMES) {
        await page.emulateMedia({ colorScheme })
        const look = `${name} in ${colorScheme}`
        const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
        expect([look, 'overflows by', overflow]).toEqual([look, 'overflows by', 0])
        // axe runs as script in the page, so it needs a page that runs script.
        if (script) expect([look, await wrongIn[colorScheme](page)]).toEqual([look, []])
        await keepScreenshot(page, `${kind}-${name}-${colorScheme}-${width}${script ? '' : '-plain'}`)
      }
      expect([name, heard]).toEqual([name, { errors: [], foreign: [] }])
    }
    await context.close()
  })
})

const EMPTY_PAGES = {
  home: '/',
  history: '/history',
  uptime: '/uptime',
  sla: '/sla',
  subscribe: '/subscribe',
  'not found': '/nothing-here',
}
