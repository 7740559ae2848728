import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { sitePages } from './site-pages.ts'
import { colorViolations, listen, violations } from './sound-page.ts'

// Every page, in light and dark, on a phone and on a desk, with and without script.

const COLOR_SCHEMES = ['light', 'dark'] as const
const wrongIn = { light: violations, dark: colorViolations }
const READERS = [
  { script: true, widths: [320] },
  { script: true, widths: [1280] },
  // Where nothing runs, a page that is made wider is the page that it would have been.
  { script: false, widths: [320, 1280] },
]

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each(READERS)('in light and dark, script: $script, $widths px wide,', ({ script, widths }) => {
  test.each(['demo', 'empty'] as const)('the %s site is sound on every page', async (kind) => {
    const { origin, emptyOrigin } = inject('builtSite')
    const base = kind === 'demo' ? origin : emptyOrigin
    const pages = kind === 'demo' ? await sitePages(origin) : EMPTY_PAGES
    const context = await browser.newContext({
      viewport: sizeOf(Math.min(...widths)),
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const heard = listen(page, base)
    for (const [name, pathname] of Object.entries(pages)) {
      const response = await page.goto(base + pathname, { waitUntil: 'load' })
      expect([name, response?.status()]).toEqual([name, name === 'not found' ? 404 : 200])
      for (const [width, colorScheme] of looks(widths)) {
        await page.setViewportSize(sizeOf(width))
        await page.emulateMedia({ colorScheme })
        const look = `${name} in ${colorScheme}, ${width} px wide`
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

function looks(widths: number[]): (readonly [width: number, colorScheme: keyof typeof wrongIn])[] {
  return widths.flatMap((width) => COLOR_SCHEMES.map((colorScheme) => [width, colorScheme] as const))
}

function sizeOf(width: number): { width: number; height: number } {
  return { width, height: 900 }
}

const EMPTY_PAGES = {
  home: '/',
  history: '/history',
  uptime: '/uptime',
  sla: '/sla',
  subscribe: '/subscribe',
  'not found': '/nothing-here',
}
