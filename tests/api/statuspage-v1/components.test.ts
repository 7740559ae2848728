import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { describe, expect, test } from '../../support/site.ts'
import { send, v1Client } from './client.ts'

describe('components', () => {
  test('are made, read, listed, changed and taken off the page', async ({ site }) => {
    const client = await v1Client(site)
    const made = await client.post('/components', {
      component: {
        name: 'Search',
        description: 'Finds things',
        status: 'operational',
        start_date: '2026-02-01',
      },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      page_id: client.page,
      name: 'Search',
      description: 'Finds things',
      status: 'operational',
      group: false,
      position: 4,
      showcase: true,
      only_show_if_degraded: false,
      start_date: '2026-02-01',
    })
    const one = `/components/${made.body.id}`
    expect((await client.get(one)).body).toEqual(made.body)

    const changed = await client.patch(one, { component: { description: '', showcase: false } })
    expect(changed.status).toBe(200)
    expect(changed.body).not.toHaveProperty('description')
    expect(changed.body).toMatchObject({ name: 'Search', showcase: false })

    const listed = await client.get('/components')
    expect(listed.body.map(({ name }: { name: string }) => name)).toEqual([
      'API',
      'Checkout',
      'Reports',
      'Search',
    ])
    const second = await client.get('/components?page=2&per_page=3')
    expect(second.body.map(({ name }: { name: string }) => name)).toEqual(['Search'])

    expect(await client.delete(one)).toMatchObject({ status: 204, body: '' })
    expect((await client.get(one)).status).toBe(404)
    expect((await client.delete(one)).status).toBe(404)
    expect((await client.get('/components')).body).toHaveLength(3)
  })

  test('get a bad status by an incident of its own, which goes with it', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    const set = (status: string) => client.patch(`/components/${api}`, { component: { status } })
    const incidents = async () => (await client.get('/incidents')).body
    expect((await set('operational')).status).toBe(200)
    expect(await incidents()).toEqual([])

    expect(await set('degraded_performance')).toMatchObject({
      status: 200,
      body: { status: 'degraded_performance' },
    })
    site.clock.advance({ minutes: 5 })
    expect((await set('major_outage')).body.status).toBe('major_outage')
    expect((await set('major_outage')).body.status).toBe('major_outage')
    site.clock.advance({ minutes: 5 })
    expect((await set('operational')).body.status).toBe('operational')
    const [told, ...others] = await incidents()
    expect(others).toEqual([])
    expect(told).toMatchObject({
      name: 'API: degraded',
      status: 'resolved',
      impact: 'critical',
      metadata: { component_status: { component_id: api } },
    })
    expect(told.incident_updates).toMatchObject([
      { status: 'resolved', body: 'API: major outage → working.', deliver_notifications: false },
      { status: 'investigating', body: 'API: degraded → major outage.', deliver_notifications: false },
      { status: 'investigating', body: 'API: working → degraded.', deliver_notifications: false },
    ])
    const made = await client.post('/components', {
      component: { name: 'Search', status: 'partial_outage' },
    })
    expect(made.body.status).toBe('partial_outage')
    expect((await incidents())[0].name).toBe('Search: partial outage')
    // An incident is no business of a token that may post none.
    const lesser = await v1Client(site, 'components:write')
    const refused = await lesser.patch(`/components/${api}`, { component: { status: 'major_outage' } })
    expect(refused.status).toBe(403)
    expect(await incidents()).toHaveLength(2)
  })

  test('stay as bad as an incident of somebody else says, and nothing is half done', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Errors', body: 'We look.', components: { [api]: 'partial_outage' } }),
    )
    // As Terraform providers do, which send a status with every change.
    const asItIs = await client.put(`/components/${api}`, {
      component: { name: 'The API', status: 'partial_outage' },
    })
    expect(asItIs).toMatchObject({ status: 200, body: { name: 'The API', status: 'partial_outage' } })
    for (const status of ['operational', 'degraded_performance']) {
      const refused = await client.patch(`/components/${api}`, { component: { name: 'Not this', status } })
      expect(refused).toMatchObject({
        status: 422,
        body: {
          error: [
            expect.stringMatching(
              /^status: This component is partial_outage, as an open incident or a maintenance/,
            ),
          ],
        },
      })
    }
    expect((await client.get(`/components/${api}`)).body.name).toBe('The API')
    // Worse than the others say is news, and what this program has said is its own to take back.
    const set = async (status: string) =>
      (await client.patch(`/components/${api}`, { component: { status } })).body.status
    const unresolved = async () => (await client.get('/incidents/unresolved')).body.length
    expect([await set('major_outage'), await unresolved()]).toEqual(['major_outage', 2])
    expect([await set('degraded_performance'), await unresolved()]).toEqual(['partial_outage', 2])
    expect([await set('operational'), await unresolved()]).toEqual(['partial_outage', 1])
  })
})

