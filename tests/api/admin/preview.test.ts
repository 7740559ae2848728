import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import type { Tx } from '../../../src/domain/tx.ts'
import { confirmed } from '../../domain/promised.ts'
import { describe, expect, test } from '../../support/site.ts'
import { clientOf, recorded, writer } from './client.ts'
import { keptRows } from './kept-rows.ts'
import { documentedOperations } from './operations.ts'

const UPDATE = { status: 'identified', body: 'We **know** it.' }

describe('the preview of an update', () => {
  test('says what the page, the promises and the feeds would say, and who is told', async ({ site }) => {
    const { checkout } = site.components
    const api = await writer(site)
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ minutes: 38 })
    const { status, body } = await api.post(`/incidents/${incidentId}/updates?preview=true`, {
      ...UPDATE,
      components: { [checkout]: 'major_outage' },
      deliver_notifications: false,
    })
    expect(status).toBe(200)
    expect(body.headline).toEqual({
      before: {
        sentence: 'Trouble.',
        status: 'operational',
        status_words: 'working',
        nearest_promise: 'Response promised by Thursday 12 November, 16:00 IST.',
        indicator: 'none',
        description: 'All Systems Operational',
      },
      after: {
        sentence: 'Trouble.',
        status: 'major_outage',
        status_words: 'major outage',
        nearest_promise: 'Workaround promised by Thursday 12 November, 16:00 IST.',
        indicator: 'major',
        description: 'Partial System Outage',
      },
    })
    expect(body.components).toEqual([
      {
        id: checkout,
        name: 'Checkout',
        before: 'operational',
        after: 'major_outage',
        sentence: 'Checkout: working → major outage',
      },
    ])
    expect(body.promises[0]).toEqual({
      defect: { id, key: 'CHK-412', title: 'Payments are lost', severity: 'critical', public: true },
      goal: 'response',
      title: 'Response',
      effect: 'completed',
      before: {
        verdict: 'open',
        deadline_at: '2026-11-12T10:30:00.000Z',
        completed_at: null,
        sentence: 'Response promised by Thursday 12 November, 16:00 IST.',
      },
      after: {
        verdict: 'met',
        deadline_at: '2026-11-12T10:30:00.000Z',
        completed_at: '2026-11-12T07:08:00.000Z',
        sentence: 'Response promised by Thursday 12 November, 16:00 IST: met after 38 min.',
      },
      sentence: 'This update is the response: met after 38 min.',
    })
    expect(body.promises.map(({ sentence }: { sentence: string }) => sentence).slice(1)).toEqual([
      'Workaround stays open, due Thursday 12 November, 16:00 IST.',
      'Permanent fix stays open, due Monday 16 November, 12:00 IST.',
    ])
    expect(body.feed_entries).toEqual([
      {
        feed: 'updates',
        effect: 'new',
        title: 'Identified: Trouble',
        html: '<p>We <strong>know</strong> it.</p><p>Checkout: working → major outage</p>',
        url: null,
      },
      {
        feed: 'history',
        effect: 'rewritten',
        title: 'Trouble',
        html: expect.stringContaining('<strong>Identified</strong> – We <strong>know</strong> it.'),
        url: `${site.ctx.config.url}/incidents/${incidentId}`,
      },
    ])
    expect(body.audience).toEqual({
      deliver_notifications: false,
      feeds: [
        ...['/updates.rss', '/updates.atom', '/feed.json', '/history.rss', '/history.atom'],
        ...[`/components/${checkout}/history.rss`, `/components/${checkout}/history.atom`],
      ],
      calendars: ['/commitments.ics'],
    })
    expect(body.recorded).toEqual(['incident.updated', 'sla.verdict_recorded'])
  })

  test('says of an edit whether subscribers are told', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const incident = (await api.post('/incidents', { name: 'Slow', body: 'Looking.' })).body
    const path = `/incidents/${incident.id}/updates/${incident.incident_updates[0].id}?preview=true`
    const edits = [{ body: 'Looking!' }, { body: 'Looking!', deliver_notifications: true }]
    const told: boolean[] = []
    for (const edit of edits) {
      told.push((await api.patch(path, edit)).body.audience.deliver_notifications)
    }
    expect(told).toEqual([false, true])
    const name = await api.patch(`/incidents/${incident.id}?preview=true`, { name: 'Slower' })
    expect(name.body.audience.deliver_notifications).toBeNull()
  })

  test('reaches the feeds of components where an incident is too old for that of the page', async ({
    site,
  }) => {
    const api = await writer(site)
    const { api: component, checkout } = site.components
    const open = (tx: Tx, id: string) =>
      openIncident(tx, { name: 'Slow', body: 'We look.', components: { [id]: 'partial_outage' } })
    const oldest = await site.as('responder', (tx) => open(tx, checkout))
    site.clock.advance({ minutes: 1 })
    const rename = async () =>
      (await api.patch(`/incidents/${oldest}?preview=true`, { name: 'Very slow' })).body
    const ofComponent = [`/components/${checkout}/history.rss`, `/components/${checkout}/history.atom`]
    expect((await rename()).audience.feeds).toEqual(['/history.rss', '/history.atom', ...ofComponent])
    await site.as('responder', async (tx) => {
      for (let more = 0; more < 50; more += 1) await open(tx, component)
    })
    expect(await rename()).toMatchObject({ feed_entries: [], audience: { feeds: ofComponent } })
  })
})

