import { describe, expect, test } from '../../support/site.ts'
import { type Client, type Json, writer } from './client.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

async function confirmed(api: Client, more: object = {}): Promise<Json> {
  const report = {
    key: 'CHK-1',
    title: 'Totals are off',
    severity: 'high',
    confirmed_at: '2026-11-12T06:30:00Z',
  }
  const answer = await api.post('/defects', { ...report, ...more })
  expect(answer.status).toBe(201)
  return answer.body
}

async function happen(api: Client, { id }: Json, event: object): Promise<Json> {
  const answer = await api.post(`/defects/${id}/events`, event)
  expect([answer.status, answer.body.errors]).toEqual([201, undefined])
  expect((await api.get(`/defects/${id}`)).body).toEqual(answer.body)
  return answer.body
}

function goalOf(defect: Json, name: string): Json {
  return defect.sla.goals.find(({ goal }: Json) => goal === name)
}

describe('what happens to a defect', () => {
  test('is told with its reason when the severity changes', async ({ site }) => {
    const api = await writer(site)
    const defect = await confirmed(api)
    site.clock.advance({ hours: 1 })
    const worse = {
      type: 'severity_changed',
      severity: 'critical',
      change: 'worsened',
      note: 'Nobody can pay.',
    }
    const worsened = await happen(api, defect, worse)
    const severity = { before: 'high', after: 'critical', change: 'worsened' }
    expect(worsened.severity).toBe('critical')
    expect(worsened.events).toMatchObject([{ type: 'severity_changed', severity, note: 'Nobody can pay.' }])
    expect(worsened.sla.changes).toEqual([
      { kind: 'severity', at: '2026-11-12T07:30:00.000Z', ...severity, reason: 'Nobody can pay.' },
    ])
    // The old deadline of the response holds, the new one of the workaround counts from the change.
    expect(goalOf(worsened, 'response').deadline_at).toBe('2026-11-12T10:30:00.000Z')
    expect(goalOf(worsened, 'workaround').deadline_at).toBe('2026-11-12T11:30:00.000Z')
  })

  test('is told when a fix did not hold, and when it comes back too late for that', async ({ site }) => {
    const api = await writer(site)
    const defect = await confirmed(api)
    site.clock.advance({ hours: 1 })
    const fixed = await happen(api, defect, { type: 'fixed' })
    expect(fixed.status).toBe('fixed')
    site.clock.advance({ hours: 1 })
    const withdrawn = await happen(api, defect, { type: 'withdrawn', note: 'It came back.' })
    expect(withdrawn.status).toBe('confirmed')
    expect(withdrawn.events[1]).toMatchObject({ type: 'withdrawn', withdraws_id: fixed.events[0].id })
    expect(withdrawn.sla.changes).toEqual([
      {
        kind: 'withdrawn',
        at: '2026-11-12T08:30:00.000Z',
        what: 'fixed',
        done_at: '2026-11-12T07:30:00.000Z',
        reason: 'It came back.',
      },
    ])
    await happen(api, defect, { type: 'fixed' })
    site.clock.advance({ days: 8 })
    const late = await api.post(`/defects/${defect.id}/events`, { type: 'withdrawn', note: 'And again.' })
    expect([late.status, late.body.errors[0].pointer]).toEqual([422, '/type'])
    const again = await confirmed(api, {
      key: 'CHK-2',
      follows: defect.id,
      confirmed_at: '2026-11-20T06:30:00Z',
    })
    expect(again.follows_id).toBe(defect.id)
  })

  test('is told when it is deferred', async ({ site }) => {
    const api = await writer(site)
    const defect = await confirmed(api)
    site.clock.advance({ hours: 1 })
    const deferral = { type: 'deferred', until: '2026-12-02', note: 'We agreed on December.' }
    const deferred = await happen(api, defect, deferral)
    expect(deferred.status).toBe('deferred')
    expect(deferred.sla.goals.map(({ verdict }: Json) => verdict)).toEqual([
      'deferred',
      'deferred',
      'deferred',
    ])
    expect(deferred.sla.changes).toEqual([
      {
        kind: 'deferred',
        at: '2026-11-12T07:30:00.000Z',
        until: '2026-12-02',
        reason: 'We agreed on December.',
      },
    ])
  })

  test('is told when the clock rests, where the contract allows it', async ({ site }) => {
    const api = await writer(site)
    const terms = {
      name: 'Gold',
      customer: 'Harbour Mills',
      policy_id: 'standard',
      pausable_goals: ['workaround'],
    }
    await api.post('/sla/contracts', { ...terms, valid_from: '2026-01-01' })
    const defect = await confirmed(api, { customer: 'Harbour Mills' })
    expect(goalOf(defect, 'workaround')).toMatchObject({
      deadline_at: '2026-11-13T06:30:00.000Z',
      paused_since: null,
      pauses: [],
    })
    site.clock.advance({ hours: 1 })
    const paused = await happen(api, defect, { type: 'paused', note: 'We wait for your file.' })
    expect(goalOf(paused, 'workaround')).toMatchObject({
      deadline_at: null,
      paused_since: '2026-11-12T07:30:00.000Z',
      pauses: [],
    })
    expect(goalOf(paused, 'fix').paused_since).toBeNull()
    site.clock.advance({ hours: 2 })
    const resumed = await happen(api, defect, { type: 'resumed' })
    const [from, to] = ['2026-11-12T07:30:00.000Z', '2026-11-12T09:30:00.000Z']
    expect(goalOf(resumed, 'workaround')).toMatchObject({
      deadline_at: '2026-11-13T08:30:00.000Z',
      paused_since: null,
      pauses: [{ from, to }],
    })
    expect(resumed.sla.changes).toEqual([
      { kind: 'paused', at: from, goals: ['workaround'], reason: 'We wait for your file.' },
      { kind: 'resumed', at: to, goals: ['workaround'], reason: null },
    ])
  })

  test('is told when the release that it waits for is planned anew', async ({ site }) => {
    const api = await writer(site)
    const { body: release } = await api.post('/releases', { name: '4.2', planned_at: '2026-11-20T06:30:00Z' })
    const defect = await confirmed(api, { severity: 'medium' })
    site.clock.advance({ hours: 1 })
    const reason = 'The tests of payments take another week.'
    await api.patch(`/releases/${release.id}`, { planned_at: '2026-11-27T06:30:00Z', reason })
    expect((await api.get(`/defects/${defect.id}`)).body.sla.changes).toEqual([
      {
        kind: 'release_replanned',
        at: '2026-11-12T07:30:00.000Z',
        name: '4.2',
        before: '2026-11-20T06:30:00.000Z',
        after: '2026-11-27T06:30:00.000Z',
        reason,
      },
    ])
  })

  test('never stands in a public document where it is a contract’s', async ({ site }) => {
    const api = await writer(site)
    await api.post('/sla/contracts', { name: 'Gold', plan: 'Silver', policy_id: 'standard' })
    const { body: incident } = await api.post('/incidents', { name: 'Down', body: 'Looking.' })
    const defects = [await confirmed(api, { plan: 'Silver' }), await confirmed(api, { key: 'CHK-2' })]
    for (const { id } of defects) await api.put(`/incidents/${incident.id}/defects/${id}`)
    const published: Json = await (await site.web.request(`/incidents/${incident.id}.json`)).json()
    expect(published.sla.defects.map(({ key }: Json) => key)).toEqual(['CHK-2'])
    expect(Object.keys(published.sla.defects[0])).not.toContain('contract')
    expect(JSON.stringify(published)).not.toMatch(/Gold|Silver|CHK-1/)
    const staff = (await api.get(`/incidents/${incident.id}`)).body
    expect(staff.defects.map(({ sla }: Json) => sla.contract?.name ?? null)).toEqual(['Gold', null])
  })
})