describe('the uptime of a component', () => {
  test('is that of the page, over the days that are asked for', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    const ask = async (query = '') => client.get(`/components/${api}/uptime${query}`)
    const down = await client.post('/incidents', {
      incident: { name: 'Down', components: { [api]: 'major_outage' } },
    })
    site.clock.advance({ minutes: 36 })
    await client.patch(`/incidents/${down.body.id}`, { incident: { status: 'resolved' } })
    expect((await ask('?start=2026-11-12')).body).toEqual({
      // A day of the page.
      range_start: '2026-11-11T18:30:00.000Z',
      range_end: '2026-11-12T18:29:59.000Z',
      uptime_percentage: 97.5,
      major_outage: 2_160,
      partial_outage: 0,
      id: api,
      name: 'API',
    })
    expect((await ask()).body).toMatchObject({
      range_start: '2026-08-14T18:30:00.000Z',
      uptime_percentage: 100 * (1 - 2_160 / (90 * 86_400)),
    })
    expect((await ask('?start=2020-01-01T00:00:00Z&end=2026-11-30')).body).toMatchObject({
      range_start: '2025-12-31T18:30:00.000Z',
      range_end: '2026-11-12T18:29:59.000Z',
      warnings: JSON.stringify([
        'The start is 2026-01-01, with which the component begins.',
        'The end is 2026-11-12, which is today.',
      ]),
    })
    expect((await ask('?end=2026-11-11')).body).toMatchObject({ uptime_percentage: 100, major_outage: 0 })
    expect((await ask('?start=soon')).body.error).toEqual([
      'start: This is no date like 2026-11-13, and no time like 2026-11-13T14:30:00Z.',
    ])
    expect((await ask('?end=2024-01-01')).body.error).toEqual([
      'start: The component has no day between these two.',
    ])
    await client.put(`/components/${api}`, { component: { start_date: '2020-01-01' } })
    expect((await ask('?start=2021-01-01')).body.error).toEqual(['end: This may be 366 days at most.'])
    expect((await client.get('/components/nothing00000/uptime')).status).toBe(404)
  })
})

describe('component groups', () => {
  test('hold exactly the components that they are given', async ({ site }) => {
    const client = await v1Client(site)
    const { api, checkout, reports } = site.components
    const made = await client.post('/component-groups', {
      component_group: { name: 'Shop', components: [api, checkout] },
      description: 'What customers see',
    })
    expect(made).toMatchObject({
      status: 201,
      body: {
        page_id: client.page,
        name: 'Shop',
        description: 'What customers see',
        components: [api, checkout],
      },
    })
    const one = `/component-groups/${made.body.id}`
    expect((await client.get(one)).body).toEqual(made.body)
    expect((await client.get('/component-groups.json')).body).toEqual([made.body])
    expect((await client.get(`/components/${api}`)).body.group_id).toBe(made.body.id)

    // One of the Terraform providers sends changes without their wrapper.
    const changed = await client.patch(one, { name: 'Store', components: [checkout, reports] })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Store', components: [checkout, reports] } })
    expect((await client.get(`/components/${api}`)).body).not.toHaveProperty('group_id')

    const unknown = await client.put(one, { component_group: { name: 'No', components: ['nothing00000'] } })
    expect(unknown.body.error).toEqual(['components: There is no component nothing00000.'])
    expect((await client.get(one)).body.name).toBe('Store')

    // Another leaves out a list that is empty, which the description wants.
    const headers = { Authorization: `OAuth ${client.secret}`, 'Content-Type': 'application/json' }
    const empty = await send(site, 'POST', `/pages/${client.page}/component-groups`, {
      ...{ headers, body: JSON.stringify({ component_group: { name: 'Empty' } }) },
    })
    expect(empty).toMatchObject({ status: 201, body: { name: 'Empty', components: [] } })
    const renamed = await client.patch(one, { name: 'Store' })
    expect(renamed).toMatchObject({ status: 200, body: { components: [checkout, reports] } })

    const out = await client.patch(`/components/${reports}`, { component: { group_id: 'null' } })
    expect(out.body).not.toHaveProperty('group_id')
    const gone = await client.delete(one)
    expect(gone).toMatchObject({ status: 200, body: { name: 'Store', components: [checkout] } })
    expect((await client.get(one)).status).toBe(404)
    expect((await client.get(`/components/${checkout}`)).body).not.toHaveProperty('group_id')
  })
})
