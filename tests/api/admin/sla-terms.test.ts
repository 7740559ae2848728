import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { describe, expect, test } from '../../support/site.ts'
import { type Client, clientOf, type Json, writer } from './client.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

async function critical(api: Client, key: string, more: object = {}): Promise<Json> {
  const report = {
    key,
    title: 'Checkout is down',
    severity: 'critical',
    confirmed_at: '2026-11-12T06:30:00Z',
  }
  return (await api.post('/defects', { ...report, ...more })).body
}

describe('a calendar', () => {
  test('is made, edited from a day on, and shows every version', async ({ site }) => {
    const api = await writer(site)
    const office = { name: 'Office', time_zone: 'Europe/Paris', windows: [['09:00', '17:00']] }
    const made = await api.post('/sla/calendars', office)
    expect(made.status).toBe(201)
    const first = {
      version: 1,
      valid_from: '2000-01-01',
      valid_to: null,
      created_at: '2026-11-12T06:30:00.000Z',
      ...office,
      weekdays: [1, 2, 3, 4, 5],
      excluded_dates: [],
    }
    expect(made.body).toEqual({ id: made.body.id, ...first, versions: [first] })

    const path = `/sla/calendars/${made.body.id}`
    const edited = await api.patch(path, { excluded_dates: ['2026-12-25'], valid_from: '2026-12-01' })
    expect(edited.status).toBe(200)
    const second = { ...first, version: 2, valid_from: '2026-12-01', excluded_dates: ['2026-12-25'] }
    const ended = { ...first, valid_to: '2026-12-01' }
    expect(edited.body).toEqual({ id: made.body.id, ...second, versions: [ended, second] })
    const reader = await clientOf(site, 'read')
    expect((await reader.get(path)).body).toEqual(edited.body)
    const listed = (await reader.get('/sla/calendars')).body.items
    expect(listed.map(({ id }: Json) => id)).toEqual(['standard', made.body.id])
    expect(listed[1]).toEqual(edited.body)
  })

  test('counts from the day that is asked for, and for running clocks only after a re-plan', async ({
    site,
  }) => {
    const api = await writer(site)
    const old = await critical(api, 'CHK-1')
    const edit = { excluded_dates: ['2026-11-13'], valid_from: '2026-11-13' }
    expect((await api.patch('/sla/calendars/standard', edit)).status).toBe(200)
    site.clock.set('2026-11-13T06:30:00Z')
    const young = await critical(api, 'CHK-2', { confirmed_at: '2026-11-13T06:30:00Z' })
    const clocks = [old, young].map(({ sla }) => [sla.calendar.version, sla.goals[2].deadline_at])
    expect(clocks).toEqual([
      [1, '2026-11-16T06:30:00.000Z'],
      // From Monday 00:00, two days on: the end of Tuesday.
      [2, '2026-11-17T18:30:00.000Z'],
    ])
    const note = 'Friday is a holiday that we had forgotten.'
    const replanned = await api.post(`/defects/${old.id}/events`, { type: 'replanned', note })
    expect(replanned.status).toBe(201)
    expect(replanned.body.sla.goals[2].deadline_at).toBe('2026-11-17T06:30:00.000Z')
    expect(replanned.body.sla.calendar.version).toBe(1)
    // Response and workaround were missed before.
    expect(replanned.body.sla.goals.map((goal: Json) => goal.calendar_version)).toEqual([1, 1, 2])
    expect(replanned.body.sla.changes).toEqual([
      { kind: 'replanned', at: '2026-11-13T06:30:00.000Z', reason: note },
    ])
    expect(replanned.body.events[0]).toMatchObject({ type: 'replanned', calendar_version: 2 })
  })
})

describe('a policy', () => {
  test('is edited from a day on; clocks that run keep their terms', async ({ site }) => {
    const api = await writer(site)
    const old = await critical(api, 'CHK-1')
    const goals = {
      ...STANDARD_POLICY.goals,
      critical: { ...STANDARD_POLICY.goals.critical, response: { hours: 1 } },
    }
    const edited = await api.patch('/sla/policies/standard', { goals, valid_from: '2026-11-16' })
    expect(edited.status).toBe(200)
    expect(edited.body).toMatchObject({
      id: 'standard',
      version: 2,
      valid_from: '2026-11-16',
      valid_to: null,
      goals,
    })
    expect(edited.body.versions).toMatchObject([
      { version: 1, valid_from: '2000-01-01', valid_to: '2026-11-16', goals: STANDARD_POLICY.goals },
      { version: 2, valid_from: '2026-11-16', valid_to: null, calendar_id: 'standard' },
    ])
    expect((await api.get('/sla/policies/standard')).body).toEqual(edited.body)
    site.clock.set('2026-11-14T06:30:00Z')
    // Saturday: the clock starts on Monday.
    const young = await critical(api, 'CHK-2', { confirmed_at: '2026-11-14T06:30:00Z' })
    expect(young.sla.policy).toMatchObject({ version: 2 })
    expect(young.sla.goals[0]).toMatchObject({ promise: 'within 1 hour' })
    expect((await api.get(`/defects/${old.id}`)).body.sla.policy).toMatchObject({ version: 1 })
  })

  test('that was planned wrongly is replaced before it holds', async ({ site }) => {
    const api = await writer(site)
    const path = '/sla/policies/standard'
    await api.patch(path, { name: 'Typed wrongly', valid_from: '2062-12-01' })
    const mended = await api.patch(path, { name: 'Our terms', valid_from: '2026-12-01' })
    expect(mended.body.versions.map((it: Json) => [it.name, it.valid_from, it.valid_to])).toEqual([
      ['Standard terms', '2000-01-01', '2026-12-01'],
      ['Typed wrongly', '2062-12-01', '2062-12-01'],
      ['Our terms', '2026-12-01', null],
    ])
  })

  test('of a contract is made with every kind of promise, and listed behind the standard one', async ({
    site,
  }) => {
    const api = await writer(site)
    const quick = { response: { hours: 0.5 }, workaround: { bdays: 1 }, fix: { weeks: 1 } }
    const goals = {
      ...STANDARD_POLICY.goals,
      critical: quick,
      low: { response: null, workaround: null, fix: { release: 'next' } },
    }
    const made = await api.post('/sla/policies', { name: 'Quick', calendar_id: 'standard', goals })
    expect([made.status, made.body.goals]).toEqual([201, goals])
    const { items } = (await api.get('/sla/policies')).body
    expect(items.map(({ id }: Json) => id)).toEqual(['standard', made.body.id])
  })

  test('edited by two at once has both edits, one behind the other', async ({ site }) => {
    const api = await writer(site)
    const names = ['One', 'Other']
    const answers = await Promise.all(names.map((name) => api.patch('/sla/policies/standard', { name })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers.map(({ body }) => body.version).sort()).toEqual([2, 3])
    const { versions } = (await api.get('/sla/policies/standard')).body
    expect(versions.map(({ name }: Json) => name).sort()).toEqual(['One', 'Other', 'Standard terms'])
  })
})
