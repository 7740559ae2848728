import { listVerdicts } from '../../../src/domain/sla/record/verdicts.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { type Client, clientOf, type Json, writer } from './client.ts'

const CRITICAL = { key: 'CHK-412', title: 'Checkout is down', severity: 'critical' }

/** What is recorded for good, goal by goal. */
async function verdictsOf(site: Site, id: string): Promise<string[]> {
  return (await listVerdicts(site.ctx.read, [id])).map(({ goal, verdict }) => `${goal} ${verdict}`)
}

function goalsOf(defect: Json): Record<string, Json> {
  return Object.fromEntries(defect.sla.goals.map((goal: Json) => [goal.goal, goal]))
}

async function openLinkedIncident(api: Client, defectId: string): Promise<string> {
  const { body } = await api.post('/incidents', { name: 'Checkout is down', body: 'Looking.' })
  await api.put(`/incidents/${body.id}/defects/${defectId}`)
  return body.id
}

describe('a critical defect', () => {
  test('is reported, confirmed, answered, worked around and fixed; every verdict is recorded with its cause', async ({
    site,
  }) => {
    const api = await writer(site)
    const reported = await api.post('/defects', CRITICAL)
    expect(reported.body).toMatchObject({
      ...CRITICAL,
      status: 'reported',
      public: true,
      reported_at: '2026-11-12T06:30:00.000Z',
      confirmed_at: null,
      incident_ids: [],
      events: [],
      sla: { policy: null, calendar: null, goals: [] },
    })
    const path = `/defects/${reported.body.id}`

    site.clock.set('2026-11-13T22:00:00+05:30')
    const confirmed = await api.patch(path, {
      confirmed_at: '2026-11-13T22:00:00+05:30',
      title: 'Checkout fails',
    })
    expect(confirmed.body).toMatchObject({ status: 'confirmed', title: 'Checkout fails' })
    expect(confirmed.body.sla).toMatchObject({
      policy: { version: 1 },
      calendar: { time_zone: 'Asia/Kolkata', weekdays: [1, 2, 3, 4, 5] },
    })
    // Friday 22:00 + 4 h is Monday 02:00: the weekend does not count.
    expect(goalsOf(confirmed.body).response).toEqual({
      goal: 'response',
      promise: 'within 4 hours',
      window: { hours: 4 },
      calendar_version: 1,
      clock_starts_at: '2026-11-13T16:30:00.000Z',
      deadline_at: '2026-11-15T20:30:00.000Z',
      at_risk_at: '2026-11-15T19:30:00.000Z',
      planned_at: null,
      verdict: 'open',
      completed_at: null,
      evidence: null,
      used_business_seconds: 0,
      late_business_seconds: 0,
      excluded: [{ from: '2026-11-13T18:30:00.000Z', to: '2026-11-15T18:30:00.000Z', why: 'weekend' }],
      paused_since: null,
      pauses: [],
    })
    expect(await verdictsOf(site, reported.body.id)).toEqual([])

    site.clock.advance({ minutes: 38 })
    const incidentId = await openLinkedIncident(api, reported.body.id)
    expect(await verdictsOf(site, reported.body.id)).toEqual(['response met'])
    const answered = (await api.get(path)).body
    const [update] = (await api.get(`/incidents/${incidentId}`)).body.incident_updates
    expect(goalsOf(answered).response).toMatchObject({
      verdict: 'met',
      completed_at: '2026-11-13T17:08:00.000Z',
      used_business_seconds: 38 * 60,
      evidence: {
        incident_id: incidentId,
        update_id: update.id,
        url: `https://status.ledgerlane.example/incidents/${incidentId}#update-${update.id}`,
      },
    })

    site.clock.set('2026-11-16T02:00:01+05:30')
    const late = await api.post(`${path}/events`, { type: 'workaround', note: 'Pay by invoice.' })
    expect(late.status).toBe(201)
    expect(goalsOf(late.body).workaround).toMatchObject({
      verdict: 'missed',
      late_business_seconds: 1,
      evidence: null,
    })
    expect(late.body).toMatchObject({
      status: 'worked_around',
      events: [{ type: 'workaround', note: 'Pay by invoice.' }],
    })

    const fixed = await api.post(`${path}/events`, { type: 'fixed', at: '2026-11-16T02:00:01+05:30' })
    expect(fixed.body.status).toBe('fixed')
    expect((await verdictsOf(site, reported.body.id)).sort()).toEqual([
      'fix met',
      'response met',
      'workaround missed',
    ])
    expect((await api.get(path)).body).toEqual(fixed.body)
  })

  test('is answered by an update to an incident that it was linked to before', async ({ site }) => {
    const api = await writer(site)
    const { body: incident } = await api.post('/incidents', { name: 'Slow', body: 'Looking.' })
    site.clock.advance({ minutes: 1 })
    const { body: defect } = await api.post('/defects', { ...CRITICAL, confirmed_at: '2026-11-12T06:31:00Z' })
    await api.put(`/incidents/${incident.id}/defects/${defect.id}`)
    expect(await verdictsOf(site, defect.id)).toEqual([])
    site.clock.advance({ minutes: 1 })
    await api.post(`/incidents/${incident.id}/updates`, { status: 'identified', body: 'Found it.' })
    expect(await verdictsOf(site, defect.id)).toEqual(['response met'])
  })

  test('has the terms of what it was corrected to when it is confirmed in the same request', async ({
    site,
  }) => {
    const api = await writer(site)
    const { body: defect } = await api.post('/defects', CRITICAL)
    const { body } = await api.patch(`/defects/${defect.id}`, {
      severity: 'low',
      plan: 'Gold',
      confirmed_at: '2026-11-12T06:30:00Z',
    })
    expect(body).toMatchObject({ severity: 'low', plan: 'Gold', public: false, status: 'confirmed' })
    expect(goalsOf(body).response.promise).toBe('within 48 hours')
    expect((await api.patch(`/defects/${defect.id}`, { severity: 'high' })).body).toMatchObject({
      status: 409,
      errors: [{ pointer: '/severity', detail: expect.stringContaining('severity_changed') }],
    })
  })

  test('is linked to an incident in the request that files it, by whoever may change incidents', async ({
    site,
  }) => {
    const api = await writer(site)
    const { body: incident } = await api.post('/incidents', { name: 'Slow', body: 'Looking.' })
    const report = { ...CRITICAL, confirmed_at: '2026-11-12T06:30:00Z', incident_id: incident.id }
    const filer = await clientOf(site, 'defects:write')
    expect((await filer.post('/defects', report)).status).toBe(403)
    expect(
      (await api.post('/defects', { ...report, incident_id: 'nosuchthing1' })).body.errors,
    ).toMatchObject([{ pointer: '/incident_id' }])
    const { body: defect } = await api.post('/defects', report)
    expect(defect).toMatchObject({ key: 'CHK-412', incident_ids: [incident.id], status: 'confirmed' })
  })

  test('is confirmed as of the request, however often it is sent', async ({ site }) => {
    const api = await writer(site)
    const file = () => api.post('/defects', { ...CRITICAL, confirm: true }, { 'Idempotency-Key': 'once' })
    const { body: filed } = await file()
    expect(filed).toMatchObject({ confirmed_at: '2026-11-12T06:30:00.000Z', status: 'confirmed' })
    site.clock.advance({ seconds: 5 })
    expect((await file()).body).toEqual(filed)
    const { body: other } = await api.post('/defects', { ...CRITICAL, key: 'CHK-413' })
    expect((await api.patch(`/defects/${other.id}`, { confirm: true })).body.confirmed_at).toBe(
      '2026-11-12T06:30:05.000Z',
    )
  })

  test('that is not for everybody is hidden by its own switch', async ({ site }) => {
    const api = await writer(site)
    const { body: defect } = await api.post('/defects', { ...CRITICAL, public: false })
    expect(defect.public).toBe(false)
    expect((await api.patch(`/defects/${defect.id}`, { public: true })).body.public).toBe(true)
  })
})

