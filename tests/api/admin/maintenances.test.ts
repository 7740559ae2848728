import { describe, expect, test } from '../../support/site.ts'
import { clientOf } from './client.ts'

describe('a maintenance', () => {
  test('is announced, moved, run and completed', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const { api: component } = site.components
    const announced = await api.post('/maintenances', {
      name: 'New disks',
      body: 'The API is read-only for an hour.',
      scheduled_for: '2026-11-12T14:00:00+05:30',
      scheduled_until: '2026-11-12T15:00:00+05:30',
      components: { [component]: 'under_maintenance' },
      scheduled_auto_completed: false,
    })
    expect(announced.status).toBe(201)
    expect(announced.body).toMatchObject({
      status: 'scheduled',
      scheduled_for: '2026-11-12T08:30:00.000Z',
      scheduled_until: '2026-11-12T09:30:00.000Z',
      scheduled_auto_in_progress: true,
      scheduled_auto_completed: false,
      components: [
        { id: component, name: 'API', status: 'operational', planned_status: 'under_maintenance' },
      ],
      incident_updates: [{ status: 'scheduled', affected_components: null }],
      url: `https://status.ledgerlane.example/maintenance/${announced.body.id}`,
    })
    const path = `/maintenances/${announced.body.id}`
    const moved = await api.patch(path, { scheduled_for: '2026-11-12T08:00:00Z' })
    expect(moved.body.scheduled_for).toBe('2026-11-12T08:00:00.000Z')

    site.clock.set('2026-11-12T08:00:00Z')
    const begun = await api.post(`${path}/updates`, { status: 'in_progress', body: 'We have begun.' })
    expect(begun.body).toMatchObject({
      status: 'in_progress',
      started_at: '2026-11-12T08:00:00.000Z',
      components: [{ status: 'under_maintenance' }],
    })
    const [update] = begun.body.incident_updates
    const edited = await api.patch(`${path}/updates/${update.id}`, { body: 'We began on time.' })
    expect(edited.body.incident_updates[0]).toMatchObject({ id: update.id, body: 'We began on time.' })

    site.clock.advance({ minutes: 20 })
    const completed = await api.post(`${path}/updates`, { status: 'completed', body: 'Done.' })
    expect(completed.body).toMatchObject({ status: 'completed', components: [{ status: 'operational' }] })
    expect((await api.get(path)).body).toEqual(completed.body)
    expect((await api.patch(path, { name: 'Old disks' })).status).toBe(409)
  })

  test('is called off without a word of one’s own', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const { body } = await api.post('/maintenances', {
      name: 'New disks',
      body: 'Soon.',
      scheduled_for: '2026-12-01T00:00:00Z',
      scheduled_until: '2026-12-01T01:00:00Z',
    })
    const cancelled = await api.put(`/maintenances/${body.id}/cancellation`)
    expect(cancelled.status).toBe(200)
    expect(cancelled.body).toMatchObject({ status: 'cancelled', cancelled_at: '2026-11-12T06:30:00.000Z' })
    expect(cancelled.body.incident_updates[0].body).toBe('This maintenance will not take place.')
  })
})
