import { readQueueAges } from '../../src/domain/due-work.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { maintenanceSteps } from '../../src/jobs/maintenance-steps.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { confirmed, happen, judge } from './promised.ts'

// Critical defects are confirmed on Thursday 12 November 2026 at 12:00 in India: response and workaround are due at
// 16:00, the fix on Monday at 12:00.

describe('work that is due and not done', () => {
  test('is as old as the first deadline without a verdict, until it is on record', async ({ site }) => {
    await confirmed(site)
    site.clock.advance({ minutes: 10 })
    await confirmed(site, { key: 'CHK-413' })
    site.clock.set('2026-11-12T16:00:00+05:30')
    expect(await settleAge(site)).toBe(0)
    site.clock.advance({ minutes: 15 })
    expect(await settleAge(site)).toBe(15 * MINUTE_MS)
    await judge(site)
    expect(await settleAge(site)).toBe(0)
    site.clock.set('2026-11-16T12:00:01+05:30')
    expect(await settleAge(site)).toBe(1_000)
  })

  test('is no deadline that was moved, nor one that was kept unless its fix is taken back', async ({
    site,
  }) => {
    const eased = await confirmed(site)
    const fixed = await confirmed(site, { key: 'CHK-413' })
    await happen(site, fixed.id, { type: 'fixed' })
    site.clock.set('2026-11-13T14:00:00+05:30')
    await judge(site)
    await happen(site, eased.id, {
      type: 'severity_changed',
      severity: 'high',
      change: 'lowered',
      note: 'Few notice.',
    })
    // By then the fix of the one is due on Thursday.
    site.clock.set('2026-11-17T12:00:00+05:30')
    expect(await settleAge(site)).toBe(0)
    site.clock.set('2026-11-13T14:00:00+05:30')
    await happen(site, fixed.id, { type: 'withdrawn', note: 'It came back.' })
    await judge(site)
    expect(await settleAge(site)).toBe(0)
    site.clock.set('2026-11-17T12:00:00+05:30')
    expect(await settleAge(site)).toBe(DAY_MS)
    await judge(site)
    expect(await settleAge(site)).toBe(0)
  })

  test('is as old as the first step that a maintenance should have taken', async ({ site }) => {
    const now = site.clock.now()
    const window = { scheduled_for: now + 3 * HOUR_MS, scheduled_until: now + 4 * HOUR_MS }
    await site.as('administrator', (tx) =>
      scheduleMaintenance(tx, { name: 'New disks', body: 'The API gets new disks.', ...window }),
    )
    site.clock.advance({ hours: 2 })
    expect(await maintenanceAge(site)).toBe(0)
    site.clock.advance({ minutes: 5 })
    // The reminder goes out an hour ahead.
    expect(await maintenanceAge(site)).toBe(5 * MINUTE_MS)
    await maintenanceSteps.runOne(site.ctx)
    expect(await maintenanceAge(site)).toBe(0)
    site.clock.advance({ hours: 1 })
    expect(await maintenanceAge(site)).toBe(5 * MINUTE_MS)
  })
})

async function settleAge({ ctx, clock }: Site): Promise<number> {
  return (await readQueueAges(ctx.read, clock.now())).settle
}

async function maintenanceAge({ ctx, clock }: Site): Promise<number> {
  return (await readQueueAges(ctx.read, clock.now()))['maintenance-steps']
}
