import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { kindOf } from '../../src/metrics.ts'
import { confirmed, judge } from '../domain/promised.ts'
import { type Answer, type CachedSite, moveTable, test as onCachedSite } from './cached-site.ts'

const SECRET = 'a-secret-of-the-operator'
const test = onCachedSite.extend({ metricsToken: SECRET })

describe('the metrics', () => {
  onCachedSite('are not there while nobody has set a token for them', async ({ cached }) => {
    expect((await cached.ask('/metrics')).status).toBe(404)
  })

  test('are for whoever has the token', async ({ cached }) => {
    for (const authorization of ['', 'Bearer another-secret-of-somebody', SECRET]) {
      const { status, headers } = await cached.ask('/metrics', { headers: { authorization } })
      expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer'])
    }
  })

  test('count every request, those that never reach the program included', async ({ cached }) => {
    for (let time = 0; time < 3; time += 1) await cached.ask('/history.rss')
    const { etag } = (await cached.ask('/history.rss')).headers
    await cached.ask('/history.rss', { headers: { 'if-none-match': etag ?? '' } })
    await cached.ask('/incidents/nothing.json')
    await cached.ask('/api/admin/v1/me')
    cached.instead(() => new Response(null, { status: 500 }))
    await cached.ask('/')
    const authorization = `Bearer ${SECRET}`
    const text = async () => (await cached.ask('/metrics', { headers: { authorization } })).text
    await expect.poll(text).toContain('avow_requests_total{kind="page",status="500"} 1')
    const lines = (await text()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'avow_requests_total{kind="feed",status="200"} 4',
        'avow_requests_total{kind="feed",status="304"} 1',
        'avow_requests_total{kind="api",status="404"} 1',
        'avow_requests_total{kind="api",status="401"} 1',
        'avow_request_seconds_count{kind="feed",status="200"} 4',
        'avow_page_cache_total{outcome="hit"} 4',
        'avow_page_cache_total{outcome="miss"} 1',
        'avow_page_cache_total{outcome="unkept"} 2',
        'avow_page_cache_entries 1',
        'avow_render_seconds_count{kind="feed"} 1',
      ]),
    )
    expect(lines.some((line) => line.startsWith('avow_nodejs_eventloop_lag_seconds '))).toBe(true)
  })

  test('tell how long the database lets others wait', async ({ cached, site }) => {
    const first = site.as('job', () => delay(120))
    await site.as('job', async () => undefined)
    await first
    await site.ctx.snapshot(async () => undefined)
    const numberOf = numbersIn((await readMetrics(cached)).text)
    expect(numberOf('avow_database_wait_seconds_bucket{le="0.1",for="write"}')).toBe(1)
    expect(numberOf('avow_database_wait_seconds_count{for="write"}')).toBe(2)
    expect(numberOf('avow_database_wait_seconds_count{for="read"}')).toBeGreaterThan(0)
  })

  test('tell how long work is due that no process does, as long as the database can be asked', async ({
    cached,
    site,
  }) => {
    await confirmed(site)
    const ages = async () => {
      const numberOf = numbersIn((await readMetrics(cached)).text)
      return ['settle', 'maintenance-steps'].map((queue) =>
        numberOf(`avow_queue_age_seconds{queue="${queue}"}`),
      )
    }
    expect(await ages()).toEqual([0, 0])
    // The response was due after four hours.
    site.clock.advance({ hours: 4, seconds: 90 })
    expect(await ages()).toEqual([90, 0])
    await judge(site)
    expect(await ages()).toEqual([0, 0])

    await moveTable(site, 'sla_deadline', 'lost')
    const { status, text } = await readMetrics(cached)
    expect([status, text]).toEqual([200, expect.stringContaining('avow_page_cache_entries ')])
    expect(text).not.toMatch(/^avow_queue_age_seconds/m)
    expect(cached.log).toContain('The database cannot be asked for the background work that is due.')
    await moveTable(site, 'lost', 'sla_deadline')
    expect(await ages()).toEqual([0, 0])
  })

  test('are there without a database', async ({ cached }) => {
    const { status, text } = await readMetrics(await cached.restart({ connected: false }))
    expect([status, text]).toEqual([200, expect.stringContaining('avow_page_cache_entries ')])
    expect(text).not.toMatch(/^avow_queue_age_seconds/m)
  })
})

function readMetrics(cached: CachedSite): Promise<Answer> {
  return cached.ask('/metrics', { headers: { authorization: `Bearer ${SECRET}` } })
}

/** The number of a series in what Prometheus reads; not a number where it is not there. */
function numbersIn(text: string): (series: string) => number {
  const lines = text.split('\n')
  return (series) => Number(lines.find((line) => line.startsWith(`${series} `))?.split(' ')[1])
}

describe('a kind of request', () => {
  test.for([
    ['/', 'page'],
    ['/incidents/abc', 'page'],
    ['/incidents/abc.json', 'api'],
    ['/api/v2/incidents.json', 'api'],
    ['/api/admin/v1/incidents', 'api'],
    ['/v1/pages/abc/incidents', 'api'],
    ['/sla/record.csv', 'api'],
    ['/feed.json', 'feed'],
    ['/components/abc/history.atom', 'feed'],
    ['/calendar.ics', 'feed'],
    ['/social/incidents/abc.png', 'image'],
    ['/favicon.svg', 'image'],
    ['/_astro/Layout.abc.css', 'file'],
    ['/robots.txt', 'file'],
    ['/readyz', 'operations'],
  ] as const)('%s is %s', ([path, kind]) => {
    expect(kindOf(path)).toBe(kind)
  })
})
