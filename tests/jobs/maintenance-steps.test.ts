import { archiveComponent } from '../../src/domain/components/components.ts'
import { findDueStep, takeDueStep } from '../../src/domain/maintenance/due-maintenance.ts'
import { getMaintenance } from '../../src/domain/maintenance/list-maintenances.ts'
import { cancelMaintenance, postMaintenanceUpdate } from '../../src/domain/maintenance/post-update.ts'
import {
  editMaintenance,
  type NewMaintenance,
  scheduleMaintenance,
} from '../../src/domain/maintenance/schedule-maintenance.ts'
import { listUpdatesOf } from '../../src/domain/updates/list-updates.ts'
import { maintenanceSteps } from '../../src/jobs/maintenance-steps.ts'
import { toShortIso } from '../../src/lib/instant.ts'
import { eventsOf, impactsOn, statusOf } from '../domain/reading.ts'
import { describe, expect, type Site, test } from '../support/site.ts'

// Announced on Thursday at noon for Friday night, 02:00 to 03:00 in India.
const FROM = '2026-11-14T02:00:00+05:30'
const UNTIL = '2026-11-14T03:00:00+05:30'

describe('a maintenance', () => {
  test('reminds an hour ahead, begins and completes by itself', async ({ site }) => {
    const id = await schedule(site)
    expect(await runAll(site)).toBe(0)
    site.clock.set('2026-11-14T01:00:00+05:30')
    expect(await runAll(site)).toBe(1)
    expect(await statusOf(site, 'api')).toBe('operational')
    site.clock.set(FROM)
    expect(await runAll(site)).toBe(1)
    expect(await statusOf(site, 'api')).toBe('under_maintenance')
    site.clock.set(UNTIL)
    expect(await runAll(site)).toBe(1)
    expect(await statusOf(site, 'api')).toBe('operational')
    expect(await eventsOf(site, id)).toEqual([
      'maintenance.scheduled',
      'maintenance.reminded',
      'maintenance.updated',
      'maintenance.updated',
    ])
    expect(await impactsOn(site, 'api')).toEqual([
      ['under_maintenance', '2026-11-13T20:30:00Z', '2026-11-13T21:30:00Z'],
    ])
  })

  test('reminds truly also when the reminder is late', async ({ site }) => {
    const id = await schedule(site)
    site.clock.set('2026-11-14T01:58:00+05:30')
    expect(await runAll(site)).toBe(1)
    const reminder = (await listUpdatesOf(site.ctx.read, { maintenanceId: id })).at(-1)
    expect(reminder?.body).toBe('Reminder: this maintenance begins on Saturday 14 November, 02:00 IST.')
  })

  test('waits until the very instant', async ({ site }) => {
    await schedule(site)
    site.clock.set('2026-11-14T00:59:59.999+05:30')
    expect(await runAll(site)).toBe(0)
  })

  test('that nobody could begin for a week is shown at the planned times, and says when it was posted', async ({
    site,
  }) => {
    const id = await schedule(site)
    site.clock.set('2026-11-21T02:30:00+05:30')
    expect(await runAll(site)).toBe(2)
    const updates = await listUpdatesOf(site.ctx.read, { maintenanceId: id })
    const posted = '2026-11-20T21:00:00Z'
    expect(updates.map((it) => [it.status, toShortIso(it.displayAt), toShortIso(it.createdAt)])).toEqual([
      ['scheduled', '2026-11-12T06:30:00Z', '2026-11-12T06:30:00Z'],
      // A reminder of what has begun would be of no use: there is none.
      ['in_progress', '2026-11-13T20:30:00Z', posted],
      ['completed', '2026-11-13T21:30:00Z', posted],
    ])
    expect(await impactsOn(site, 'api')).toEqual([
      ['under_maintenance', '2026-11-13T20:30:00Z', '2026-11-13T21:30:00Z'],
    ])
  })

  test('announced within the hour sends no reminder: the announcement is one', async ({ site }) => {
    site.clock.set('2026-11-14T01:00:00+05:30')
    await schedule(site)
    expect(await runAll(site)).toBe(0)
  })

  test('that people begin and complete is left alone', async ({ site }) => {
    await schedule(site, { scheduled_auto_in_progress: false, scheduled_auto_completed: false })
    site.clock.set('2026-11-14T01:30:00+05:30')
    expect(await runAll(site)).toBe(1)
    site.clock.set('2026-11-15T02:00:00+05:30')
    expect(await runAll(site)).toBe(0)
  })

  test('that was put off reminds again before the new time, and not at the old one', async ({ site }) => {
    const id = await schedule(site)
    site.clock.set('2026-11-14T01:00:00+05:30')
    await runAll(site)
    await site.as('administrator', (tx) =>
      editMaintenance(tx, id, {
        scheduled_for: Date.parse('2026-11-15T02:00:00+05:30'),
        scheduled_until: Date.parse('2026-11-15T03:00:00+05:30'),
      }),
    )
    site.clock.set(FROM)
    expect(await runAll(site)).toBe(0)
    site.clock.set('2026-11-15T01:00:00+05:30')
    expect(await runAll(site)).toBe(1)
    expect((await eventsOf(site, id)).filter((type) => type === 'maintenance.reminded')).toHaveLength(2)
  })

  test('that was cancelled takes no step', async ({ site }) => {
    const id = await schedule(site)
    await site.as('administrator', (tx) => cancelMaintenance(tx, id, {}))
    site.clock.set('2026-11-14T04:00:00+05:30')
    expect(await runAll(site)).toBe(0)
  })

  test('of a component that has left the page meanwhile takes its steps all the same', async ({ site }) => {
    const { api, checkout } = site.components
    const components = { [api]: 'under_maintenance', [checkout]: 'under_maintenance' } as const
    const id = await schedule(site, { components })
    await site.as('administrator', (tx) => archiveComponent(tx, api))
    site.clock.set(FROM)
    await runAll(site)
    expect(await statusOf(site, 'checkout')).toBe('under_maintenance')
    await site.as('administrator', (tx) => archiveComponent(tx, checkout))
    site.clock.set(UNTIL)
    await runAll(site)
    expect((await getMaintenance(site.ctx.read, id)).status).toBe('completed')
    expect(await statusOf(site, 'checkout')).toBe('operational')
  })

  test('begun by a person after its planned end completes when a person says so', async ({ site }) => {
    const id = await schedule(site, { scheduled_auto_in_progress: false })
    site.clock.set('2026-11-14T05:00:00+05:30')
    await site.as('responder', (tx) =>
      postMaintenanceUpdate(tx, id, { status: 'in_progress', body: 'Late.' }),
    )
    expect(await runAll(site)).toBe(0)
    expect(await statusOf(site, 'api')).toBe('under_maintenance')
    site.clock.advance({ minutes: 20 })
    await site.as('responder', (tx) => postMaintenanceUpdate(tx, id, { status: 'completed', body: 'Done.' }))
    expect(await statusOf(site, 'api')).toBe('operational')
  })

  test('that a person was still testing at its planned end completes no earlier than that', async ({
    site,
  }) => {
    const id = await schedule(site)
    site.clock.set(FROM)
    await runAll(site)
    // The job was not running when the end came.
    site.clock.set('2026-11-14T03:20:00+05:30')
    await site.as('responder', (tx) =>
      postMaintenanceUpdate(tx, id, { status: 'verifying', body: 'Testing.' }),
    )
    site.clock.set('2026-11-14T03:30:00+05:30')
    await runAll(site)
    const updates = await listUpdatesOf(site.ctx.read, { maintenanceId: id })
    expect(updates.map(({ status }) => status)).toEqual([
      'scheduled',
      'in_progress',
      'verifying',
      'completed',
    ])
    expect(await statusOf(site, 'api')).toBe('operational')
  })
})

