import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { getPage } from '../../src/domain/page.ts'
import { createToken } from '../../src/domain/staff/tokens.ts'
import { createWeb } from '../../src/web.ts'
import { create } from '../support/admin-client.ts'
import { type Bundle, loadBundle } from '../support/bundle.ts'
import { endOutage } from '../support/changing-world.ts'
import {
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
let bundle: Bundle
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
    const existing: Existing = { ids: publicIds(site.world), months: [new Date().toISOString().slice(0, 7)] }
    const addresses = [
      ...publicPages().flatMap((page) => pageAddressesOf(page, existing)),
      ...publicRoutes(createWeb(site.ctx))
        .filter((route) => !/\*|^\/api\/admin|^\/(healthz|readyz)/.test(route))
        .flatMap((route) => addressesOf(route, existing)),
    ]
    const cached = await answersOf((address) => fetch(site.origin + address), addresses)
    const again = await answersOf((address) => fetch(site.origin + address), addresses)
    const made = await answersOf((address) => bundle.get(address), addresses)
    const found = [...made].filter(([, { status }]) => status === 200)
    expect(found.length).toBeGreaterThan(40)
    for (const [address, { status, body }] of made) {
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
      '/api/v2/incidents.json',
      '/sla/record.csv',
      '/robots.txt',
    ])
      await (await fetch(site.origin + address)).arrayBuffer()
    expect(await misses()).toBe(before)
  })

  test('knows every query parameter that a route reads', () => {
    const sources = ['src/pages', 'src/ui', 'src/api/public'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|astro)$/.test(name) && !name.startsWith('private/'))
        .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
    )
    const read = sources.flatMap((text) => [
      ...text.matchAll(/searchParams\.(?:get|getAll|has)\(['"](\w+)|req\.quer(?:y|ies)\(['"](\w+)/g),
    ])
    const names = new Set(read.map(([, name, other]) => name ?? other))
    // Another one needs a line in src/page-cache/key.ts, and its addresses here.
    expect([...names].sort()).toEqual(['component', 'page'])
  })
})

const READERS = 500
const UPDATES = 5

describe('five hundred readers at once', () => {
  test('see each update with the first answer after it was taken, and nothing but answers', {
    timeout: 60_000,
  }, async () => {
    const { secret } = await site.write((tx) =>
      createToken(tx, { name: 'herd', scopes: ['incidents:write'] }),
    )
    const incident = await site.write((tx) => openIncident(tx, { name: 'Mail is late', body: 'Update 0.' }))
    await readUpdate(new Agent(), incident)
    const [rendersBefore, { version }] = [await metric(RENDERS), await getPage(site.ctx.read)]

    const acknowledged: number[] = [0]
    const answers: { begunAt: number; status: number; update: number }[] = []
    let isOver = false
    const read = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      while (!isOver) {
        const begunAt = performance.now()
        answers.push({ begunAt, ...(await readUpdate(agent, incident)) })
      }
      agent.destroy()
    }
    const reading = Array.from({ length: READERS }, read)
    for (let update = 1; update <= UPDATES; update += 1) {
      await delay(1_000)
      const body = { status: 'investigating', body: `Update ${update}.` }
      await create({ origin: site.origin, secret }, `/incidents/${incident}/updates`, body)
      acknowledged.push(performance.now())
    }
    await delay(500)
    isOver = true
    await Promise.all(reading)

    expect(answers.length).toBeGreaterThan(READERS * 2)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const late = answers.filter(
      ({ begunAt, update }) => update < acknowledged.filter((at) => at <= begunAt).length - 1,
    )
    expect(late).toEqual([])
    expect(new Set(answers.map(({ update }) => update)).size).toBe(UPDATES + 1)
    const events = (await listEvents(site.ctx.read, { limit: 100 })).filter(({ id }) => id > version)
    const changes = new Set(events.map(({ at }) => at)).size
    const renders = (await metric(RENDERS)) - rendersBefore
    expect(renders).toBeGreaterThanOrEqual(UPDATES)
    expect(renders).toBeLessThanOrEqual(changes)
  })
})

const RENDERS = 'avow_render_seconds_count{kind="page"}'

async function metric(name: string): Promise<number> {
  const answer = await fetch(`${site.origin}/metrics`, {
    headers: { Authorization: `Bearer ${METRICS_TOKEN}` },
  })
  const line = (await answer.text()).split('\n').find((one) => one.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

/** The newest update that the page of an incident shows. */
async function readUpdate(agent: Agent, incident: string): Promise<{ status: number; update: number }> {
  return new Promise((resolve, reject) => {
    const asking = request(`${site.origin}/incidents/${incident}`, { agent }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const numbers = [
          ...Buffer.concat(chunks)
            .toString()
            .matchAll(/Update (\d+)\./g),
        ].map(([, one]) => Number(one))
        resolve({ status: incoming.statusCode ?? 0, update: Math.max(...numbers) })
      })
    })
    asking.on('error', reject)
    asking.end()
  })
}
