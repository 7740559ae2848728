import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import MarkdownIt from 'markdown-it'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { launchBrowser } from '../support/browser.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'

// What stands on other pages, and where people come to take it: a real browser, the real program, a page elsewhere.

let browser: Browser
let site: PublicSite
let elsewhere: Server
let port: number
/** What stands on another page elsewhere, and nothing around it. */
let bare = ''
beforeAll(async () => {
  browser = await launchBrowser()
  elsewhere = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' })
    response.end(
      request.url === '/bare'
        ? bare
        : `<!doctype html><title>An app</title><div id="place"><script src="${site.origin}/embed.js" async></script></div>`,
    )
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => elsewhere.once('listening', resolve))
  port = (elsewhere.address() as AddressInfo).port
  site = await startPublicSite({ AVOW_EMBED_ORIGINS: `http://localhost:${port} https://app.example.com` })
})
afterAll(async () => {
  await browser.close()
  elsewhere.close()
  await site.stop()
})

/** A page elsewhere with the script in it; this machine has two names, and one of them may show the card. */
async function pageAt(
  host: 'localhost' | '127.0.0.1',
): Promise<{ page: Page; asked: string[]; errors: string[] }> {
  const page = await (await browser.newContext()).newPage()
  const asked: string[] = []
  const errors: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).origin))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.clock.install()
  await page.goto(`http://${host}:${port}/`)
  return { page, asked, errors }
}

describe('the card', () => {
  test('may be shown by whom the setting names, and every other page of ours by nobody', async () => {
    const headers = async (path: string) => {
      const answer = await fetch(site.origin + path)
      const policy = answer.headers.get('content-security-policy') ?? ''
      return [/frame-ancestors [^;]*/.exec(policy)?.[0], answer.headers.get('x-frame-options')]
    }
    const named = `frame-ancestors http://localhost:${port} https://app.example.com`
    // Made, then from memory.
    for (const path of ['/embed', '/embed', '/embed/']) expect(await headers(path)).toEqual([named, null])
    for (const path of ['/', '/subscribe', '/api/v2/status.json', '/badge.svg', '/embed/x'])
      expect([path, await headers(path)]).toEqual([path, ["frame-ancestors 'none'", 'DENY']])
    const { page, errors } = await pageAt('127.0.0.1')
    await page.locator('#place iframe').waitFor({ state: 'attached' })
    await expect.poll(() => errors.join()).toContain('frame-ancestors')
    expect(await page.frameLocator('iframe').locator('h1#headline').count()).toBe(0)
    await page.context().close()
  })

  test('is put where the script stands while something is wrong, and taken away when it is over', async () => {
    const { page, asked, errors } = await pageAt('localhost')
    const frame = page.locator('#place > script + iframe')
    await frame.waitFor()
    expect(await frame.getAttribute('title')).toBe('Card payments fail.')
    const card = page.frameLocator('iframe')
    expect(await card.locator('h1').textContent()).toBe('Card payments fail.')
    expect(await card.locator('.card-promise').textContent()).toMatch(/promised by/)
    expect(await card.locator('a').getAttribute('href')).toBe(`${site.origin}/`)
    await site.write((tx) =>
      postIncidentUpdate(tx, site.world.incidents.open, { status: 'resolved', body: 'Payments go through.' }),
    )
    await page.clock.runFor(60_000)
    await frame.waitFor({ state: 'detached' })
    expect(await page.context().cookies()).toEqual([])
    expect(new Set(asked)).toEqual(new Set([`http://localhost:${port}`, site.origin]))
    expect(errors).toEqual([])
    await page.context().close()
    // Whoever comes while all is well is shown nothing.
    const calm = await pageAt('localhost')
    await calm.page.waitForResponse(/headline\.json/)
    expect(await calm.page.locator('iframe').count()).toBe(0)
    await calm.page.context().close()
  })

  test('comes by a script of at most 2 kB', () => {
    expect(readFileSync('public/embed.js').byteLength).toBeLessThanOrEqual(2_048)
  })
})

test('every line to follow by works where it is pasted into a page with nothing else on it', async () => {
  // It touches no component: `status.json` tells tools of none, and people are told all the same.
  await site.write((tx) => openIncident(tx, { name: 'Mail is late', body: 'We see it.' }))
  const [checkout] = site.world.components
  const context = await browser.newContext()
  const page = await context.newPage()
  const lines: [label: string, text: string][] = []
  for (const path of ['/subscribe', `/subscribe?component=${checkout}`]) {
    await page.goto(site.origin + path)
    for (const line of await page.locator('.copy').all())
      lines.push([
        (await line.locator('label').textContent()) ?? '',
        await line.locator('input').inputValue(),
      ])
  }
  const pasted = lines.flatMap(([label, text]) => {
    if (label === 'Markdown') return new MarkdownIt().render(text)
    if (label.startsWith('Image')) return `<img src="${text}">`
    return text.startsWith('<') ? text : []
  })
  expect(pasted.length).toBe(12)
  bare = pasted.join('\n')
  await page.goto(`http://localhost:${port}/bare`)
  await page.waitForLoadState('networkidle')
  const images = await page.$$eval('img', (all) =>
    all.map((one) => [one.naturalWidth > 0, one.naturalHeight]),
  )
  expect(images).toEqual(Array(10).fill([true, 24]))
  const headings = page
    .frames()
    .slice(1)
    .map((frame) => frame.locator('h1').textContent())
  expect(await Promise.all(headings)).toEqual(['Mail is late.', 'Mail is late.'])
  const links = await page.$$eval('body > a, p > a', (all) =>
    all.map((one) => (one as HTMLAnchorElement).href),
  )
  const home = [`${site.origin}/`, `${site.origin}/`]
  expect(links).toEqual([...home, ...home.map(() => `${site.origin}/components/${checkout}`)])
  for (const text of [...links, ...lines.flatMap(([, line]) => (line.startsWith('http') ? line : []))])
    expect([text, (await fetch(text)).status]).toEqual([text, 200])
  await context.close()
})

test('a line to follow by is copied by its button, and selected where nothing can be copied', async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto(`${site.origin}/subscribe`)
  await page.getByRole('button', { name: 'Copy: Every update, JSON Feed' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${site.origin}/feed.json`)
  expect(await page.locator('#announcement').textContent()).toBe('Copied.')
  await page.getByLabel('Incidents, RSS', { exact: true }).focus()
  expect(await page.evaluate(() => String(getSelection()))).toBe(`${site.origin}/history.rss`)
  await page.selectOption('select[name=component]', { label: 'Checkout' })
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/component=/)
  const [checkout] = site.world.components
  expect(await page.getByLabel('Atom', { exact: true }).inputValue()).toBe(
    `${site.origin}/components/${checkout}/history.atom`,
  )
  await context.close()
})