describe('a promise of the next release', () => {
  test('is planned until the release is out, then missed without the fix in it', async ({ site }) => {
    const api = await writer(site)
    const release = (await api.post('/releases', { name: '4.2', planned_at: '2026-11-20T06:30:00Z' })).body
    expect(release).toMatchObject({
      kind: 'regular',
      planned_at: '2026-11-20T06:30:00.000Z',
      published_at: null,
    })
    const { body: defect } = await api.post('/defects', {
      key: 'CHK-7',
      title: 'Wrong total',
      severity: 'medium',
      confirmed_at: '2026-11-12T06:30:00Z',
    })
    expect(goalsOf(defect).fix).toMatchObject({
      promise: 'in the next release',
      window: { release: 'next' },
      deadline_at: null,
      planned_at: '2026-11-20T06:30:00.000Z',
      verdict: 'open',
    })
    site.clock.set('2026-11-12T07:30:00Z')
    const published = await api.patch(`/releases/${release.id}`, { published_at: '2026-11-12T07:00:00Z' })
    expect(published.body.published_at).toBe('2026-11-12T07:00:00.000Z')
    expect((await api.get(`/releases/${release.id}`)).body).toEqual(published.body)
    expect(await verdictsOf(site, defect.id)).toEqual(['fix missed'])
  })

  test('is met by a fix that is out no later than it', async ({ site }) => {
    const api = await writer(site)
    const { body: release } = await api.post('/releases', { name: '4.2' })
    const { body: defect } = await api.post('/defects', {
      key: 'CHK-7',
      title: 'Wrong total',
      severity: 'medium',
      confirmed_at: '2026-11-12T06:30:00Z',
    })
    site.clock.advance({ hours: 1 })
    const fixed = await api.post(`/defects/${defect.id}/events`, { type: 'fixed' })
    expect(goalsOf(fixed.body).fix).toMatchObject({
      verdict: 'met',
      completed_at: '2026-11-12T07:30:00.000Z',
    })
    await api.patch(`/releases/${release.id}`, { published_at: '2026-11-12T07:30:00Z' })
    expect(goalsOf((await api.get(`/defects/${defect.id}`)).body).fix.verdict).toBe('met')
    expect((await verdictsOf(site, defect.id)).sort()).toEqual(['fix met', 'response met', 'workaround met'])
  })
})
