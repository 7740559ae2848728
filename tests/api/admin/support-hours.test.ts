import { describe, expect, type Site, test } from '../../support/site.ts'
import { clientOf, type Json, recorded, send, writer } from './client.ts'

const PATH = '/sla/support-hours'
const OFFICE = [{ weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }]
const CHAT = { channel: 'chat', time_zone: 'Asia/Kolkata', hours: OFFICE }

describe('support hours', () => {
  test('are added, read, changed and deleted; each answer is what the next reader sees', async ({ site }) => {
    const api = await clientOf(site, 'sla:write')
    const added = await api.post(PATH, { ...CHAT, plan: ' Business ', contact: 'tel:+12025550143' })
    expect(added.status).toBe(201)
    expect(added.body).toEqual({
      id: added.body.id,
      channel: 'chat',
      product: null,
      plan: 'Business',
      time_zone: 'Asia/Kolkata',
      hours: OFFICE,
      excluded_dates: [],
      contact: 'tel:+12025550143',
      created_at: '2026-11-12T06:30:00.000Z',
      updated_at: '2026-11-12T06:30:00.000Z',
    })
    const path = `${PATH}/${added.body.id}`
    expect((await api.get(path)).body).toEqual(added.body)

    site.clock.advance({ minutes: 5 })
    const night = [
      { weekdays: [5], opens: '22:00', closes: '24:00' },
      { weekdays: [6], opens: '00:00', closes: '06:00' },
    ]
    const changed = await api.patch(path, { hours: night, excluded_dates: ['2026-12-25'], contact: null })
    expect(changed.status).toBe(200)
    expect(changed.body).toEqual({
      ...added.body,
      hours: night,
      excluded_dates: ['2026-12-25'],
      contact: null,
      updated_at: '2026-11-12T06:35:00.000Z',
    })
    expect((await api.get(path)).body).toEqual(changed.body)
    expect((await api.get(PATH)).body.items).toEqual([changed.body])

    expect((await api.delete(path)).status).toBe(204)
    expect((await api.get(path)).status).toBe(404)
    expect((await api.get(PATH)).body).toEqual({ items: [], next_cursor: null })
    expect((await api.delete(path)).status).toBe(404)
  })

  test('are listed page by page, each once', async ({ site }) => {
    const api = await writer(site)
    for (const plan of ['A', 'B', 'C', 'D', 'E']) await api.post(PATH, { ...CHAT, plan })
    const ids: string[] = []
    for (let query = '?limit=2'; ; ) {
      const { body } = await api.get(PATH + query)
      ids.push(...body.items.map(({ id }: Json) => id))
      if (body.next_cursor === null) break
      query = `?limit=2&cursor=${body.next_cursor}`
    }
    expect(new Set(ids).size).toBe(5)
    expect(ids).toEqual((await api.get(PATH)).body.items.map(({ id }: Json) => id))
  })

  test('sent twice with one key are added once', async ({ site }) => {
    const api = await writer(site)
    const key = { 'Idempotency-Key': 'hours' }
    const first = await api.post(PATH, CHAT, key)
    const again = await api.post(PATH, CHAT, key)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect((await api.get(PATH)).body.items).toHaveLength(1)
  })
})

interface Bad {
  name: string
  method?: 'POST' | 'PATCH' | 'DELETE'
  /** Of the hours for everyone that are there already; otherwise the list. */
  id?: 'existing' | 'unknown'
  body?: object
  status: number
  pointers?: string[]
}

const day = { weekdays: [1], opens: '09:00', closes: '18:00' }
const wrong = (name: string, differences: object, ...pointers: string[]): Bad => ({
  name,
  body: { ...CHAT, plan: 'Business', ...differences },
  status: 422,
  pointers,
})

describe('bad support hours', () => {
  test.for<Bad>([
    { name: 'nothing', body: {}, status: 422, pointers: ['/channel', '/time_zone', '/hours'] },
    wrong('a channel that is none', { channel: 'fax' }, '/channel'),
    wrong('an unknown zone', { time_zone: 'Asia/Nowhere' }, '/time_zone'),
    wrong('no hours', { hours: [] }, '/hours'),
    wrong('hours without a weekday', { hours: [{ ...day, weekdays: [] }] }, '/hours/0/weekdays'),
    wrong('a weekday out of range', { hours: [day, { ...day, weekdays: [8] }] }, '/hours/1/weekdays/0'),
    wrong('a night in one entry', { hours: [{ ...day, opens: '22:00', closes: '06:00' }] }, '/hours/0'),
    wrong('a time that is none', { hours: [{ ...day, opens: '9 am' }] }, '/hours/0/opens'),
    wrong('an overlap', { hours: [day, { ...day, opens: '12:00' }] }, '/hours/1'),
    wrong('an entry with an unknown field', { hours: [{ ...day, zone: 'UTC' }] }, '/hours/0/zone'),
    wrong('a date that is none', { excluded_dates: ['2026-02-30'] }, '/excluded_dates/0'),
    wrong('dates without end', { excluded_dates: Array(51).fill('2026-12-25') }, '/excluded_dates'),
    wrong('an address that runs', { contact: 'javascript:alert(1)' }, '/contact'),
    wrong('a NUL in a name', { product: 'a\0b' }, '/product'),
    wrong('an unknown field', { is_open: true }, '/is_open'),
    wrong('three at once', { plan: '', time_zone: '', contact: 7 }, '/plan', '/time_zone', '/contact'),
    { name: 'hours that are there already', body: CHAT, status: 409 },
    { name: 'a change of nothing', method: 'PATCH', id: 'existing', body: {}, status: 422, pointers: [''] },
    {
      name: 'a change to what never opens',
      method: 'PATCH',
      id: 'existing',
      body: { hours: [] },
      status: 422,
      pointers: ['/hours'],
    },
    { name: 'a change of unknown ones', method: 'PATCH', id: 'unknown', body: { plan: 'A' }, status: 404 },
    { name: 'a deletion of unknown ones', method: 'DELETE', id: 'unknown', status: 404 },
  ])('are refused in sentences and change nothing: $name', async (bad, { site }) => {
    const { secret, existing } = await withHours(site)
    const before = await recorded(site)
    const id = bad.id && { existing, unknown: 'nothing00000' }[bad.id]
    const path = id ? `${PATH}/${id}` : PATH
    const answer = await send(site, bad.method ?? 'POST', path, { token: secret, body: bad.body })

    expect(answer.status).toBe(bad.status)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.body.detail).toMatch(/^[A-Z0-9].*\.$/s)
    const errors: { pointer: string; detail: string }[] = answer.body.errors
    expect(errors.map(({ pointer }) => pointer)).toEqual(bad.pointers ?? [])
    for (const { detail } of errors) expect(detail).toMatch(/^[A-Z].*\.$/s)
    expect(answer.body.current).toEqual(bad.status === 409 ? { id: existing } : undefined)
    expect(await recorded(site)).toEqual(before)
  })

  test('moved to where others stand are refused, with those others', async ({ site }) => {
    const { secret, existing } = await withHours(site)
    const token = secret
    const other = await send(site, 'POST', PATH, { token, body: { ...CHAT, channel: 'phone' } })
    const answer = await send(site, 'PATCH', `${PATH}/${other.body.id}`, { token, body: { channel: 'chat' } })
    expect(answer).toMatchObject({
      status: 409,
      body: { detail: 'There are already chat hours for everyone.', current: { id: existing } },
    })
  })
})

async function withHours(site: Site): Promise<{ secret: string; existing: string }> {
  const api = await writer(site)
  return { secret: api.secret, existing: (await api.post(PATH, CHAT)).body.id }
}