describe('a list of defects', () => {
  test('shows those of a customer, a plan and a product, and all of them page by page', async ({ site }) => {
    const api = await writer(site)
    const subjects = [
      { customer: 'Harbour Mills', plan: 'Gold' },
      { customer: 'Harbour Mills', plan: 'Silver' },
      { customer: 'Another & Sons', plan: 'Gold', product: 'Ledger' },
      {},
    ]
    for (const [index, subject] of subjects.entries())
      await confirmed(api, { key: `CHK-${index}`, ...subject })
    const keys = async (query: string) => {
      const { body } = await api.get(`/defects?${query}`)
      return body.items.map(({ key }: Json) => key).sort()
    }
    expect(await keys('customer=Harbour%20Mills')).toEqual(['CHK-0', 'CHK-1'])
    expect(await keys('customer=Another+%26+Sons')).toEqual(['CHK-2'])
    expect(await keys('plan=Gold')).toEqual(['CHK-0', 'CHK-2'])
    expect(await keys('product=Ledger')).toEqual(['CHK-2'])
    expect(await keys('customer=Harbour%20Mills&plan=Gold')).toEqual(['CHK-0'])
    expect(await keys('plan=gold')).toEqual([])
    expect(await keys('')).toEqual(['CHK-0', 'CHK-1', 'CHK-2', 'CHK-3'])
    const first = (await api.get('/defects?plan=Gold&limit=1')).body
    const second = (await api.get(`/defects?plan=Gold&limit=1&cursor=${first.next_cursor}`)).body
    expect([...first.items, ...second.items].map(({ key }: Json) => key).sort()).toEqual(['CHK-0', 'CHK-2'])
    expect(second.next_cursor).toBeNull()
  })
})
