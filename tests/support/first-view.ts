import { brotliCompressSync, constants } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'

/** What it costs to see the home page for the first time, as a browser measures it. */
export interface FirstView {
  /** What was asked for, in this order, and how heavy it is when compressed as the page's cache does. */
  files: { address: string; kind: string; bytes: number }[]
  /** Addresses of what the browser waited for before it painted. */
  blocking: string[]
  /** Addresses of the page's icons: a browser with a window asks for them as well. */
  icons: string[]
  scripts: { type: string; blocking: string | null }[]
  /** Whether the policy lets the page's style apply. */
  isStyled: boolean
  /** Rows of bars in the page. */
  bars: number
  /** Components in the page, each once. */
  components: number
  /** Components that the headline's incident affects. */
  affected: number
  /** Cumulative layout shift. */
  shift: number
  largestPaintMs: number
}

export async function firstView(browser: Browser, origin: string): Promise<FirstView> {
  const page = await browser.newPage()
  await watch(page)
  const asked: Promise<FirstView['files'][number]>[] = []
  page.on('request', (request) => {
    const weigh = async () => {
      const body = await (await request.response())?.body()
      if (body === undefined) throw new Error(`${request.url()} has no answer.`)
      const address = request.url().replace(origin, '')
      return { address, kind: request.resourceType(), bytes: compressed(body) }
    }
    asked.push(weigh())
  })
  await page.goto(`${origin}/`, { waitUntil: 'networkidle' })
  const seen = await page.evaluate(() => {
    const resources = performance.getEntriesByType('resource') as (PerformanceEntry & {
      renderBlockingStatus: string
    })[]
    const addresses = (selector: string) =>
      [...document.querySelectorAll<HTMLAnchorElement>(selector)].map(({ href }) => href)
    return {
      blocking: resources.filter((it) => it.renderBlockingStatus === 'blocking').map(({ name }) => name),
      icons: [...document.querySelectorAll<HTMLLinkElement>('link[rel~=icon]')].map(({ href }) => href),
      scripts: [...document.scripts].map((it) => ({ type: it.type, blocking: it.getAttribute('blocking') })),
      isStyled: getComputedStyle(document.documentElement).getPropertyValue('--page-accent') !== '',
      bars: document.querySelectorAll('.component .bars > svg').length,
      components: new Set(addresses('#components a[href^="/components/"]')).size,
      affected: addresses('.headline a[href^="/components/"]').length,
    }
  })
  const { shifts, largestPaintMs } = await watched(page)
  const files = await Promise.all(asked)
  await page.close()
  return {
    ...seen,
    files,
    blocking: seen.blocking.map((address) => address.replace(origin, '')),
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
    largestPaintMs,
  }
}

function compressed(body: Buffer): number {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).byteLength
}

/** What moved in the home page after it was painted, while the script came only then. */
export async function movesUnderLateScript(
  browser: Browser,
  origin: string,
  reader: { width: number; zone: string },
): Promise<{ moves: Shift[]; time: string | null }> {
  const context = await browser.newContext({
    viewport: { width: reader.width, height: 900 },
    timezoneId: reader.zone,
  })
  const page = await context.newPage()
  await watch(page)
  await page.route('**/*.js', async (route) => {
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
    await route.continue()
  })
  await page.goto(`${origin}/`, { waitUntil: 'load' })
  // The script has run when it has woken the sliders.
  await page.waitForFunction(() => document.querySelector('.bars input:not([hidden])') !== null)
  const time = await page.locator('.headline time').first().textContent()
  const { shifts } = await watched(page)
  await context.close()
  return { moves: shifts, time }
}

export interface Shift {
  value: number
  /** Where the text of what moved begins. */
  moved: string[]
}

type Watched = { shifts: Shift[]; largestPaintMs: number }
type LayoutShift = PerformanceEntry & { value: number; sources: { node: Node | null }[] }

/** Has a page note from its beginning what moves and when it paints. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Watched = { shifts: [], largestPaintMs: 0 }
    Object.assign(globalThis, { seen })
    const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
    observe('largest-contentful-paint', ({ startTime }) => {
      seen.largestPaintMs = startTime
    })
    observe('layout-shift', (entry) => {
      const { value, sources } = entry as LayoutShift
      seen.shifts.push({ value, moved: sources.map(({ node }) => node?.textContent?.slice(0, 60) ?? '') })
    })
  })
}

/** What it has noted, once all that has happened is painted. */
export async function watched(page: Page): Promise<Watched> {
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 100))))
  return page.evaluate(() => (globalThis as unknown as { seen: Watched }).seen)
}
