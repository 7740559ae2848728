import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { cancelMaintenance } from '../../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { createToken } from '../../../src/domain/staff/tokens.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { describe, expect, test } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'
import { get, incidentOf, incidentsOf, link, open, post } from './incident-story.ts'

describe('the lists of incidents', () => {
  test('hold the fifty that began last, and all that are unresolved, the latest first', async ({ site }) => {
    const ids: string[] = []
    for (let number = 1; number <= 51; number += 1) {
      site.clock.advance({ minutes: 1 })
      const isOver = number > 1
      ids.unshift(
        await open(site, { name: `Number ${number}`, status: isOver ? 'resolved' : 'investigating' }),
      )
    }
    site.clock.advance({ minutes: 1 })
    const told = await open(site, {
      name: 'Told late',
      backfilled: true,
      display_at: site.clock.now() - HOUR_MS,
    })
    const [oldest = ''] = ids.slice(-1)
    expect((await incidentsOf(site)).map(({ id }) => id)).toEqual(ids.slice(0, 50))
    expect((await incidentsOf(site, 'incidents/unresolved')).map(({ id }) => id)).toEqual([oldest, told])
  })

  test('are empty while there is nothing, and the page is as old as its components', async ({ site }) => {
    const { page, ...rest } = await get(site, '/api/v2/incidents/unresolved.json')
    expect(rest).toEqual({ incidents: [] })
    expect(page).toMatchObject({ updated_at: '2026-11-12T06:30:00.000Z' })
  })

  test('date the page by what anybody can see', async ({ site }) => {
    const updatedAt = async () => (await get(site, '/api/v2/incidents.json')).page.updated_at
    site.clock.advance({ hours: 1 })
    await site.as('administrator', (tx) => createToken(tx, { name: 'A token', scopes: ['read'] }))
    await site.as('responder', (tx) => reportDefect(tx, { key: 'SEC-2', title: 'A hole', severity: 'high' }))
    expect(await updatedAt()).toBe('2026-11-12T06:30:00.000Z')
    await site.as('responder', (tx) =>
      scheduleMaintenance(tx, {
        name: 'Database upgrade',
        body: 'The API is read-only.',
        scheduled_for: site.clock.now() + 24 * HOUR_MS,
        scheduled_until: site.clock.now() + 26 * HOUR_MS,
        components: { [site.components.api]: 'under_maintenance' },
      }),
    )
    expect(await updatedAt()).toBe('2026-11-12T07:30:00.000Z')
  })
})

describe('every document about incidents', () => {
  const paths = (id: string) => [
    '/api/v2/incidents.json',
    '/api/v2/incidents/unresolved.json',
    `/api/v2/incidents/${id}.json`,
    `/incidents/${id}.json`,
  ]

  test('may be read from any origin, and kept for a moment', async ({ site }) => {
    for (const path of paths(await open(site))) {
      const response = await site.web.request(path, { headers: { Origin: 'https://dashboard.example' } })
      expect([path, response.status]).toEqual([path, 200])
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'ETag,Link',
        'cache-control': 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400',
        'content-type': 'application/json; charset=utf-8',
        etag: expect.stringMatching(/^"[\w-]+"$/),
      })
      const preflight = await site.web.request(path, {
        method: 'OPTIONS',
        headers: {
          Origin: 'https://dashboard.example',
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': 'If-None-Match',
        },
      })
      expect([preflight.status, preflight.headers.get('Access-Control-Allow-Headers')]).toEqual([
        204,
        'If-None-Match',
      ])
    }
  })

  test('is not sent again while nothing happens, though clocks run and run out', async ({ site }) => {
    const incident = await open(site, { components: { [site.components.api]: 'partial_outage' } })
    site.clock.advance({ minutes: 1 })
    await link(site, incident, 'API-7', true)
    const goals = async () =>
      (await incidentOf(site, incident)).sla.defects[0].goals.map((goal: Json) => [
        goal.verdict,
        goal.used_business_seconds,
        goal.late_business_seconds,
      ])
    const running = (...verdicts: string[]) => verdicts.map((verdict) => [verdict, null, null])
    for (const path of paths(incident)) {
      const etag = (await site.web.request(path)).headers.get('ETag') ?? ''
      const ask = () => site.web.request(path, { headers: { 'If-None-Match': etag } })
      site.clock.advance({ minutes: 1 })
      const unchanged = await ask()
      expect([path, unchanged.status, unchanged.headers.get('ETag')]).toEqual([path, 304, etag])
      expect(unchanged.headers.get('Access-Control-Allow-Origin')).toBe('*')
    }
    expect(await goals()).toEqual(running('open', 'open', 'open'))
    const etags = async () =>
      Promise.all(paths(incident).map(async (path) => (await site.web.request(path)).headers.get('ETag')))
    const open4Hours = await etags()
    site.clock.advance({ hours: 4 })
    expect(await goals()).toEqual(running('missed', 'missed', 'open'))
    const missed = await etags()
    for (const [index, etag] of missed.entries()) expect(etag).not.toBe(open4Hours[index])
    site.clock.advance({ hours: 1 })
    expect(await etags()).toEqual(missed)
    await post(site, incident, 'resolved')
    for (const [index, etag] of (await etags()).entries()) expect(etag).not.toBe(missed[index])
    expect((await goals())[0]).toEqual(['missed', expect.any(Number), expect.any(Number)])
  })

  test.for([
    '/api/v2/incidents/nothing.json',
    '/api/v2/incidents/No-Id.json',
    '/api/v2/incidents/.json',
    '/incidents/nothing.json',
    '/incidents/No-Id.json',
    '/api/v2/nothing.json',
    '/api/v2/incidents/nothing',
  ])('that does not exist is a 404 in JSON for any origin: %s', async (path, { site }) => {
    const response = await site.web.request(path)
    expect([path, response.status]).toEqual([path, 404])
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(await response.json()).toMatchObject({ status: 404, title: 'Not found' })
  })

  test('is there for a maintenance as well, which tools look for at the same addresses', async ({ site }) => {
    const plan = (hours: number) =>
      site.as('responder', (tx) =>
        scheduleMaintenance(tx, {
          name: 'Database upgrade',
          body: 'The API is read-only.',
          scheduled_for: site.clock.now() + hours * HOUR_MS,
          scheduled_until: site.clock.now() + (hours + 1) * HOUR_MS,
          components: { [site.components.api]: 'under_maintenance' },
        }),
      )
    const id = await plan(1)
    const { page, scheduled_maintenances } = await get(site, '/api/v2/scheduled-maintenances.json')
    const [incident] = scheduled_maintenances
    expect(await get(site, `/api/v2/incidents/${id}.json`)).toEqual({ page, incident })
    expect(await get(site, `/incidents/${id}.json`)).toEqual(incident)
    const head = await site.web.request(`/incidents/${id}.json`, { method: 'HEAD' })
    expect([head.status, head.headers.get('Access-Control-Allow-Origin')]).toEqual([200, '*'])
    // Programs have no word for one that was called off.
    const cancelled = await plan(24)
    await site.as('responder', (tx) => cancelMaintenance(tx, cancelled, { body: 'Not needed.' }))
    for (const path of [`/api/v2/incidents/${cancelled}.json`, `/incidents/${cancelled}.json`])
      expect((await site.web.request(path)).status).toBe(404)
  })
})
