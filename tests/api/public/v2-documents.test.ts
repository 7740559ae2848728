import { createComponentGroup } from '../../../src/domain/components/component-groups.ts'
import { archiveComponent, updateComponent } from '../../../src/domain/components/components.ts'
import {
  cancelMaintenance,
  type NewMaintenanceUpdate,
  postMaintenanceUpdate,
} from '../../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'
import { get, link, open, post } from './incident-story.ts'

const LISTS = [
  '/api/v2/summary.json',
  '/api/v2/status.json',
  '/api/v2/components.json',
  '/api/v2/incidents.json',
  '/api/v2/incidents/unresolved.json',
  '/api/v2/scheduled-maintenances.json',
  '/api/v2/scheduled-maintenances/upcoming.json',
  '/api/v2/scheduled-maintenances/active.json',
]

function plan(site: Site, name: string, inHours: number, hours = 1): Promise<string> {
  return site.as('responder', (tx) =>
    scheduleMaintenance(tx, {
      name,
      body: 'The API is read-only.',
      scheduled_for: tx.now + inHours * HOUR_MS,
      scheduled_until: tx.now + (inHours + hours) * HOUR_MS,
      components: { [site.components.api]: 'under_maintenance' },
    }),
  )
}

function goOn(site: Site, id: string, status: NewMaintenanceUpdate['status']): Promise<string> {
  return site.as('responder', (tx) => postMaintenanceUpdate(tx, id, { status, body: `It is ${status}.` }))
}

/** A page with a group, an outage in it, and a maintenance in every state. */
async function busySite(site: Site) {
  const { api, checkout, reports } = site.components
  const group = await site.as('administrator', async (tx) => {
    const shop = await createComponentGroup(tx, { name: 'Shop', description: 'What sells', position: 1 })
    for (const id of [checkout, reports]) await updateComponent(tx, id, { group_id: shop })
    await updateComponent(tx, api, { only_show_if_degraded: true, position: 9 })
    return shop
  })
  const maintenances = {
    completed: await plan(site, 'Done', 1),
    cancelled: await plan(site, 'Called off', 24),
    verifying: await plan(site, 'Nearly done', 2),
    running: await plan(site, 'Running', 3),
    later: await plan(site, 'Later', 72),
    soon: await plan(site, 'Soon', 48),
  }
  await site.as('responder', (tx) => cancelMaintenance(tx, maintenances.cancelled, { body: 'Not needed.' }))
  site.clock.advance({ hours: 4 })
  await goOn(site, maintenances.completed, 'in_progress')
  await goOn(site, maintenances.completed, 'completed')
  await goOn(site, maintenances.verifying, 'in_progress')
  const verifying = site.clock.now() + 60_000
  site.clock.advance({ minutes: 1 })
  await goOn(site, maintenances.verifying, 'verifying')
  await goOn(site, maintenances.running, 'in_progress')
  const incident = await open(site, { components: { [checkout]: 'partial_outage' } })
  return { group, maintenances, incident, verifyingAt: new Date(verifying).toISOString() }
}

const ids = (list: Json[]) => list.map(({ id }) => id)

