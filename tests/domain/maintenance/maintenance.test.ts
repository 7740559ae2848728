import { findDueStep } from '../../../src/domain/maintenance/due-maintenance.ts'
import { getMaintenance, listMaintenances } from '../../../src/domain/maintenance/list-maintenances.ts'
import {
  cancelMaintenance,
  editMaintenanceUpdate,
  postMaintenanceUpdate,
} from '../../../src/domain/maintenance/post-update.ts'
import {
  editMaintenance,
  type NewMaintenance,
  scheduleMaintenance,
} from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { listEdits, listUpdatesOf } from '../../../src/domain/updates/list-updates.ts'
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { impactsOn, outcomesOf, statusOf } from '../reading.ts'

describe('announcing a maintenance', () => {
  test('changes nothing for its components until it begins', async ({ site }) => {
    const id = await schedule(site)
    expect(await statusOf(site, 'api')).toBe('operational')
    expect(await getMaintenance(site.ctx.read, id)).toMatchObject({ status: 'scheduled', startedAt: null })
  })

  test.for<[what: string, more: (now: number) => Partial<NewMaintenance>, pointer: string]>([
    ['in the past', (now) => ({ scheduled_for: now - 1 }), '/scheduled_for'],
    [
      'that ends as it begins',
      (now) => ({ scheduled_for: now + 1, scheduled_until: now + 1 }),
      '/scheduled_until',
    ],
    [
      'of a component that is not there',
      () => ({ components: { nowhere: 'major_outage' } }),
      '/components/nowhere',
    ],
  ])('%s is refused', async ([, more, pointer], { site }) => {
    await expect(schedule(site, more(site.clock.now()))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer }],
    })
    expect(await listMaintenances(site.ctx.read)).toEqual([])
  })
})

describe('a maintenance', () => {
  test('that begins puts the planned level on its components, not a worse one', async ({ site }) => {
    const { api, reports } = site.components
    const id = await schedule(site, {
      components: { [api]: 'degraded_performance', [reports]: 'operational' },
    })
    await post(site, id, 'in_progress')
    expect(await statusOf(site, 'api')).toBe('degraded_performance')
    // A component that is named at all is in maintenance at least.
    expect(await statusOf(site, 'reports')).toBe('under_maintenance')
  })

  test('keeps its impact while people are testing', async ({ site }) => {
    const id = await schedule(site)
    await post(site, id, 'in_progress')
    site.clock.advance({ minutes: 10 })
    await post(site, id, 'verifying')
    expect(await statusOf(site, 'api')).toBe('under_maintenance')
    site.clock.advance({ minutes: 10 })
    await post(site, id, 'completed')
    expect(await impactsOn(site, 'api')).toEqual([
      ['under_maintenance', '2026-11-12T06:30:00Z', '2026-11-12T06:50:00Z'],
    ])
  })

  test('that has begun does not go back to being planned', async ({ site }) => {
    const id = await schedule(site)
    await post(site, id, 'in_progress')
    await expect(post(site, id, 'scheduled')).rejects.toMatchObject({
      code: 'conflict',
      current: { id, status: 'in_progress' },
    })
  })

  test.for(['completed', 'cancelled'] as const)(
    'that is %s takes no further update',
    async (end, { site }) => {
      const id = await schedule(site)
      if (end === 'completed') await post(site, id, 'completed')
      else await cancel(site, id)
      await expect(post(site, id, 'in_progress')).rejects.toMatchObject({ code: 'conflict' })
      await expect(cancel(site, id)).rejects.toMatchObject({ code: 'conflict', current: { status: end } })
      await expect(edit(site, id, { name: 'X' })).rejects.toMatchObject({ code: 'conflict' })
    },
  )

  test('completed by two responders at once is completed once', async ({ site }) => {
    const id = await schedule(site)
    await post(site, id, 'in_progress')
    const attempts = await outcomesOf([post(site, id, 'completed'), post(site, id, 'completed')])
    expect(attempts).toEqual({ succeeded: 1, codes: ['conflict'] })
  })

  test('said to have ended before it began leaves nothing under maintenance', async ({ site }) => {
    const id = await schedule(site)
    await post(site, id, 'in_progress')
    site.clock.advance({ minutes: 1 })
    await post(site, id, 'completed', site.clock.now() - 10 * MINUTE_MS)
    expect(await statusOf(site, 'api')).toBe('operational')
  })

  test('of which an update is corrected keeps the earlier text and follows the time', async ({ site }) => {
    const id = await schedule(site)
    const began = await post(site, id, 'in_progress')
    site.clock.advance({ minutes: 30 })
    const display_at = site.clock.now() - 20 * MINUTE_MS
    await site.as('responder', (tx) =>
      editMaintenanceUpdate(tx, id, began, { body: 'We began later.', display_at }),
    )
    expect((await listEdits(site.ctx.read, [began])).get(began)).toHaveLength(1)
    expect((await getMaintenance(site.ctx.read, id)).startedAt).toBe(display_at)
    expect(await impactsOn(site, 'api')).toEqual([['under_maintenance', '2026-11-12T06:40:00Z', null]])
  })
})

