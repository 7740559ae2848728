import Parser from 'rss-parser'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { scheduleMaintenance } from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { readSubscribePage } from '../../../src/domain/status-page/read-subscribe-page.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { waysToFollow } from '../../../src/ui/ways-to-follow.ts'
import { publicRoutes } from '../../support/public-routes.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

/** An open incident of Checkout and a maintenance of the API, a day from now. */
async function happenings(site: Site) {
  const { api, checkout } = site.components
  const incident = await site.as('responder', (tx) =>
    openIncident(tx, {
      name: 'Payments fail',
      body: 'We are investigating.',
      components: { [checkout]: 'partial_outage' },
    }),
  )
  site.clock.advance({ minutes: 10 })
  const maintenance = await site.as('responder', (tx) =>
    scheduleMaintenance(tx, {
      name: 'Database upgrade',
      body: 'The API is read-only.',
      scheduled_for: site.clock.now() + 24 * HOUR_MS,
      scheduled_until: site.clock.now() + 26 * HOUR_MS,
      components: { [api]: 'under_maintenance' },
    }),
  )
  return { incident, maintenance }
}

const titles = async (response: Response) =>
  (await new Parser().parseString(await response.text())).items.map(({ title }) => title)

describe('public documents', () => {
  test('are there with their types, and HEAD answers as GET does without the body', async ({ site }) => {
    const { incident, maintenance } = await happenings(site)
    const types = {
      '/history.rss': 'application/rss+xml; charset=utf-8',
      '/history.atom': 'application/atom+xml; charset=utf-8',
      '/updates.rss': 'application/rss+xml; charset=utf-8',
      '/updates.atom': 'application/atom+xml; charset=utf-8',
      '/feed.json': 'application/feed+json; charset=utf-8',
      '/calendar.ics': 'text/calendar; charset=utf-8',
      [`/components/${site.components.checkout}/history.rss`]: 'application/rss+xml; charset=utf-8',
      [`/components/${site.components.checkout}/history.atom`]: 'application/atom+xml; charset=utf-8',
      '/social.png': 'image/png',
      [`/social/incidents/${incident}.png`]: 'image/png',
      [`/social/maintenance/${maintenance}.png`]: 'image/png',
    }
    for (const [path, type] of Object.entries(types)) {
      const got = await site.web.request(path)
      expect([path, got.status, got.headers.get('Content-Type')]).toEqual([path, 200, type])
      expect(got.headers.get('Cache-Control')).toBe(
        'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400',
      )
      const head = await site.web.request(path, { method: 'HEAD' })
      expect([head.status, head.headers.get('ETag')]).toEqual([200, got.headers.get('ETag')])
      expect((await head.arrayBuffer()).byteLength).toBe(0)
    }
  })

  test('are not sent again to those who have them, until something happens', async ({ site }) => {
    const { incident } = await happenings(site)
    for (const path of ['/history.rss', '/updates.atom', '/feed.json', '/calendar.ics', '/social.png']) {
      const etag = (await site.web.request(path)).headers.get('ETag') ?? ''
      expect(etag).toMatch(/^"[\w-]+"$/)
      const ask = (tag: string) => site.web.request(path, { headers: { 'If-None-Match': tag } })
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
        expect((await ask(tag)).status).toBe(304)
      expect((await ask('"other"')).status).toBe(200)
      expect((await ask(etag)).headers.get('ETag')).toBe(etag)
      site.clock.advance({ minutes: 1 })
      expect((await ask(etag)).status).toBe(304)
    }
    const before = (await site.web.request('/history.rss')).headers.get('ETag') ?? ''
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, incident, { status: 'resolved', body: 'It is over.' }),
    )
    const after = await site.web.request('/history.rss', { headers: { 'If-None-Match': before } })
    expect(after.status).toBe(200)
    expect(await after.text()).toContain('It is over.')
  })

  test.for([
    '/components/nothing/history.rss',
    '/components/nothing/history.atom',
    '/components/No-Id/history.rss',
    '/social/incidents/nothing.png',
    '/social/maintenance/nothing.png',
    '/social/components/nothing.png',
    '/social/incidents/nothing',
    '/history.xml',
  ])('that do not exist are a plain 404: %s', async (path, { site }) => {
    const response = await site.web.request(path)
    expect([path, response.status]).toEqual([path, 404])
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/)
  })
})

describe('the feed of a component', () => {
  test('tells what touched it and nothing else', async ({ site }) => {
    await happenings(site)
    const feed = (id: string) => site.web.request(`/components/${id}/history.rss`)
    const { api, checkout, reports } = site.components
    expect(await titles(await feed(api))).toEqual(['Database upgrade'])
    expect(await titles(await feed(checkout))).toEqual(['Payments fail'])
    expect(await titles(await feed(reports))).toEqual([])
    expect(await titles(await site.web.request('/history.atom'))).toEqual([
      'Database upgrade',
      'Payments fail',
    ])
  })
})

test('every feed, calendar, badge and document is among the ways to follow the page or a component', async ({
  site,
}) => {
  const id = site.components.api
  const pathsFor = async (componentId: string | null) => {
    const view = await site.ctx.snapshot((reader) =>
      readSubscribePage(reader, { componentId }, { url: site.ctx.config.url, now: site.clock.now() }),
    )
    return view === undefined
      ? []
      : waysToFollow(view, []).flatMap(({ lines }) => lines.map(({ path }) => path))
  }
  const paths = [...(await pathsFor(null)), ...(await pathsFor(id))]
  const addresses = publicRoutes(site.web)
    .filter(
      (route) => /\.(rss|atom|ics|json|svg)\}?$/.test(route) && !/^\/(api\/admin|v1)\/|schema/.test(route),
    )
    // Of one incident there is an address on its page.
    .filter((route) => !/\/incidents\/:/.test(route))
    .map((route) => route.replace(/:id/, id).replace(/:file\{.*\}/, `${id}.json`))
  expect(addresses.length).toBeGreaterThan(20)
  expect(addresses.filter((address) => !paths.includes(address))).toEqual([])
})
