import { readVersions } from '../../../src/domain/events/newest-event.ts'
import { describe, expect, test } from '../../support/site.ts'
import { clientOf, staffOf } from './client.ts'

const NEWS = { status: 'identified', body: 'We know what it is.' }

describe('a change that says which version it was decided upon', () => {
  test('is made while that is the newest, and refused once somebody else was quicker', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const { body: incident } = await api.post('/incidents', {
      name: 'Payments fail',
      body: 'We look into it.',
    })
    const post = (version: number | string) =>
      api.post(`/incidents/${incident.id}/updates`, NEWS, { 'Based-On': String(version) })

    const first = await post(incident.version)
    expect([first.status, first.body.version > incident.version]).toEqual([201, true])
    const late = await post(incident.version)
    expect([late.status, late.body.current]).toEqual([
      409,
      {
        version: first.body.version,
        type: 'incident.updated',
        by: 'incidents:write',
        at: '2026-11-12T06:30:00.000Z',
      },
    ])
    const { body: now } = await api.get(`/incidents/${incident.id}`)
    expect([now.version, now.incident_updates.length]).toEqual([first.body.version, 2])
    expect((await post(now.version)).status).toBe(201)
  })

  test('is not disturbed by changes of other things', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const { body: incident } = await api.post('/incidents', {
      name: 'Payments fail',
      body: 'We look into it.',
    })
    await api.post('/incidents', { name: 'Reports are late', body: 'We look into it.' })
    const path = `/incidents/${incident.id}/updates`
    expect((await api.post(path, NEWS, { 'Based-On': String(incident.version) })).status).toBe(201)
  })

  test.for([
    { of: 'the page', make: undefined, path: '/page', change: { name: 'Harbour Mills' } },
    { of: 'a policy', make: undefined, path: '/sla/policies/standard', change: { name: 'Everybody' } },
    { of: 'a calendar', make: undefined, path: '/sla/calendars/standard', change: { name: 'Weekdays' } },
    {
      of: 'a contract',
      make: { name: 'Gold', plan: 'Gold', policy_id: 'standard' },
      path: '/sla/contracts',
      change: { name: 'Golden' },
    },
  ])('is heard of $of as well', async ({ make, path, change }, { site }) => {
    const api = await clientOf(site, 'components:write', 'sla:write')
    const { body: made } = make ? await api.post(path, make) : await api.get(path)
    const place = make ? `${path}/${made.id}` : path
    const edit = (version: number) => api.patch(place, change, { 'Based-On': String(version) })
    const first = await edit(made.version)
    expect([first.status, first.body.version > made.version]).toEqual([200, true])
    const late = await edit(made.version)
    expect([late.status, late.body.current]).toEqual([
      409,
      {
        version: first.body.version,
        type: expect.stringMatching(/updated|revised/),
        by: 'components:write sla:write',
        at: '2026-11-12T06:30:00.000Z',
      },
    ])
    expect((await edit(first.body.version)).status).toBe(200)
  })

  test('is heard of a member of staff, who may sign in meanwhile', async ({ site }) => {
    const boss = await staffOf(site, 'administrator')
    const { staffId, email } = await staffOf(site, 'responder')
    const version = String((await readVersions(site.ctx.read, [staffId])).get(staffId))
    const give = (role: string) => boss.patch(`/staff/${staffId}`, { role }, { 'Based-On': version })
    await staffOf(site, 'responder', email)
    expect((await give('viewer')).status).toBe(200)
    expect((await give('responder')).status).toBe(409)
  })

  test('may not name what is no version', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const { body: incident } = await api.post('/incidents', {
      name: 'Payments fail',
      body: 'We look into it.',
    })
    const { status, body } = await api.post(`/incidents/${incident.id}/updates`, NEWS, { 'Based-On': 'now' })
    expect([status, body.errors[0].pointer]).toEqual([422, 'Based-On'])
  })
})
