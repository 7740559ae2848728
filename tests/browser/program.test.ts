import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AdminApi, create } from '../support/admin-client.ts'
import { launchBrowser } from '../support/browser.ts'
import { makePage, type Page } from '../support/page.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'

// The real program on a page of its own: staff post over the API, readers look with a browser.

let page: Page
let folder: string
let program: RunningProgram
let browser: Browser
let api: AdminApi

beforeAll(async () => {
  page = await makePage('sqlite')
  folder = path.dirname(page.file)
  program = await startProgram(page.url)
  api = { origin: program.origin, secret: page.secret }
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  await page.remove()
})

describe('a running page', () => {
  test('shows a write to the very next reader', async () => {
    const component = await create(api, '/components', { name: 'Checkout' })
    const incident = await create(api, '/incidents', {
      name: 'Checkout is down',
      body: 'We are looking into it.',
      components: { [component.id]: 'major_outage' },
    })
    for (const words of ['The cause is known.', 'A fix is out.']) {
      await create(api, `/incidents/${incident.id}/updates`, { status: 'identified', body: words })
      for (const where of ['/', `/incidents/${incident.id}`, '/history', '/history.rss', '/feed.json']) {
        expect([where, await (await fetch(program.origin + where)).text()]).toEqual([
          where,
          expect.stringContaining(words),
        ])
      }
    }
  })

  test('gives times in the reader’s zone, and in the page’s zone without script', async () => {
    const incident = await openIncident()
    const times = async (javaScriptEnabled: boolean) => {
      const context = await browser.newContext({ timezoneId: 'America/New_York', javaScriptEnabled })
      const page = await context.newPage()
      await page.goto(`${program.origin}/incidents/${incident.id}`)
      const time = page.locator('main .update time, main article time, main time').first()
      const told = { words: await time.textContent(), instant: await time.getAttribute('datetime') }
      await context.close()
      return told
    }
    const [plain, scripted] = [await times(false), await times(true)]
    expect(plain.words).toMatch(/\sIST$/)
    expect(scripted.words).toMatch(/\sE[SD]T$/)
    expect(scripted.instant).toBe(plain.instant)
  })

  test('says day and zone once in a stretch, in the reader’s zone as well', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const instants = [`${tomorrow}T18:00:00Z`, `${tomorrow}T20:30:00Z`] as const
    const [scheduled_for, scheduled_until] = instants
    await create(api, '/maintenances', {
      name: 'New disks',
      body: 'Nothing stops.',
      scheduled_for,
      scheduled_until,
    })
    const spanFor = async (timezoneId: string) => {
      const context = await browser.newContext({ timezoneId })
      const page = await context.newPage()
      await page.goto(program.origin)
      const span = page.locator('#upcoming .when')
      const words = (await span.textContent())?.replaceAll('\u00a0', ' ').replaceAll('\u2060', '')
      const times = await span
        .locator('time')
        .evaluateAll((all) => all.map((it) => it.getAttribute('datetime')))
      await context.close()
      return { words, times }
    }
    const [short, long] = [await spanFor('UTC'), await spanFor('Asia/Kolkata')]
    expect(short).toEqual({ words: expect.stringMatching(/^\w+ \d+ \w+, 18:00–20:30 UTC$/), times: instants })
    expect(long).toEqual({
      words: expect.stringMatching(/^\w+ \d+ \w+, 23:30 IST – \w+ \d+ \w+, 02:00 IST$/),
      times: instants,
    })
  })

  test('refreshes while it is open, says so, and does not move what the reader reads', async () => {
    const incident = await openIncident()
    for (let number = 1; number <= 12; number += 1) {
      const body = `Update ${number}. ${'We look at every part in turn. '.repeat(20)}`
      await create(api, `/incidents/${incident.id}/updates`, { status: 'investigating', body })
    }
    const page = await browser.newPage({ viewport: { width: 400, height: 700 } })
    await page.clock.install()
    await page.goto(`${program.origin}/incidents/${incident.id}`)
    const reading = page.getByText('Update 3. ')
    await reading.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    const before = await reading.boundingBox()
    await create(api, `/incidents/${incident.id}/updates`, { status: 'resolved', body: 'It works again.' })
    await page.clock.runFor(60_000)
    await page.getByText('It works again.').first().waitFor({ state: 'attached' })
    const after = await reading.boundingBox()
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 9_999))).toBeLessThan(3)
    expect(await page.title()).toMatch(/^Resolved/)
    // Its name, the headline, is still the same: what is announced is the state.
    expect(await page.getByRole('status').textContent()).toMatch(/^Resolved: Reports are late/)
    await page.close()
  })

  test('draws the present into the promises of a defect, which its bytes do not know', async () => {
    const confirmed_at = new Date().toISOString()
    const { id } = await create(api, '/defects', {
      key: 'CHK-412',
      title: 'It is lost',
      severity: 'high',
      confirmed_at,
    })
    const address = `${program.origin}/defects/${id}`
    expect(await (await fetch(address)).text()).toContain('<line class="track-now to-now" x1="-1%" x2="-1%"')
    const page = await browser.newPage()
    await page.goto(address)
    const now = page.locator('.chart .track-now')
    expect(Number.parseFloat((await now.getAttribute('x1')) ?? '')).toBeCloseTo(0, 0)
    expect(await now.getAttribute('x2')).toBe(await now.getAttribute('x1'))
    // At a weekend the clock stands still.
    const remaining = expect.stringMatching(/ of working time left|clock stopped until/)
    expect(await page.locator('.goal-table [data-label=Verdict]').allTextContents()).toEqual(
      Array(3).fill(remaining),
    )
    expect(await page.title()).toMatch(/^Confirmed: It is lost/)
    await page.close()
  })

  test('is read with the keyboard: the days of a component are told in words', async () => {
    const page = await browser.newPage()
    await page.goto(program.origin)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Skip/)
    const slider = page.locator('.bars input').first()
    await slider.focus()
    const today = await page.locator('.bars .day').first().textContent()
    await page.keyboard.press('ArrowLeft')
    const yesterday = await page.locator('.bars .day').first().textContent()
    expect(yesterday).not.toBe(today)
    await page.close()
  })

  test.each([320, 1280])(
    'unfolds the days of a component as a table, each cell in its place: %d px',
    async (width) => {
      const { id } = await create(api, '/components', { name: 'Invoices' })
      await create(api, '/incidents', {
        name: 'Invoices are late',
        body: 'They come an hour late.',
        components: { [id]: 'partial_outage' },
      })
      const page = await browser.newPage({ viewport: { width, height: 900 } })
      await page.goto(program.origin)
      const table = page.locator(`#days-${id}`)
      await table.locator('summary').click()
      const [cell, words] = [table.locator('td').first(), table.locator('td .state-word').first()]
      expect(await words.textContent()).toBe('partial outage')
      const [outer, inner] = [await cell.boundingBox(), await words.boundingBox()]
      if (outer === null || inner === null) throw new Error('The table is not shown.')
      expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width)
      expect(inner.x - outer.x).toBeLessThan(40)
      await page.close()
    },
  )

  test('lets nothing run inline, and style sheets of its own alone, as it is built for production', async () => {
    const policy = (await fetch(program.origin)).headers.get('content-security-policy')
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'( 'sha256-[A-Za-z0-9+/]{43}=')+;/,
    )
    expect(policy).not.toContain('unsafe')
  })

  test('lets hashed files be kept for ever, compressed, and outlives addresses that mean nothing', async () => {
    // A page that is there has its style sheet in it.
    const missing = await (await fetch(`${program.origin}/nothing-here`)).text()
    const addresses = [...missing.matchAll(/"(\/(?:_astro|theme)\/[^"]+\.(?:css|js))"/g)].map(([, it]) => it)
    expect(addresses.length).toBe(2)
    for (const address of addresses) {
      const kept = await fetch(`${program.origin}${address}`)
      const headers = ['cache-control', 'content-encoding'].map((name) => kept.headers.get(name))
      // What this reader takes over http.
      expect([address, kept.status, ...headers]).toEqual([
        address,
        200,
        'public, max-age=31536000, immutable',
        'gzip',
      ])
      expect((await kept.text()).length).toBeGreaterThan(1_000)
    }
    expect((await fetch(`${program.origin}/_astro/gone.css`)).status).toBe(404)
    expect((await fetch(`${program.origin}/%zz`)).status).toBeLessThan(500)
    expect((await fetch(`${program.origin}/healthz`)).status).toBe(200)
  })

  test('draws a page that was kept from before an upgrade with the style of today, which is asked for again', async () => {
    const outdated = await fetch(`${program.origin}/theme/c2410c-00000000.css`)
    expect([outdated.status, outdated.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    const styles = await outdated.text()
    expect(styles).toContain('.headline')
    expect(styles).toContain('--page-accent:#c2410c')
    for (const nothing of ['c2410c', 'c2410c-0', 'red-00000000', 'C2410C-00000000']) {
      expect((await fetch(`${program.origin}/theme/${nothing}.css`)).status).toBe(404)
    }
  })

  test('ends cleanly when it is told to, also when it is told twice', async () => {
    const own = await startProgram(`file:${path.join(folder, 'other.db')}`)
    expect((await fetch(`${own.origin}/readyz`)).status).toBe(200)
    process.kill(own.pid, 'SIGTERM')
    await delay(100)
    expect(await own.stop()).toBe(0)
  })
})

async function openIncident(): Promise<{ id: string }> {
  return create(api, '/incidents', { name: 'Reports are late', body: 'We are looking into it.' })
}