describe('a preview', () => {
  test('leaves everything as it is, with a key and where a secret is made', async ({ site }) => {
    const api = await writer(site)
    const { incidentId } = await confirmed(site)
    const contract = await api.post('/sla/contracts', {
      name: 'Acme',
      customer: 'acme',
      policy_id: 'standard',
    })
    // What is recorded of staff is newer than the page's version, and no part of what is looked at.
    await clientOf(site, 'read')
    const untouched = await keptRows(site)
    const key = { 'Idempotency-Key': 'the-real-one' }
    const path = `/incidents/${incidentId}/updates`
    expect((await api.post(`${path}?preview=true`, UPDATE, key)).status).toBe(200)
    const link = await api.post(`/sla/contracts/${contract.body.id}/links?preview=true`, { name: 'Acme' })
    expect(link.body).toMatchObject({ recorded: ['sla.contract_link_created'] })
    expect(Object.keys(link.body)).not.toContain('url')
    expect(await keptRows(site)).toEqual(untouched)

    const posted = await api.post(path, UPDATE, key)
    expect([posted.status, posted.headers.get('Idempotency-Replayed')]).toEqual([201, null])
    // What has had its effect has no second one.
    const again = await api.post(`${path}?preview=true`, UPDATE, key)
    expect(again.body).toMatchObject({ recorded: [], feed_entries: [], components: [], promises: [] })
  })

  test('is refused as the real write is', async ({ site }) => {
    const api = await writer(site)
    const stranger = await clientOf(site, 'read')
    const { body: incident } = await api.post(
      '/incidents',
      { name: 'Slow', body: 'We look.' },
      { 'Idempotency-Key': 'k' },
    )
    const path = `/incidents/${incident.id}`
    await api.post(`${path}/updates`, { status: 'resolved', body: 'Over.' })
    const before = await recorded(site)
    const refused: [number, string, object][] = [
      [409, `${path}/updates`, { status: 'resolved', body: 'Over.' }],
      [422, `${path}/updates`, { status: 'gone', body: '', more: 1 }],
      [422, `${path}/updates`, { ...UPDATE, components: { nothing00000: 'major_outage' } }],
      [404, '/incidents/nothing00000/updates', UPDATE],
    ]
    for (const [status, address, body] of refused) {
      const real = await api.post(address, body)
      const asked = await api.post(`${address}?preview=true`, body)
      expect([asked.status, asked.body]).toEqual([real.status, real.body])
      expect(asked.status).toBe(status)
    }
    const otherKey = await api.post(
      `/incidents?preview=true`,
      { name: 'x', body: 'x' },
      { 'Idempotency-Key': 'k' },
    )
    expect(otherKey.body.errors[0].pointer).toBe('Idempotency-Key')
    expect((await stranger.patch(`${path}?preview=true`, { name: 'Mine' })).status).toBe(403)
    expect(await recorded(site)).toEqual(before)
  })

  test('is asked for in the address: as a preference, which may get lost, it is refused', async ({
    site,
  }) => {
    const api = await writer(site)
    const before = await recorded(site)
    for (const preference of ['preview', 'return=minimal, preview']) {
      const answer = await api.post('/incidents', { name: 'Slow', body: 'We look.' }, { Prefer: preference })
      expect(answer.status).toBe(422)
      expect(answer.body.errors[0].pointer).toBe('Prefer')
    }
    expect((await api.post('/incidents?preview=yes', {})).body.errors[0].pointer).toBe('?preview')
    expect(await recorded(site)).toEqual(before)
  })

  test('is described for everything that changes something, and for nothing else', async ({ site }) => {
    for (const { method, path, described } of await documentedOperations(site)) {
      const takes = (described.parameters ?? []).some(({ name }: { name: string }) => name === 'preview')
      const answers = JSON.stringify(described.responses[200] ?? '').includes(
        '#/components/schemas/Consequences',
      )
      expect([takes, answers], `${method} ${path}`).toEqual(method === 'GET' ? [false, false] : [true, true])
    }
  })
})
