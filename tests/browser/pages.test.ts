import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { sitePages } from './site-pages.ts'
import { listen, violations } from './sound-page.ts'

// Every page, in light and dark, on a phone and on a desk, with and without script.

const SCREENSHOTS = path.resolve('tests/.tmp/screenshots')
const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [320, 1280].flatMap((width) => [true, false].map((script) => ({ colorScheme, width, script }))),
)

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
  await mkdir(SCREENSHOTS, { recursive: true })
})
afterAll(() => browser.close())

describe.each(LOOKS)('in $colorScheme, $width px wide, script: $script', ({ colorScheme, width, script }) => {
  test.each(['demo', 'empty'] as const)('the %s site is sound on every page', async (kind) => {
    const { origin, emptyOrigin } = inject('builtSite')
    const base = kind === 'demo' ? origin : emptyOrigin
    const pages = kind === 'demo' ? await sitePages(origin) : EMPTY_PAGES
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
    })
    for (const [name, pathname] of Object.entries(pages)) {
      const page = await context.newPage()
      const heard = listen(page, base)
      const response = await page.goto(base + pathname, { waitUntil: 'load' })
      expect([name, response?.status()]).toEqual([name, name === 'not found' ? 404 : 200])
      const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
      expect([name, 'overflows by', overflow]).toEqual([name, 'overflows by', 0])
      // axe runs as script in the page, so it needs a page that runs script.
      if (script) expect([name, await violations(page)]).toEqual([name, []])
      expect([name, heard]).toEqual([name, { errors: [], foreign: [] }])
      const file = `${kind}-${name.replaceAll(' ', '-')}-${colorScheme}-${width}${script ? '' : '-plain'}.png`
      await page.screenshot({ path: path.join(SCREENSHOTS, file), fullPage: true })
      await page.close()
    }
    await context.close()
  })
})

const EMPTY_PAGES = {
  home: '/',
  history: '/history',
  uptime: '/uptime',
  sla: '/sla',
  'not found': '/nothing-here',
}
