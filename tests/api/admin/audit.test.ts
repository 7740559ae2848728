import { describe, expect, test } from '../../support/site.ts'
import { clientOf } from './client.ts'

describe('the audit log', () => {
  test('is narrowed by kind, actor and time, and writes instants as everything does', async ({ site }) => {
    const api = await clientOf(site, 'staff:write', 'incidents:write')
    const planned = {
      scheduled_for: '2026-11-20T20:00:00+05:30',
      scheduled_until: '2026-11-20T22:00:00+05:30',
    }
    await api.post('/maintenances', { name: 'New disks', body: 'We change disks.', ...planned })
    site.clock.advance({ hours: 1 })
    await api.post('/incidents', { name: 'Payments fail', body: 'We look into it.' })

    const of = async (query: string) => (await api.get(`/audit?${query}`)).body.items
    const [scheduled, ...others] = await of('kind=maintenance')
    expect(others).toEqual([])
    expect(scheduled.after).toEqual({
      name: 'New disks',
      scheduled_for: '2026-11-20T14:30:00.000Z',
      scheduled_until: '2026-11-20T16:30:00.000Z',
    })
    const types = async (query: string) => (await of(query)).map(({ type }: { type: string }) => type)
    expect(await types('by=staff%3Awrite%20incidents%3Awrite&from=2026-11-12T07:30:00Z')).toEqual([
      'incident.opened',
    ])
    expect(await types('kind=incident&until=2026-11-12T07:30:00Z')).toEqual([])
    expect((await api.get('/audit?kind=Incident')).body.errors[0].pointer).toBe('?kind')
  })
})