describe('the documents of the dialect', () => {
  test('say what there is, in its order and vocabulary', async ({ site }) => {
    const { api, checkout, reports } = site.components
    const { group, maintenances, incident, verifyingAt } = await busySite(site)
    await link(site, incident, 'CHK-1', true)
    const documents = new Map<string, Json>()
    for (const path of LISTS) documents.set(path, await get(site, path))
    const list = (name: string) => documents.get(`/api/v2/${name}.json`)
    const summary = list('summary')

    expect(Object.keys(summary)).toEqual([
      'page',
      'components',
      'incidents',
      'scheduled_maintenances',
      'status',
    ])
    for (const document of documents.values()) expect(document.page).toEqual(summary.page)
    expect(list('status')).toEqual({ page: summary.page, status: summary.status })
    expect(summary.status).toEqual({ indicator: 'minor', description: 'Minor Service Outage' })

    expect(list('components').components).toEqual(summary.components)
    expect(summary.components.map(({ id, status }: Json) => [id, status])).toEqual([
      [group, 'partial_outage'],
      [checkout, 'partial_outage'],
      [reports, 'operational'],
      [api, 'under_maintenance'],
    ])
    expect(Object.entries(summary.components[0])).toEqual([
      ['id', group],
      ['name', 'Shop'],
      ['status', 'partial_outage'],
      ['created_at', '2026-11-12T06:30:00.000Z'],
      // Its state is that of its members.
      ['updated_at', '2026-11-12T10:31:00.000Z'],
      ['position', 1],
      ['description', 'What sells'],
      ['showcase', false],
      ['start_date', null],
      ['group_id', null],
      ['page_id', summary.page.id],
      ['group', true],
      ['only_show_if_degraded', false],
      ['components', [checkout, reports]],
    ])
    expect(summary.components[1]).not.toHaveProperty('components')
    expect(summary.components[3]).toMatchObject({ group: false, group_id: null, only_show_if_degraded: true })

    expect(list('incidents/unresolved').incidents).toEqual(summary.incidents)
    expect(summary.incidents[0].sla.defects[0].key).toBe('CHK-1')
    const { completed, verifying, running, later, soon } = maintenances
    const all = list('scheduled-maintenances').scheduled_maintenances
    expect(ids(all)).toEqual([later, soon, running, verifying, completed])
    const upcoming = list('scheduled-maintenances/upcoming').scheduled_maintenances
    const active = list('scheduled-maintenances/active').scheduled_maintenances
    expect([ids(upcoming), ids(active)]).toEqual([
      [soon, later],
      [verifying, running],
    ])
    expect(summary.scheduled_maintenances).toEqual([...active, ...upcoming])
    expect(Object.entries(active[0]).filter(([, value]) => !Array.isArray(value))).toEqual([
      ['id', verifying],
      ['name', 'Nearly done'],
      ['status', 'verifying'],
      ['created_at', '2026-11-12T06:30:00.000Z'],
      ['updated_at', verifyingAt],
      ['monitoring_at', verifyingAt],
      ['resolved_at', null],
      ['impact', 'maintenance'],
      ['shortlink', `https://status.ledgerlane.example/maintenance/${verifying}`],
      ['started_at', '2026-11-12T08:30:00.000Z'],
      ['page_id', summary.page.id],
      ['scheduled_for', '2026-11-12T08:30:00.000Z'],
      ['scheduled_until', '2026-11-12T09:30:00.000Z'],
    ])
    expect(active[0].components).toEqual([summary.components[3]])
    expect(active[0].incident_updates.map(({ status }: Json) => status)).toEqual([
      'verifying',
      'in_progress',
      'scheduled',
    ])
    expect(all[4]).toMatchObject({ status: 'completed', resolved_at: expect.any(String) })
  })

  test('may be read from any origin, and kept for a moment', async ({ site }) => {
    const { api } = site.components
    for (const path of [
      ...LISTS,
      `/api/v2/components/${api}.json`,
      `/api/v2/components/${api}/uptime.json`,
      `/uptime/${api}.json`,
      '/history.json?page=2',
    ]) {
      const response = await site.web.request(path, { headers: { Origin: 'https://dashboard.example' } })
      expect([path, response.status]).toEqual([path, 200])
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400',
        'content-type': 'application/json; charset=utf-8',
        etag: expect.stringMatching(/^"[\w-]+"$/),
      })
      const etag = response.headers.get('ETag') ?? ''
      const again = await site.web.request(path, { headers: { 'If-None-Match': etag } })
      expect([path, again.status]).toEqual([path, 304])
    }
  })

  test('tell each component and group alone, and none that was taken off', async ({ site }) => {
    const { group } = await busySite(site)
    const { checkout, reports } = site.components
    const { page, components } = await get(site, '/api/v2/components.json')
    for (const component of components)
      expect(await get(site, `/api/v2/components/${component.id}.json`)).toEqual({ page, component })
    await site.as('administrator', (tx) => archiveComponent(tx, reports))
    expect((await get(site, `/api/v2/components/${group}.json`)).component.components).toEqual([checkout])
    for (const id of [reports, 'nothing', 'No-Id']) {
      const response = await site.web.request(`/api/v2/components/${id}.json`)
      expect([id, response.status]).toEqual([id, 404])
      expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    }
  })

  test('tell the past of a component that was taken off, and of a group its state', async ({ site }) => {
    const { group } = await busySite(site)
    const { api, reports } = site.components
    await site.as('administrator', (tx) => archiveComponent(tx, reports))
    const statuses = async (paths: (id: string) => string[]) =>
      Promise.all(
        [api, reports, group].map(async (id) => {
          const all = paths(id).map(async (path) => (await site.web.request(path)).status)
          return [...new Set(await Promise.all(all))]
        }),
      )
    const ofState = (id: string) => [`/api/v2/components/${id}.json`, `/components/${id}/badge.svg`]
    const ofPast = (id: string) => [
      `/uptime/${id}.json`,
      `/api/v2/components/${id}/uptime.json`,
      `/components/${id}/history.rss`,
      `/components/${id}/history.atom`,
    ]
    expect(await statuses(ofState)).toEqual([[200], [404], [200]])
    expect(await statuses(ofPast)).toEqual([[200], [200], [404]])
    const badge = await (await site.web.request(`/components/${group}/badge.svg`)).text()
    expect(badge).toContain('<title>Shop: partial outage</title>')
  })

  test('date a component by its latest change, that of its state included', async ({ site }) => {
    const { api, checkout } = site.components
    const dates = async () => {
      const { components } = await get(site, '/api/v2/components.json')
      const timeOf = (id: string) => components.find((one: Json) => one.id === id).updated_at.slice(11, 16)
      return [timeOf(api), timeOf(checkout)]
    }
    site.clock.advance({ hours: 1 })
    // Back-dated: whoever looks for what is new finds it by when it was posted.
    const display_at = site.clock.now() - 30 * 60_000
    const incident = await open(site, { components: { [api]: 'partial_outage' }, display_at })
    expect(await dates()).toEqual(['07:30', '06:30'])
    site.clock.advance({ minutes: 5 })
    await post(site, incident, 'identified', { components: { [api]: 'partial_outage' } })
    expect(await dates()).toEqual(['07:30', '06:30'])
    site.clock.advance({ minutes: 5 })
    await post(site, incident, 'monitoring', { components: { [api]: 'operational' } })
    expect(await dates()).toEqual(['07:40', '06:30'])
    const maintenance = await plan(site, 'Soon', 1)
    site.clock.advance({ hours: 1 })
    expect(await dates()).toEqual(['07:40', '06:30'])
    await goOn(site, maintenance, 'in_progress')
    expect(await dates()).toEqual(['08:40', '06:30'])
  })

  test('say that all is operational while an incident touches nothing, and where there is nothing', async ({
    site,
  }) => {
    const calm = { indicator: 'none', description: 'All Systems Operational' }
    await open(site, { impact_override: 'critical' })
    expect((await get(site, '/api/v2/status.json')).status).toEqual(calm)
    await site.as('administrator', async (tx) => {
      for (const id of Object.values(site.components)) await archiveComponent(tx, id)
    })
    expect(await get(site, '/api/v2/summary.json')).toMatchObject({ status: calm, components: [] })
  })

  test('leave a group out of the state of the page: it is as bad as its worst member', async ({ site }) => {
    await site.as('administrator', async (tx) => {
      await archiveComponent(tx, site.components.reports)
      const shop = await createComponentGroup(tx, { name: 'Shop' })
      await updateComponent(tx, site.components.checkout, { group_id: shop })
      await updateComponent(tx, site.components.api, { group_id: shop })
      await createComponentGroup(tx, { name: 'Empty' })
    })
    const { api, checkout } = site.components
    await open(site, { components: { [api]: 'major_outage', [checkout]: 'major_outage' } })
    // An empty group works, and is no component that does.
    expect((await get(site, '/api/v2/status.json')).status.indicator).toBe('critical')
  })

  test('hold the fifty maintenances that were planned last', async ({ site }) => {
    const planned: string[] = []
    for (let number = 0; number < 51; number += 1)
      planned.unshift(await plan(site, `Number ${number}`, number + 1))
    const of = async (list: string) => ids((await get(site, `/api/v2/${list}.json`)).scheduled_maintenances)
    expect(await of('scheduled-maintenances')).toEqual(planned.slice(0, 50))
    expect(await of('scheduled-maintenances/upcoming')).toEqual(planned.toReversed())
  })
})

