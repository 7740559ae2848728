import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MINUTE_MS } from '../../src/lib/instant.ts'
import { createWeb } from '../../src/web.ts'
import { type AskedBundle, loadBundle } from '../support/bundle.ts'
import { endOutage } from '../support/changing-world.ts'
import {
  type Answer,
  addressesOf,
  answersOf,
  type Existing,
  pageAddressesOf,
  publicPages,
  publicRoutes,
} from '../support/public-routes.ts'
import { METRICS_TOKEN, type PublicSite, startPublicSite } from '../support/public-site.ts'
import { publicIds } from '../support/public-world.ts'

// The real program with its page cache, held against the same bundle without one.

let site: PublicSite
let bundle: AskedBundle
beforeAll(async () => {
  site = await startPublicSite()
  await endOutage(site.write, site.world)
  bundle = await loadBundle({
    AVOW_DATABASE: `file:${site.file}`,
    AVOW_URL: site.origin,
    AVOW_LOG_LEVEL: 'silent',
  })
})
afterAll(() => site.stop())

describe('the page cache', () => {
  test('gives every public address the bytes that the bundle has for it', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const existing: Existing = {
      ids: publicIds(site.world),
      months: [today.slice(0, 7)],
      days: [today],
    }
    const addresses = [
      ...publicPages()
        .filter((page) => !/^\/admin(\/|$)/.test(page))
        .flatMap((page) => pageAddressesOf(page, existing)),
      ...publicRoutes(createWeb(site.ctx))
        .filter((route) => !/\*|^\/api\/admin|^\/v1|^\/(healthz|readyz)/.test(route))
        .flatMap((route) => addressesOf(route, existing))
        .flatMap((address) => (address.includes('uptime') ? [address, `${address}?page=2`] : [address])),
    ]
    const askThrice = async () => ({
      minute: Math.floor(Date.now() / MINUTE_MS),
      cached: await answersOf((address) => fetch(site.origin + address), addresses),
      again: await answersOf((address) => fetch(site.origin + address), addresses),
      made: await answersOf((address) => bundle.get(address), addresses),
    })
    let asked = await askThrice()
    // An outage that runs is counted up to the minute of the clock: all rounds lie within one.
    while (asked.minute !== Math.floor(Date.now() / MINUTE_MS)) asked = await askThrice()
    const { cached, again, made } = asked
    const inside = await withStyles(made)
    const found = [...made].filter(([, { status }]) => status === 200)
    expect(found.length).toBeGreaterThan(40)
    for (const [address, { status, body }] of inside) {
      for (const { status: answered, body: sent } of [cached.get(address), again.get(address)].filter(
        (it) => it !== undefined,
      ))
        expect([address, answered, Buffer.from(sent).equals(body)]).toEqual([address, status, true])
    }
  })

  test('keeps all that is found, whatever it is', async () => {
    expect(await metric('avow_page_cache_entries')).toBeGreaterThan(40)
    const misses = () => metric('avow_page_cache_total{outcome="miss"}')
    const before = await misses()
    for (const address of [
      '/',
      '/sla',
      '/feed.json',
      '/calendar.ics',
      '/social.png',
      '/api/v2/summary.json',
      '/sla/record.csv',
      '/robots.txt',
    ])
      await (await fetch(site.origin + address)).arrayBuffer()
    expect(await misses()).toBe(before)
  })

  test('knows every query parameter that a route reads', () => {
    const sources = ['src/pages', 'src/ui', 'src/api/public', 'src/lib'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|astro)$/.test(name) && !/^(private|admin|console)\//.test(name))
        .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
    )
    const read = sources.flatMap((text) => [
      ...text.matchAll(/searchParams\.(?:get|getAll|has)\(['"](\w+)|req\.quer(?:y|ies)\(['"](\w+)/g),
    ])
    const names = new Set(read.map(([, name, other]) => name ?? other))
    // Another one needs a line in src/page-cache/key.ts, and its addresses here.
    expect([...names].sort()).toEqual(['component', 'page', 'theme'])
  })
})

async function metric(name: string): Promise<number> {
  const answer = await fetch(`${site.origin}/metrics`, {
    headers: { Authorization: `Bearer ${METRICS_TOKEN}` },
  })
  const line = (await answer.text()).split('\n').find((one) => one.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

/** The same answers, with each style sheet that a page names standing in the page, as the page cache serves it. */
async function withStyles(answers: ReadonlyMap<string, Answer>): Promise<Map<string, Answer>> {
  const texts = new Map<string, string>()
  const link = /<link rel="stylesheet" href="([^"]+)">/g
  for (const { body } of answers.values())
    for (const [, address = ''] of Buffer.from(body).toString().matchAll(link))
      if (!texts.has(address)) texts.set(address, await (await fetch(site.origin + address)).text())
  return new Map(
    [...answers].map(([address, answer]) => {
      const text = Buffer.from(answer.body).toString('latin1')
      const whole = text.replace(
        link,
        (_, sheet) => `<style>${Buffer.from(texts.get(sheet) ?? '').toString('latin1')}</style>`,
      )
      return [address, { ...answer, body: Buffer.from(whole, 'latin1') }]
    }),
  )
}