describe('a due step', () => {
  test('is taken once by two workers at once', async ({ site }) => {
    const id = await schedule(site)
    for (const at of ['2026-11-14T01:00:00+05:30', FROM, UNTIL]) {
      site.clock.set(at)
      const due = await findDueStep(site.ctx.read, site.clock.now())
      if (!due) throw new Error('Nothing is due.')
      const take = () => site.as('job', (tx) => takeDueStep(tx, due))
      expect((await Promise.all([take(), take()])).sort()).toEqual([false, true])
    }
    expect(await listUpdatesOf(site.ctx.read, { maintenanceId: id })).toHaveLength(4)
  })

  test.for([
    ['begin', FROM],
    ['remind', '2026-11-14T01:00:00+05:30'],
  ] as const)('to %s is not taken once the maintenance was put off', async ([, at], { site }) => {
    const id = await schedule(site)
    site.clock.set(at)
    const due = await findDueStep(site.ctx.read, site.clock.now())
    if (!due) throw new Error('Nothing is due.')
    const later = Date.parse('2026-11-20T02:00:00+05:30')
    await site.as('administrator', (tx) =>
      editMaintenance(tx, id, { scheduled_for: later, scheduled_until: later + 1 }),
    )
    expect(await site.as('job', (tx) => takeDueStep(tx, due))).toBe(false)
    expect((await getMaintenance(site.ctx.read, id)).status).toBe('scheduled')
  })

  test('to complete is not taken once the end was put off', async ({ site }) => {
    const id = await schedule(site)
    site.clock.set(FROM)
    await runAll(site)
    site.clock.set(UNTIL)
    const due = await findDueStep(site.ctx.read, site.clock.now())
    if (!due) throw new Error('Nothing is due.')
    await site.as('administrator', (tx) =>
      editMaintenance(tx, id, { scheduled_until: Date.parse('2026-11-14T04:00:00+05:30') }),
    )
    expect(await site.as('job', (tx) => takeDueStep(tx, due))).toBe(false)
    expect(await statusOf(site, 'api')).toBe('under_maintenance')
  })
})

function schedule(site: Site, more: Partial<NewMaintenance> = {}): Promise<string> {
  return site.as('administrator', (tx) =>
    scheduleMaintenance(tx, {
      name: 'New disks',
      body: 'The API gets new disks.',
      scheduled_for: Date.parse(FROM),
      scheduled_until: Date.parse(UNTIL),
      components: { [site.components.api]: 'under_maintenance' },
      ...more,
    }),
  )
}

/** Runs the job until it has nothing to do, and says how often it had. */
async function runAll(site: Site): Promise<number> {
  let steps = 0
  while (await maintenanceSteps.runOne(site.ctx)) steps += 1
  return steps
}
