import { describe, expect, test } from '../../support/site.ts'
import { clientOf, recorded, writer } from './client.ts'

const KEY = { 'Idempotency-Key': 'f3b1c2' }
const INCIDENT = { name: 'Slow', body: 'Looking.' }

describe('a POST with an idempotency key', () => {
  test('that arrives again gets the same answer and has no second effect', async ({ site }) => {
    const api = await writer(site)
    const first = await api.post('/incidents', INCIDENT, KEY)
    expect(first.headers.get('Idempotency-Replayed')).toBeNull()
    const before = await recorded(site)
    site.clock.advance({ minutes: 5 })
    await api.patch(`/incidents/${first.body.id}`, { name: 'Slower' })
    const second = await api.post('/incidents', INCIDENT, KEY)
    expect(second.status).toBe(first.status)
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('Idempotency-Replayed')).toBe('true')
    expect((await recorded(site)).events).toBe(before.events + 1)
    expect((await api.get('/incidents')).body.items).toHaveLength(1)
  })

  test('sent five times at once has one effect, and everybody gets the same answer', async ({ site }) => {
    const api = await writer(site)
    const opened = await Promise.all([1, 2, 3, 4, 5].map(() => api.post('/incidents', INCIDENT, KEY)))
    expect(opened.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(opened.map(({ body }) => body.id)).size).toBe(1)
    expect(opened.filter(({ headers }) => headers.get('Idempotency-Replayed') === 'true')).toHaveLength(4)

    // What would be a conflict without the key: all five see the one resolution.
    const path = `/incidents/${opened[0]?.body.id}/updates`
    const resolution = { status: 'resolved', body: 'Fixed.' }
    const resolved = await Promise.all(
      [1, 2, 3, 4, 5].map(() => api.post(path, resolution, { 'Idempotency-Key': 'resolve' })),
    )
    expect(resolved.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect((await api.get('/incidents')).body.items[0].incident_updates).toHaveLength(2)
  })

  test('that failed may be mended and sent again with its key', async ({ site }) => {
    const api = await writer(site)
    expect(
      (await api.post('/incidents', { ...INCIDENT, components: { nope: 'major_outage' } }, KEY)).status,
    ).toBe(422)
    expect((await api.post('/incidents', INCIDENT, KEY)).status).toBe(201)
  })

  test('is another one when another token sends it', async ({ site }) => {
    const one = await clientOf(site, 'incidents:write')
    const other = await clientOf(site, 'incidents:write')
    const first = await one.post('/incidents', INCIDENT, KEY)
    const second = await other.post('/incidents', INCIDENT, KEY)
    expect(second.status).toBe(201)
    expect(second.body.id).not.toBe(first.body.id)
  })
})

describe('two responders who resolve at once', () => {
  test('announce it once; the other is told how things stand', async ({ site }) => {
    const api = await writer(site)
    const { body: incident } = await api.post('/incidents', INCIDENT)
    const resolve = () =>
      api.post(`/incidents/${incident.id}/updates`, { status: 'resolved', body: 'Fixed.' })
    const answers = (await Promise.all([resolve(), resolve()])).sort((a, b) => a.status - b.status)
    expect(answers.map(({ status }) => status)).toEqual([201, 409])
    expect(answers[1]?.body).toMatchObject({ current: { id: incident.id, status: 'resolved' } })
    expect((await api.get(`/incidents/${incident.id}`)).body.incident_updates).toHaveLength(2)
  })
})