describe('cancelling a maintenance', () => {
  test('lifts its impact, keeps it in the calendar and says so', async ({ site }) => {
    const id = await schedule(site)
    await post(site, id, 'in_progress')
    site.clock.advance({ minutes: 15 })
    await cancel(site, id)
    expect(await statusOf(site, 'api')).toBe('operational')
    expect(await impactsOn(site, 'api')).toEqual([
      ['under_maintenance', '2026-11-12T06:30:00Z', '2026-11-12T06:45:00Z'],
    ])
    const [maintenance] = await listMaintenances(site.ctx.read, { statuses: ['cancelled'] })
    expect(maintenance).toMatchObject({ id, cancelledAt: site.clock.now() })
    const updates = await listUpdatesOf(site.ctx.read, { maintenanceId: id })
    expect(updates.at(-1)?.body).toBe('This maintenance will not take place.')
  })
})

describe('putting a maintenance off', () => {
  test('moves the window and counts up for calendars', async ({ site }) => {
    const id = await schedule(site)
    const before = await getMaintenance(site.ctx.read, id)
    const moved = {
      scheduled_for: before.scheduledFor + HOUR_MS,
      scheduled_until: before.scheduledUntil + HOUR_MS,
    }
    await edit(site, id, moved)
    expect(await getMaintenance(site.ctx.read, id)).toMatchObject({
      scheduledFor: moved.scheduled_for,
      scheduledUntil: moved.scheduled_until,
      sequence: before.sequence + 1,
    })
  })

  test('in an update moves the end with the words about it', async ({ site }) => {
    const id = await schedule(site)
    site.clock.advance({ hours: 24 })
    await post(site, id, 'in_progress')
    const until = site.clock.now() + 2 * HOUR_MS
    const longer = (scheduled_until: number) =>
      site.as('responder', (tx) =>
        postMaintenanceUpdate(tx, id, { status: 'in_progress', body: 'It takes longer.', scheduled_until }),
      )
    await longer(until)
    expect(await getMaintenance(site.ctx.read, id)).toMatchObject({
      status: 'in_progress',
      scheduledUntil: until,
      sequence: 2,
    })
    const said = (await listUpdatesOf(site.ctx.read, { maintenanceId: id })).length
    await expect(longer(site.clock.now() - HOUR_MS)).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/scheduled_until' }],
    })
    expect(await listUpdatesOf(site.ctx.read, { maintenanceId: id })).toHaveLength(said)
  })

  test('changes what it works on, until it begins', async ({ site }) => {
    const { api, reports } = site.components
    const id = await schedule(site)
    await edit(site, id, { components: { [reports]: 'partial_outage' } })
    await expect(edit(site, id, { components: { nowhere: 'major_outage' } })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/components/nowhere' }],
    })
    await post(site, id, 'in_progress')
    expect([await statusOf(site, 'api'), await statusOf(site, 'reports')]).toEqual([
      'operational',
      'partial_outage',
    ])
    await expect(edit(site, id, { components: { [api]: 'major_outage' } })).rejects.toMatchObject({
      code: 'conflict',
      current: { id, status: 'in_progress' },
    })
  })

  test('once it has begun moves its end and never its start', async ({ site }) => {
    const id = await schedule(site)
    await post(site, id, 'in_progress')
    const { scheduledFor, scheduledUntil } = await getMaintenance(site.ctx.read, id)
    await edit(site, id, { scheduled_until: scheduledUntil + HOUR_MS })
    await expect(edit(site, id, { scheduled_for: scheduledFor + 1 })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await findDueStep(site.ctx.read, scheduledUntil)).toBeUndefined()
  })

  test.for<[what: string, changes: (now: number) => { scheduled_for?: number; scheduled_until?: number }]>([
    ['into the past', (now) => ({ scheduled_for: now - 1 })],
    ['to after its own end', (now) => ({ scheduled_for: now + 30 * HOUR_MS })],
  ])('%s is refused', async ([, changes], { site }) => {
    const id = await schedule(site)
    await expect(edit(site, id, changes(site.clock.now()))).rejects.toMatchObject({ code: 'invalid' })
  })
})

function schedule(site: Site, more: Partial<NewMaintenance> = {}): Promise<string> {
  return site.as('administrator', (tx) =>
    scheduleMaintenance(tx, {
      name: 'New disks',
      body: 'The API gets new disks.',
      scheduled_for: site.clock.now() + 24 * HOUR_MS,
      scheduled_until: site.clock.now() + 25 * HOUR_MS,
      components: { [site.components.api]: 'under_maintenance' },
      ...more,
    }),
  )
}

function post(
  site: Site,
  id: string,
  status: 'scheduled' | 'in_progress' | 'verifying' | 'completed',
  display_at?: number,
): Promise<string> {
  const update = { status, body: `Now ${status}.`, ...(display_at !== undefined && { display_at }) }
  return site.as('responder', (tx) => postMaintenanceUpdate(tx, id, update))
}

function cancel(site: Site, id: string): Promise<void> {
  return site.as('administrator', (tx) => cancelMaintenance(tx, id, {}))
}

function edit(site: Site, id: string, changes: Parameters<typeof editMaintenance>[2]): Promise<void> {
  return site.as('administrator', (tx) => editMaintenance(tx, id, changes))
}