describe('the uptime of a component', () => {
  test('is told in seconds by day, three months a page, as calendars draw it', async ({ site }) => {
    const { api } = site.components
    site.clock.set('2026-11-11T12:00:00+05:30')
    const over = await open(site, { components: { [api]: 'partial_outage' } })
    site.clock.advance({ minutes: 20 })
    await post(site, over, 'resolved')
    site.clock.set('2026-11-12T12:00:30+05:30')
    const running = await open(site, { name: 'It is down', components: { [api]: 'major_outage' } })
    site.clock.advance({ minutes: 10 })
    const calendar = await get(site, `/uptime/${api}.json`)
    expect(calendar.component).toEqual({ id: api, name: 'API' })
    expect(calendar.months.map(({ key }: Json) => key)).toEqual(['2026-11', '2026-10', '2026-09'])
    const [november] = calendar.months
    expect(Object.keys(november)).toEqual([
      'key',
      'uptime_percentage',
      'partial_seconds',
      'major_seconds',
      'days',
    ])
    expect(november.days.at(-2)).toEqual({
      date: '2026-11-11',
      p: 1_200,
      m: 0,
      events: [{ name: 'Payments fail', code: over }],
    })
    // The last whole minute of the clock.
    expect(november.days.at(-1)).toEqual({
      date: '2026-11-12',
      p: 0,
      m: 570,
      events: [{ name: 'It is down', code: running }],
    })
    expect(november.days.length).toBe(12)
    expect(november.uptime_percentage).toBe(1 - (570 + 0.3 * 1_200) / (12 * 86_400))

    const pages = await Promise.all(
      [2, 3, 4].map(async (number) => (await get(site, `/uptime/${api}.json?page=${number}`)).months),
    )
    expect(pages.map((months) => months.map(({ key }: Json) => key))).toEqual([
      ['2026-08', '2026-07', '2026-06'],
      ['2026-05', '2026-04', '2026-03'],
      ['2026-02', '2026-01'],
    ])
    for (const query of ['?page=5', '?page=0', '?page=x'])
      expect((await site.web.request(`/uptime/${api}.json${query}`)).status).toBe(404)
    expect((await site.web.request('/uptime/nothing.json')).status).toBe(404)
  })

  test('is told with everything that a computation needs, twelve months a page', async ({ site }) => {
    const { api } = site.components
    await site.as('administrator', (tx) => updateComponent(tx, api, { start_date: '2025-03-30' }))
    const running = await open(site, { components: { [api]: 'partial_outage' } })
    site.clock.advance({ minutes: 30 })
    const { page, component, formula, months } = await get(site, `/api/v2/components/${api}/uptime.json`)
    expect([page.time_zone, component]).toEqual([
      'Asia/Kolkata',
      { id: api, name: 'API', start_date: '2025-03-30' },
    ])
    expect(formula).toContain('0.3 * partial_outage_seconds')
    expect(months.length).toBe(12)
    const [{ days, ...november }] = months
    expect(november).toEqual({
      month: '2026-11',
      uptime_ratio: 1 - (0.3 * 1_800) / (12 * 86_400),
      total_seconds: 12 * 86_400,
      partial_outage_seconds: 1_800,
      major_outage_seconds: 0,
    })
    expect(days.at(-1)).toEqual({
      date: '2026-11-12',
      status: 'partial_outage',
      uptime_ratio: 1 - (0.3 * 1_800) / 86_400,
      total_seconds: 86_400,
      partial_outage_seconds: 1_800,
      major_outage_seconds: 0,
      incident_ids: [running],
    })
    // Before the component's start there is nothing to compute with.
    const first = (await get(site, `/api/v2/components/${api}/uptime.json?page=2`)).months.at(-1)
    expect(first).toMatchObject({ month: '2025-03', uptime_ratio: 1, total_seconds: 2 * 86_400 })
    expect(first.days[0]).toMatchObject({ status: 'no_data', uptime_ratio: null, total_seconds: 0 })
    const before = (await get(site, `/uptime/${api}.json?page=7`)).months.at(-1)
    expect(before.days[0]).toEqual({ date: '2025-03-01', p: null, m: null, events: [] })
  })
})
