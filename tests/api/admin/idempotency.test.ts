import { hash } from 'node:crypto'
import { describe, expect, test } from '../../support/site.ts'
import { clientOf, recorded, staffOf, writer } from './client.ts'

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

describe('any other change with an idempotency key', () => {
  test('that arrives again gets the same answer, though it is out of date or its subject is gone', async ({
    site,
  }) => {
    const api = await writer(site)
    const { body: incident } = await api.post('/incidents', INCIDENT)
    const path = `/incidents/${incident.id}`
    const basis = { ...KEY, 'Based-On': String(incident.version) }
    const first = await api.patch(path, { name: 'Slower' }, basis)
    const before = await recorded(site)
    const second = await api.patch(path, { name: 'Slower' }, basis)
    expect([first.status, second.status, second.body]).toEqual([200, 200, first.body])
    expect(second.headers.get('Idempotency-Replayed')).toBe('true')

    const { body: group } = await api.post('/component-groups', { name: 'Payments' })
    const remove = () => api.delete(`/component-groups/${group.id}`, undefined, { 'Idempotency-Key': 'gone' })
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204])
    expect((await recorded(site)).events).toBe(before.events + 2)
  })

  test('is the same while its fingerprint is, whatever has become of its body', async ({ site }) => {
    const api = await writer(site)
    const { body: incident } = await api.post('/incidents', INCIDENT)
    const rename = (name: string, fingerprint: string) =>
      api.patch(`/incidents/${incident.id}`, { name }, { ...KEY, 'Idempotency-Fingerprint': fingerprint })
    await rename('Slower', 'form-1')
    expect((await rename('Slowest', 'form-1')).body.name).toBe('Slower')
    expect((await rename('Slower', 'form-2')).status).toBe(422)
  })

  test('keeps nothing by which a password could be guessed', async ({ site }) => {
    const administrator = await staffOf(site, 'administrator')
    const name = { name: 'Somebody' }
    await administrator.patch('/me', name, { 'Idempotency-Key': 'mine' })
    const { request_hash } = await site.ctx.read
      .selectFrom('idempotency_key')
      .select('request_hash')
      .executeTakeFirstOrThrow()
    const asked = JSON.stringify(['PATCH', '/api/admin/v1/me', '', name])
    expect(request_hash).not.toBe(hash('sha256', asked, 'hex'))
    expect(request_hash).toMatch(/^[0-9a-f]{64}$/)
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
