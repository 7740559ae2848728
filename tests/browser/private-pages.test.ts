import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportDefect } from '../../src/domain/defects/defects.ts'
import { updatePage } from '../../src/domain/page.ts'
import { createSupportHours } from '../../src/domain/sla/support/support-hours.ts'
import { createContractLink, revokeContractLink } from '../../src/domain/sla/terms/contract-links.ts'
import { createContract, reviseContract } from '../../src/domain/sla/terms/write-contract.ts'
import { launchBrowser } from '../support/browser.ts'
import { addPrivateWorld, type PrivateWorld } from '../support/private-world.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { invalidHtml, linkChecker, linksIn, listen, violations } from './sound-page.ts'

// Private addresses on the real program: what they show, and that nobody on the way keeps it.

let site: PublicSite
let hidden: PrivateWorld
let browser: Browser
let base: string

beforeAll(async () => {
  site = await startPublicSite()
  hidden = await addPrivateWorld(site.write, site.world)
  base = `/private/${hidden.customer.secret}`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

/** Every kind of private page. */
function pages(): Record<string, string> {
  return {
    'private home': base,
    'private incident': `${base}/incidents/${site.world.incidents.open}`,
    'private past incident': `${base}/incidents/${site.world.incidents.resolved}`,
    'private defect': `${base}/defects/${hidden.customer.defects.deferred}`,
    'private defect, not confirmed': `${base}/defects/${hidden.customer.defects.unconfirmed}`,
    'public defect in private': `${base}/defects/${site.world.defects.fixed}`,
    'private month': `${base}/sla/${month()}`,
    'private home of a plan': `/private/${hidden.plan.secret}`,
  }
}

/** The running one, in which verdicts have fallen. */
function month(): string {
  return new Date().toISOString().slice(0, 7)
}

describe('an answer at a private address', () => {
  test('is kept by nobody on the way and found by no search engine', async () => {
    const { secret } = hidden.customer
    const addresses = [
      ...Object.values(pages()),
      '/private',
      '/private/nobody',
      `/private/${secret}/nothing-here`,
    ]
    for (const address of addresses) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const answer = await fetch(site.origin + address, { method, headers: { 'If-None-Match': '*' } })
        expect([address, method, Object.fromEntries(answer.headers)]).toEqual([
          address,
          method,
          expect.objectContaining({
            'cache-control': 'private, no-store',
            'x-robots-tag': 'noindex, nofollow',
            'referrer-policy': 'no-referrer',
            'content-security-policy': expect.stringContaining("default-src 'none'"),
          }),
        ])
        expect(answer.headers.has('etag')).toBe(false)
        expect([address, method, answer.status]).not.toContain(304)
      }
    }
    expect(await read('/robots.txt')).toContain('Disallow: /private/')
  })

  test('names its address only where it leads back into it', async () => {
    for (const [name, address] of Object.entries(pages())) {
      const html = await read(address)
      const own = address.split('/').slice(0, 3).join('/')
      const inLinks = linksIn(html).filter((link) => link.startsWith(own)).length
      expect([name, html.split(own).length - 1]).toEqual([name, inLinks])
      const head = html.slice(0, html.indexOf('<body>'))
      expect([name, head.includes('/private/')]).toEqual([name, false])
      expect(head).not.toMatch(/canonical|property="og:|name="description"|twitter:/)
      expect(head).toContain('<meta name="robots" content="noindex, nofollow">')
    }
  })

  test.each(['', '/', '/incidents/nothing00000', '/defects/nothing00000', '/sla/2026-01', '/.json', '?a=b'])(
    'is that of any page that is not there when nobody has the secret: %s',
    async (below) => {
      const missing = await answer('/nothing-here')
      const wrong = hidden.customer.secret.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
      expect(missing.status).toBe(404)
      expect(await answer(`/private/${wrong}${below}`)).toEqual(missing)
    },
  )

  test('is not there under another spelling of its address', async () => {
    const { secret } = hidden.customer
    const missing = await answer('/nothing-here')
    for (const address of [
      `/%70rivate/${secret}`,
      `/%2570rivate/${secret}`,
      `/Private/${secret}`,
      `/private//${secret}`,
      `/private/%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}`,
      '/private/-',
    ]) {
      expect([address, await answer(address)]).toEqual([address, missing])
    }
  })

  test('is not there once its link is ended, for the very next reader', async () => {
    const { secret, contract, link, defect } = hidden.product
    expect((await answer(`/private/${secret}/defects/${defect}`)).status).toBe(200)
    await site.write((tx) => revokeContractLink(tx, contract, link))
    const missing = await answer('/nothing-here')
    for (const below of ['', `/defects/${defect}`, `/incidents/${site.world.incidents.open}`]) {
      expect(await answer(`/private/${secret}${below}`)).toEqual(missing)
    }
  })
})

describe('a private page', () => {
  test('shows the defects of its plan, and not those of a customer on it', async () => {
    const html = await read(`/private/${hidden.plan.secret}`)
    expect(html).toContain(hidden.plan.defect)
    const others = [...Object.values(hidden.customer.defects), hidden.other.defect]
    expect(others.filter((id) => html.includes(id))).toEqual([])
    for (const id of others)
      expect((await answer(`/private/${hidden.plan.secret}/defects/${id}`)).status).toBe(404)
  })

  test('shows the panels behind open incidents once, and every open promise by its deadline', async () => {
    const html = await read(base)
    const { defects } = hidden.customer
    const panels = [...html.matchAll(/id="defect-([0-9a-z]+)"/g)].map(([, id]) => id)
    expect(panels.toSorted()).toEqual([site.world.defects.open, ...Object.values(defects)].toSorted())
    const open = html.slice(html.indexOf('id="open"'), html.indexOf('id="terms"'))
    const due = open.slice(open.indexOf('id="open-due"'), open.indexOf('id="open-waiting"'))
    const rows = [...due.matchAll(/data-deadline="(\d+)"/g)].map(([, deadline]) => Number(deadline))
    expect(rows.length).toBeGreaterThan(5)
    expect(rows).toEqual(rows.toSorted((a, b) => a - b))
    for (const id of [site.world.defects.returned, defects.missed, defects.paused]) expect(open).toContain(id)
  })

  test('shows support hours as everybody sees them, and how fast it was for its own defects too', async () => {
    const hours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }]
    await site.write((tx) => createSupportHours(tx, { channel: 'phone', time_zone: 'Asia/Kolkata', hours }))
    const [own, everybodys] = [await read(base), await read('/sla')]
    expect(sectionOf(own, 'support')).toContain('around the clock')
    expect(sectionOf(own, 'support')).toBe(sectionOf(everybodys, 'support'))
    expect(sectionOf(own, 'measured')).toContain('last twelve months')
    expect(sectionOf(own, 'measured')).not.toBe(sectionOf(everybodys, 'measured'))
  })

  test('says nothing of clocks to come where they have started with the report', async () => {
    const { secret, id } = await site.write(async (tx) => {
      const terms = { name: 'Reports', policy_id: 'standard', clock_starts: 'report' } as const
      const contract = await createContract(tx, { ...terms, customer: 'Reporters' })
      const report = {
        key: 'RPT-1',
        title: 'Not confirmed',
        severity: 'high',
        customer: 'Reporters',
      } as const
      const id = await reportDefect(tx, report)
      const { secret } = await createContractLink(tx, contract, { name: 'Reporters' })
      return { secret, id }
    })
    expect(await read(`/private/${secret}`)).toContain('start when it is reported')
    const html = await read(`/private/${secret}/defects/${id}`)
    expect(html).toContain('No deadline is set until a specialist confirms the defect.')
    expect(html).not.toMatch(/clocks start when/)
  })

  test('leads to what is private rather than to its public counterpart, and nowhere that does not exist', async () => {
    // Where everybody sees no promise, a link to a public page of promises would lead nowhere.
    await site.write((tx) => updatePage(tx, { commitments: 'internal' }))
    const deadLinks = linkChecker()
    for (const [name, address] of Object.entries(pages())) {
      const html = await read(address)
      const counterparts = linksIn(html).filter((link) => /^\/($|incidents\/|defects\/|sla)/.test(link))
      expect([name, counterparts, await deadLinks(site.origin + address, html)]).toEqual([name, [], []])
    }
    await site.write((tx) => updatePage(tx, { commitments: 'public' }))
  })

  test('is valid HTML, and runs nothing inline', async () => {
    for (const [name, address] of Object.entries(pages())) {
      const html = await read(address)
      const inline = html.match(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=/g) ?? []
      expect([name, inline, await invalidHtml(html)]).toEqual([name, [], []])
    }
  })

  test.each([
    { colorScheme: 'light', width: 320 },
    { colorScheme: 'dark', width: 1280 },
  ] as const)('is sound in $colorScheme, $width px wide', async ({ colorScheme, width }) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
    })
    for (const name of ['private home', 'private incident', 'private defect']) {
      const address = pages()[name]
      const page = await context.newPage()
      const heard = listen(page, site.origin)
      await page.goto(site.origin + address, { waitUntil: 'load' })
      const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
      expect([name, overflow, await violations(page), heard]).toEqual([
        name,
        0,
        [],
        { errors: [], foreign: [] },
      ])
      await keepScreenshot(page, `${name}-${colorScheme}-${width}`)
      await page.close()
    }
    await context.close()
  })

  test('tells no other site where the reader came from', async () => {
    const page = await browser.newPage()
    await page.goto(site.origin + base)
    const told: (string | undefined)[] = []
    page.on('request', (request) => told.push(request.headers().referer))
    await page.getByRole('link', { name: 'History' }).click()
    await page.waitForURL('**/history')
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter((referer) => referer?.includes('/private'))).toEqual([])
    expect(await page.evaluate(() => document.referrer)).toBe('')
    await page.close()
  })

  test('says when the contract has ended, and which terms apply now', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    await site.write((tx) =>
      reviseContract(tx, hidden.other.contract, { valid_from: day(20), valid_to: day(50) }),
    )
    const text = async () => (await read(`/private/${hidden.other.secret}`)).replaceAll(/\s/g, ' ')
    expect(await text()).toMatch(/holds until the end of \w+ \d+ \w+ \d{4}\./)
    await site.write((tx) =>
      tx.db
        .updateTable('sla_contract')
        .set({ valid_from_on: day(-30), valid_to_on: day(-9) })
        .where('id', '=', hidden.other.contract)
        .where('version', '=', 2)
        .execute(),
    )
    const ended = await text()
    expect(ended).toMatch(/ ended on \w+ \d+ \w+ \d{4}\./)
    expect(ended).toContain('to what is confirmed now the standard terms apply.')
    expect(ended).toContain('Standard terms, version 1')
    expect(ended).toContain(hidden.other.defect)
  })
})

function sectionOf(html: string, id: string): string | undefined {
  return new RegExp(`<section[^>]* id="${id}"[^>]*>.*?</section>`, 's').exec(html)?.[0]
}

async function read(address: string): Promise<string> {
  return (await fetch(site.origin + address)).text()
}

async function answer(address: string): Promise<{ status: number; html: string }> {
  const response = await fetch(site.origin + address)
  return { status: response.status, html: await response.text() }
}
