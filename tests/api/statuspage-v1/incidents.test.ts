import { describe, expect, test } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'
import { send, v1Client } from './client.ts'

describe('an incident', () => {
  test('is opened, updated, corrected and resolved by a program that knows the description', async ({
    site,
  }) => {
    const client = await v1Client(site)
    const { api, checkout } = site.components
    const opened = await client.post('/incidents', {
      incident: {
        name: 'Errors at the checkout',
        status: 'investigating',
        body: 'Some payments fail.',
        impact_override: 'critical',
        components: { [checkout]: 'partial_outage' },
        component_ids: [checkout, api],
        deliver_notifications: false,
        metadata: { jira: { issue_id: 'D-1' } },
      },
    })
    expect(opened.status).toBe(201)
    const { id } = opened.body
    expect(opened.body).toMatchObject({
      page_id: client.page,
      name: 'Errors at the checkout',
      status: 'investigating',
      impact: 'critical',
      impact_override: 'critical',
      created_at: '2026-11-12T06:30:00.000Z',
      metadata: { jira: { issue_id: 'D-1' } },
      shortlink: expect.stringMatching(new RegExp(`/incidents/${id}$`)),
      components: [
        { id: api, status: 'operational' },
        { id: checkout, status: 'partial_outage' },
      ],
    })
    expect(opened.body.incident_updates).toEqual([
      expect.objectContaining({
        incident_id: id,
        status: 'investigating',
        body: 'Some payments fail.',
        deliver_notifications: false,
        affected_components: [
          { code: checkout, name: 'Checkout', old_status: 'operational', new_status: 'partial_outage' },
          { code: api, name: 'API', old_status: 'operational', new_status: 'operational' },
        ],
      }),
    ])

    site.clock.advance({ minutes: 10 })
    const one = `/incidents/${id}`
    const identified = await client.patch(one, {
      incident: {
        name: 'Payments fail',
        status: 'identified',
        body: 'A bad release.',
        components: { [api]: 'degraded_performance' },
      },
    })
    expect(identified).toMatchObject({ status: 200, body: { name: 'Payments fail', status: 'identified' } })
    expect(identified.body.incident_updates).toHaveLength(2)
    // Only a name: nobody has said anything.
    const renamed = await client.put(one, { incident: { name: 'Payments failed', status: 'identified' } })
    expect(renamed.body.incident_updates).toHaveLength(2)

    site.clock.advance({ minutes: 10 })
    const monitoring = await client.patch(one, { incident: { status: 'monitoring' } })
    expect(monitoring.body.monitoring_at).toBe('2026-11-12T06:50:00.000Z')
    const [watched, bad] = monitoring.body.incident_updates
    expect(watched.body).toBe('We are monitoring the results of a fix.')

    const corrected = await client.patch(`${one}/incident_updates/${bad.id}`, {
      incident_update: { body: 'A release with a bad query.', display_at: '2026-11-12T12:05:00+05:30' },
    })
    expect(corrected).toMatchObject({
      status: 200,
      body: { id: bad.id, body: 'A release with a bad query.', display_at: '2026-11-12T06:35:00.000Z' },
    })
    expect(
      (
        await client.put(`${one}/incident_updates/${bad.id}`, {
          incident_update: { body: 'A release with a bad query.' },
        })
      ).body,
    ).toEqual(corrected.body)

    site.clock.advance({ minutes: 10 })
    const resolved = await client.patch(one, { incident: { status: 'resolved', body: 'Fixed.' } })
    expect(resolved.body).toMatchObject({
      status: 'resolved',
      resolved_at: '2026-11-12T07:00:00.000Z',
      components: [
        { id: api, status: 'operational' },
        { id: checkout, status: 'operational' },
      ],
    })
    // Whoever sends all that is known again, as a Terraform provider does, changes nothing.
    const again = await client.patch(one, {
      incident: { name: 'Payments failed', status: 'resolved', body: 'Fixed.', component_ids: [api] },
    })
    expect(again).toMatchObject({ status: 200, body: resolved.body })
    const twice = await client.patch(one, { incident: { status: 'resolved', body: 'Fixed again.' } })
    expect(twice).toMatchObject({ status: 422, body: { error: ['This incident is already resolved.'] } })
    expect((await client.get(one)).body).toEqual(resolved.body)
    // It is the incident that everybody sees.
    const shown: Json = await (await site.web.request(`/api/v2/incidents/${id}.json`)).json()
    expect(shown.incident.incident_updates.map((update: Json) => update.body)).toEqual(
      resolved.body.incident_updates.map((update: Json) => update.body),
    )
  })

  test('needs a name and no more, and is never a maintenance because of what is the default there', async ({
    site,
  }) => {
    const client = await v1Client(site)
    const bare = await client.post('/incidents', { incident: { name: 'Errors' } })
    expect(bare.body).toMatchObject({ status: 'investigating', impact: 'none', components: [], metadata: {} })
    expect(bare.body.incident_updates[0].body).toBe('We are currently investigating this issue.')
    // As clients send it that are made from the description, or that send every field that they know.
    const full = await client.post('/incidents', {
      incident: {
        name: 'Errors',
        status: 'identified',
        scheduled_for: '2013-05-07T03:00:00.007Z',
        scheduled_until: '2013-05-07T06:00:00.007Z',
        scheduled_remind_prior: false,
        scheduled_auto_completed: false,
        auto_tweet_on_creation: false,
      },
    })
    expect(full).toMatchObject({ status: 201, body: { status: 'identified' } })
    expect(full.body).not.toHaveProperty('scheduled_for')
    const headers = { Authorization: `OAuth ${client.secret}`, 'Content-Type': 'application/json' }
    const empty = { scheduled_for: '', component_ids: null, components: null, impact_override: '' }
    const typed = await send(site, 'POST', `/pages/${client.page}/incidents`, {
      body: JSON.stringify({ incident: { name: 'Errors', status: 'monitoring', body: '', ...empty } }),
      headers,
    })
    expect(typed).toMatchObject({ status: 201, body: { status: 'monitoring' } })
  })

  test('has the impact that the public documents give it, and so has a maintenance', async ({ site }) => {
    const client = await v1Client(site)
    const { api, checkout, reports } = site.components
    const window = { scheduled_for: '2026-11-12T07:00:00Z', scheduled_until: '2026-11-12T08:00:00Z' }
    const impacts = [
      [{ name: 'Late', components: { [api]: 'degraded_performance' } }, 'minor'],
      [{ name: 'Worked on', components: { [reports]: 'under_maintenance' } }, 'maintenance'],
      [{ name: 'Nothing', impact_override: 'none', components: { [reports]: 'under_maintenance' } }, 'none'],
      [{ name: 'New disks', ...window, components: { [checkout]: 'under_maintenance' } }, 'maintenance'],
      [{ name: 'New cables', ...window, components: { [checkout]: 'partial_outage' } }, 'major'],
    ] as const
    for (const [incident, impact] of impacts) {
      const { id } = (await client.post('/incidents', { incident })).body
      if ('scheduled_for' in incident)
        await client.patch(`/incidents/${id}`, { incident: { status: 'in_progress' } })
      const here = (await client.get(`/incidents/${id}`)).body
      const there: Json = await (await site.web.request(`/incidents/${id}.json`)).json()
      expect([incident.name, here.impact, there.impact]).toEqual([incident.name, impact, impact])
    }
  })

  test('comes as a form too, under the names that forms have', async ({ site }) => {
    const { page, secret } = await v1Client(site)
    const { api, reports } = site.components
    const form = (method: string, path: string, body: string) =>
      send(site, method, `/pages/${page}${path}`, {
        body,
        headers: { Authorization: `OAuth ${secret}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      })
    const opened = await form(
      'POST',
      '/incidents.json',
      `incident[name]=Errors&incident[message]=We+look.&incident[components][${api}]=major_outage` +
        `&incident[component_ids][]=${reports}&incident[wants_twitter_update]=f`,
    )
    expect(opened).toMatchObject({
      status: 201,
      body: {
        impact: 'critical',
        components: [{ id: api }, { id: reports }],
        incident_updates: [{ body: 'We look.' }],
      },
    })
    const resolved = await form('PATCH', `/incidents/${opened.body.id}.json`, 'incident[status]=resolved')
    expect(resolved).toMatchObject({ status: 200, body: { status: 'resolved' } })
  })

  test('that is back-dated is over unless it says otherwise, and moves', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    const past = await client.post('/incidents', {
      incident: {
        name: 'Old errors',
        backfilled: true,
        backfill_date: '2026-10-01',
        body: 'It was a disk.',
        component_ids: [api],
      },
    })
    expect(past.body).toMatchObject({
      status: 'resolved',
      // Midnight in the zone of the page.
      resolved_at: '2026-09-30T18:30:00.000Z',
      incident_updates: [{ display_at: '2026-09-30T18:30:00.000Z', deliver_notifications: false }],
      components: [{ id: api, status: 'operational' }],
    })
    const moved = await client.patch(`/incidents/${past.body.id}`, {
      incident: { backfilled: true, backfill_date: '2026-09-15T10:00:00Z' },
    })
    expect(moved.body).toMatchObject({ resolved_at: '2026-09-15T10:00:00.000Z' })
    expect(moved.body.incident_updates).toHaveLength(1)

    const open = await client.post('/incidents', {
      incident: {
        name: 'Old errors',
        backfilled: true,
        status: 'investigating',
        backfill_date: '2026-11-12T05:00:00Z',
      },
    })
    expect(open.body).toMatchObject({
      status: 'investigating',
      incident_updates: [{ display_at: '2026-11-12T05:00:00.000Z' }],
    })
    // Clients that are made from the description send it with every change.
    const live = await client.post('/incidents', { incident: { name: 'Errors' } })
    const same = await client.patch(`/incidents/${live.body.id}`, { incident: { backfilled: false } })
    expect(same).toMatchObject({ status: 200, body: live.body })
    const earlier = await client.patch(`/incidents/${live.body.id}`, {
      incident: { backfilled: true, backfill_date: '2026-11-11T05:00:00Z' },
    })
    expect(earlier).toMatchObject({
      status: 200,
      // It was told when it was opened, and that stays.
      body: {
        incident_updates: [{ display_at: '2026-11-11T05:00:00.000Z', deliver_notifications: true }],
      },
    })
    const wrong: [object, string][] = [
      [
        { backfilled: true, components: { [api]: 'major_outage' } },
        'components: A back-dated incident changes the status of no component.',
      ],
      [
        { backfill_date: '2026-10-01' },
        'backfill_date: Only a back-dated incident has one: send “backfilled”.',
      ],
      [
        { backfilled: true, backfill_date: 'yesterday' },
        'backfill_date: This is no date like 2026-11-13, and no time like 2026-11-13T14:30:00Z.',
      ],
      [
        { backfilled: true, backfill_date: '2027-01-01' },
        'backfill_date: An incident that is back-dated began in the past.',
      ],
    ]
    for (const [fields, error] of wrong) {
      const refused = await client.post('/incidents', { incident: { name: 'Old', ...fields } })
      expect(refused).toMatchObject({ status: 422, body: { error: [error] } })
    }
  })

  test('is not deleted: it is over, stays where it is, and says so', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    const { body } = await client.post('/incidents', {
      incident: { name: 'A slip', components: { [api]: 'major_outage' } },
    })
    const gone = await client.delete(`/incidents/${body.id}`)
    expect(gone).toMatchObject({
      status: 200,
      body: {
        status: 'resolved',
        components: [{ status: 'operational' }],
        incident_updates: [{ body: 'This incident has been withdrawn.' }, {}],
      },
    })
    expect((await client.delete(`/incidents/${body.id}`)).body).toEqual(gone.body)
    expect((await client.get(`/incidents/${body.id}.json`)).body).toEqual(gone.body)
    expect((await client.delete('/incidents/nothing00000')).status).toBe(404)
  })

  test('is refused where it would mean something else, and nothing is half done', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    const { body } = await client.post('/incidents', { incident: { name: 'Errors' } })
    const one = `/incidents/${body.id}`
    const wrong: [object, string][] = [
      [
        { name: 'Other', status: 'in_progress' },
        'status: This is an incident, not a maintenance; its states are others.',
      ],
      [
        { name: 'Other', backfill_date: '2026-11-01' },
        'backfill_date: Only a back-dated incident has one: send “backfilled”.',
      ],
      [
        { name: 'Other', impact_override: 'maintenance' },
        'impact_override: This must be one of: none, minor, major, critical.',
      ],
      [
        { name: 'Other', components: { nothing00000: 'major_outage' } },
        'components/nothing00000: There is no component nothing00000.',
      ],
      [
        { name: 'Other', status: 'resolved', components: { [api]: 'major_outage' } },
        `components/${api}: A resolved incident leaves no component affected.`,
      ],
      [{ name: 'x'.repeat(256) }, 'name: This is too long: at most 200 characters.'],
    ]
    for (const [fields, error] of wrong) {
      const refused = await client.patch(one, { incident: fields })
      expect(refused).toMatchObject({ status: 422, body: { error: [error] } })
    }
    expect((await client.get(one)).body).toEqual(body)
    expect(
      (await client.patch(`${one}/incident_updates/nothing00000`, { incident_update: { body: 'x' } })).status,
    ).toBe(404)
  })

  test('that affects a component which another one has broken already leaves it as it is', async ({
    site,
  }) => {
    const client = await v1Client(site)
    const { api } = site.components
    const first = await client.post('/incidents', {
      incident: { name: 'First', components: { [api]: 'degraded_performance' } },
    })
    const second = await client.post('/incidents', { incident: { name: 'Second', component_ids: [api] } })
    expect(second.body.incident_updates[0].affected_components).toMatchObject([
      { old_status: 'degraded_performance', new_status: 'degraded_performance' },
    ])
    await client.patch(`/incidents/${first.body.id}`, { incident: { status: 'resolved' } })
    const better = await client.patch(`/incidents/${second.body.id}`, {
      incident: { components: { [api]: 'operational' } },
    })
    expect(better.body).toMatchObject({
      status: 'investigating',
      components: [{ status: 'operational' }],
      incident_updates: [{ body: 'The state of the affected components has changed.' }, {}],
    })
  })
})

describe('the lists of incidents', () => {
  test('hold what their names say, newest first, page by page, and find texts', async ({ site }) => {
    const client = await v1Client(site)
    const hour = (number: number) => new Date(site.clock.now() + number * 3_600_000).toISOString()
    const post = async (name: string, fields: object = {}) => {
      site.clock.advance({ minutes: 1 })
      return (await client.post('/incidents', { incident: { name, ...fields } })).body.id
    }
    const window = { scheduled_for: hour(3), scheduled_until: hour(5) }
    await post('Open 100%')
    await post('Over', { status: 'resolved', body: 'The disk_array was full.' })
    await post('Planned', window)
    const running = await post('Running', window)
    await client.patch(`/incidents/${running}`, { incident: { status: 'in_progress' } })
    const done = await post('Done', window)
    await client.patch(`/incidents/${done}`, { incident: { status: 'completed', body: 'All racks moved.' } })

    const names = async (path: string) => (await client.get(path)).body.map(({ name }: Json) => name)
    expect({
      all: await names('/incidents'),
      unresolved: await names('/incidents/unresolved.json'),
      scheduled: await names('/incidents/scheduled'),
      upcoming: await names('/incidents/upcoming'),
      active: await names('/incidents/active_maintenance'),
      second: await names('/incidents?limit=2&page=2'),
      perPage: await names('/incidents/scheduled?per_page=1&page=3'),
      beyond: await names('/incidents?page=9'),
      byName: await names('/incidents?q=plan'),
      byState: await names('/incidents?q=RESOLVED'),
      byUpdate: await names('/incidents?q=disk_array'),
      byMaintenanceUpdate: await names('/incidents?q=racks'),
      signs: await names('/incidents?q=%25'),
      underscore: await names('/incidents?q=k_a'),
      nothing: await names('/incidents?q=nothing'),
    }).toEqual({
      all: ['Done', 'Running', 'Planned', 'Over', 'Open 100%'],
      unresolved: ['Open 100%'],
      scheduled: ['Done', 'Running', 'Planned'],
      upcoming: ['Planned'],
      active: ['Running'],
      second: ['Planned', 'Over'],
      perPage: ['Planned'],
      beyond: [],
      byName: ['Planned'],
      byState: ['Over'],
      byUpdate: ['Over'],
      byMaintenanceUpdate: ['Done'],
      signs: ['Open 100%'],
      underscore: ['Over'],
      nothing: [],
    })
    expect((await client.get('/incidents?q=%00')).body.error).toEqual(['q: No text holds this character.'])
  })
})

describe('a maintenance', () => {
  test('is an incident that is scheduled: it is announced, moved, begun and completed', async ({ site }) => {
    const client = await v1Client(site)
    const { api, reports } = site.components
    const announced = await client.post('/incidents', {
      incident: {
        name: 'New disks',
        scheduled_for: '2026-11-12T20:00:00+05:30',
        scheduled_until: '2026-11-12T22:00:00+05:30',
        scheduled_auto_in_progress: true,
        impact_override: 'maintenance',
        components: { [api]: 'partial_outage' },
        component_ids: [reports],
        body: 'We put in new disks.',
      },
    })
    expect(announced).toMatchObject({
      status: 201,
      body: {
        status: 'scheduled',
        impact: 'maintenance',
        scheduled_for: '2026-11-12T14:30:00.000Z',
        scheduled_until: '2026-11-12T16:30:00.000Z',
        scheduled_auto_in_progress: true,
        scheduled_auto_completed: false,
        components: [
          { id: api, status: 'operational' },
          { id: reports, status: 'operational' },
        ],
        incident_updates: [{ status: 'scheduled', body: 'We put in new disks.' }],
      },
    })
    expect(announced.body.shortlink).toContain('/maintenance/')
    const one = `/incidents/${announced.body.id}`
    const moved = await client.patch(one, {
      incident: {
        scheduled_until: '2026-11-12T17:00:00Z',
        scheduled_auto_completed: true,
        component_ids: [api],
      },
    })
    expect(moved.body).toMatchObject({
      scheduled_until: '2026-11-12T17:00:00.000Z',
      scheduled_auto_in_progress: true,
      scheduled_auto_completed: true,
      incident_updates: [{ status: 'scheduled' }],
    })
    const begun = await client.patch(one, {
      incident: { status: 'in_progress', components: { [api]: 'partial_outage' } },
    })
    expect(begun.body).toMatchObject({
      status: 'in_progress',
      components: [{ status: 'partial_outage' }, { status: 'under_maintenance' }],
      incident_updates: [{ body: 'This maintenance is in progress.' }, {}],
    })
    const completed = await client.put(one, {
      incident: { status: 'completed', components: { [api]: 'operational' } },
    })
    expect(completed.body).toMatchObject({ status: 'completed', resolved_at: '2026-11-12T06:30:00.000Z' })
    const repeated = await client.put(one, {
      incident: { name: 'New disks', status: 'completed', body: 'This maintenance has been completed.' },
    })
    expect(repeated).toMatchObject({ status: 200, body: completed.body })
    expect((await client.patch(one, { incident: { status: 'in_progress' } })).body.error).toEqual([
      'This maintenance is already completed.',
    ])
    const [, , first] = completed.body.incident_updates
    const corrected = await client.patch(`${one}/incident_updates/${first.id}`, {
      incident_update: { body: 'New disks.' },
    })
    expect(corrected).toMatchObject({
      status: 200,
      body: { incident_id: announced.body.id, body: 'New disks.' },
    })
  })

  test('that is deleted is called off, and its address stays', async ({ site }) => {
    const client = await v1Client(site)
    const window = { scheduled_for: '2026-11-13T10:00:00Z', scheduled_until: '2026-11-13T11:00:00Z' }
    const { body } = await client.post('/incidents', { incident: { name: 'New disks', ...window } })
    const gone = await client.delete(`/incidents/${body.id}`)
    expect(gone).toMatchObject({
      status: 200,
      body: {
        status: 'completed',
        incident_updates: [{ status: 'completed', body: 'This maintenance will not take place.' }, {}],
      },
    })
    expect((await client.delete(`/incidents/${body.id}`)).body).toEqual(gone.body)
    expect((await client.get('/incidents/upcoming')).body).toEqual([])
  })

  test('is refused where it would not be kept', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    const window = { scheduled_for: '2026-11-13T10:00:00Z', scheduled_until: '2026-11-13T11:00:00Z' }
    const wrong: [object, string[]][] = [
      [
        { ...window, scheduled_remind_prior: false, impact_override: 'critical', backfilled: true },
        [
          'scheduled_remind_prior: Every maintenance reminds 60 minutes before it begins.',
          'impact_override: The impact of a maintenance is “maintenance”.',
          'backfilled: A maintenance is announced before it begins.',
        ],
      ],
      [
        { status: 'scheduled', scheduled_for: window.scheduled_for },
        ['scheduled_until: This field is required.'],
      ],
      [
        { ...window, scheduled_until: '2026-11-13T09:00:00Z' },
        ['scheduled_until: A maintenance ends after it begins.'],
      ],
      [
        { scheduled_for: '2026-11-11T10:00:00Z', scheduled_until: '2026-11-13T09:00:00Z' },
        ['scheduled_for: A maintenance is announced before it begins.'],
      ],
    ]
    for (const [fields, error] of wrong) {
      const refused = await client.post('/incidents', { incident: { name: 'New disks', ...fields } })
      expect(refused).toMatchObject({ status: 422, body: { error } })
    }
    const { body } = await client.post('/incidents', { incident: { name: 'New disks', ...window } })
    const later: [object, string][] = [
      [
        { components: { [api]: 'under_maintenance' } },
        `components/${api}: What a maintenance does to its components is set when it is announced.`,
      ],
      [{ status: 'resolved' }, 'status: This is a maintenance, not an incident; its states are others.'],
      [
        { auto_transition_to_operational_state: false },
        'auto_transition_to_operational_state: Once a maintenance is over, its components say so.',
      ],
    ]
    for (const [fields, error] of later) {
      expect((await client.patch(`/incidents/${body.id}`, { incident: fields })).body.error).toEqual([error])
    }
    expect((await client.get(`/incidents/${body.id}`)).body).toEqual(body)
  })
})
