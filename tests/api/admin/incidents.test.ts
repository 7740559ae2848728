import { describe, expect, test } from '../../support/site.ts'
import { clientOf, writer } from './client.ts'

describe('an incident from its first update to its postmortem', () => {
  test('is told by every answer as the next reader sees it', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const opened = await api.post('/incidents', {
      name: 'Checkout answers slowly',
      body: 'We are looking into it.',
      components: { [site.components.checkout]: 'partial_outage' },
      metadata: { ticket: 'OPS-7' },
    })
    expect(opened.status).toBe(201)
    expect(opened.headers.get('Cache-Control')).toBe('no-store')
    expect(opened.body).toMatchObject({
      name: 'Checkout answers slowly',
      status: 'investigating',
      impact: 'major',
      impact_override: null,
      started_at: '2026-11-12T06:30:00.000Z',
      resolved_at: null,
      backfilled: false,
      metadata: { ticket: 'OPS-7' },
      components: [{ id: site.components.checkout, name: 'Checkout', status: 'partial_outage' }],
      postmortem: null,
      defects: [],
      url: `https://status.ledgerlane.example/incidents/${opened.body.id}`,
    })
    expect(opened.body.incident_updates).toMatchObject([
      {
        status: 'investigating',
        body: 'We are looking into it.',
        created_at: '2026-11-12T06:30:00.000Z',
        deliver_notifications: true,
        affected_components: [
          {
            code: site.components.checkout,
            name: 'Checkout',
            old_status: 'operational',
            new_status: 'partial_outage',
          },
        ],
      },
    ])
    const incident = `/incidents/${opened.body.id}`
    expect((await api.get(incident)).body).toEqual(opened.body)

    site.clock.advance({ minutes: 12 })
    const resolved = await api.post(`${incident}/updates`, { status: 'resolved', body: 'Fixed.' })
    expect(resolved.status).toBe(201)
    expect(resolved.body).toMatchObject({
      status: 'resolved',
      resolved_at: '2026-11-12T06:42:00.000Z',
      components: [{ status: 'operational' }],
    })
    expect(resolved.body.incident_updates.map((update: { status: string }) => update.status)).toEqual([
      'resolved',
      'investigating',
    ])
    expect((await api.get(incident)).body).toEqual(resolved.body)

    const [newest] = resolved.body.incident_updates
    const edited = await api.patch(`${incident}/updates/${newest.id}`, {
      body: 'Fixed at the root.',
      display_at: '2026-11-12T12:10:00+05:30',
    })
    expect(edited.body).toMatchObject({
      resolved_at: '2026-11-12T06:40:00.000Z',
      incident_updates: [{ body: 'Fixed at the root.', edited_at: '2026-11-12T06:42:00.000Z' }, {}],
    })

    const renamed = await api.patch(incident, { name: 'Slow checkout', impact_override: 'critical' })
    expect(renamed.body).toMatchObject({ name: 'Slow checkout', impact: 'critical' })

    const learned = await api.put(`${incident}/postmortem`, { body: 'A full disk.' })
    expect(learned.body.postmortem).toEqual({
      body: 'A full disk.',
      published_at: '2026-11-12T06:42:00.000Z',
    })
    expect((await api.get('/incidents')).body.items).toEqual([learned.body])
  })

  test('has a postmortem of 100,000 letters of any script, and of no more', async ({ site }) => {
    const api = await writer(site)
    const { body: incident } = await api.post('/incidents', {
      name: 'Down',
      status: 'resolved',
      body: 'Over.',
    })
    const publish = (body: string) => api.put(`/incidents/${incident.id}/postmortem`, { body })
    const longest = '漢'.repeat(100_000)
    expect((await publish(longest)).body.postmortem.body).toBe(longest)
    const { status, body } = await publish(`${longest}漢`)
    expect([status, body.errors[0].pointer]).toEqual([422, '/body'])
  })

  test('carries the defects that are linked to it, with their promises', async ({ site }) => {
    const api = await writer(site)
    const incident = (await api.post('/incidents', { name: 'Down', body: 'Down.' })).body
    site.clock.advance({ minutes: 5 })
    const defect = (
      await api.post('/defects', {
        key: 'CHK-412',
        title: 'Checkout is down',
        severity: 'critical',
        confirmed_at: '2026-11-12T12:05:00+05:30',
      })
    ).body
    expect(defect).toMatchObject({ reported_at: '2026-11-12T06:35:00.000Z' })
    const linked = await api.put(`/incidents/${incident.id}/defects/${defect.id}`)
    expect(linked.status).toBe(200)
    expect(linked.body.defects).toEqual([(await api.get(`/defects/${defect.id}`)).body])
    expect(linked.body.defects[0].incident_ids).toEqual([incident.id])
    const unlinked = await api.delete(`/incidents/${incident.id}/defects/${defect.id}`)
    expect(unlinked.body.defects).toEqual([])
    expect((await api.delete(`/incidents/${incident.id}/defects/${defect.id}`)).status).toBe(404)
  })

  test('keeps the link to a defect whose promise one of its updates has kept', async ({ site }) => {
    const api = await writer(site)
    const incident = (await api.post('/incidents', { name: 'Down', body: 'Down.' })).body
    const report = { key: 'CHK-412', title: 'Checkout is down', severity: 'critical' }
    const defect = (await api.post('/defects', { ...report, confirmed_at: '2026-11-12T12:00:00+05:30' })).body
    await api.put(`/incidents/${incident.id}/defects/${defect.id}`)
    const refused = await api.delete(`/incidents/${incident.id}/defects/${defect.id}`)
    expect(refused).toMatchObject({ status: 409, body: { current: { goal: 'response' } } })
    expect((await api.get(`/incidents/${incident.id}`)).body.defects).toHaveLength(1)
  })
})

describe('an incident that is over already', () => {
  test('is entered with its end, in one request', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const entered = await api.post('/incidents', {
      name: 'Checkout was slow',
      body: 'Payments took up to a minute.',
      display_at: '2026-11-12T05:00:00Z',
      backfilled: true,
      resolution: { body: 'It works again.', display_at: '2026-11-12T05:40:00Z' },
    })
    expect(entered.body).toMatchObject({
      status: 'resolved',
      started_at: '2026-11-12T05:00:00.000Z',
      resolved_at: '2026-11-12T05:40:00.000Z',
      incident_updates: [
        { status: 'resolved', body: 'It works again.', deliver_notifications: false },
        { status: 'investigating' },
      ],
    })
    const [last] = entered.body.incident_updates
    const path = `/incidents/${entered.body.id}/updates/${last.id}`
    const edited = await api.patch(path, { body: 'It works.', deliver_notifications: true })
    // What nobody was told of is not corrected to anybody either.
    const audit = await (await writer(site)).get(`/audit?subject_id=${entered.body.id}&limit=1`)
    expect(audit.body.items[0].after).toEqual({
      update_id: last.id,
      body: 'It works.',
      deliver_notifications: false,
    })
    expect(edited.body.incident_updates[0]).toMatchObject({ body: 'It works.', deliver_notifications: false })
  })
})
