import { getMaintenance, listMaintenanceComponents } from '../../src/domain/maintenance/list-maintenances.ts'
import { listUpdatesOf } from '../../src/domain/updates/list-updates.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import { toIso } from '../../src/lib/instant.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './empty-site.ts'
import { impactsOf } from './impacts-of.ts'
import { affected, documents, maintenance, update } from './statuspage-documents.ts'

describe('an imported maintenance', () => {
  test('falls back to the real window when the planned one is lost', async ({ ctx }) => {
    const lost = maintenance(
      'pier00000001',
      [
        update('m1', 'in_progress', '2026-04-02T04:00:00Z', [
          affected('ferries00001', 'Ferries', 'under_maintenance'),
        ]),
        update('m2', 'completed', '2026-04-02T06:00:00Z'),
      ],
      {
        scheduled_for: null,
        scheduled_until: null,
        started_at: '2026-04-02T04:00:00Z',
        resolved_at: '2026-04-02T06:00:00Z',
      },
    )
    await importStatuspage(ctx, documents({ maintenances: [lost] }))
    const stored = await getMaintenance(ctx.read, 'pier00000001')
    expect(stored).toMatchObject({ status: 'completed', autoInProgress: false, autoCompleted: false })
    expect(toIso(stored.scheduledFor)).toBe('2026-04-02T04:00:00.000Z')
    expect(await impactsOf(ctx)).toEqual([
      ['under_maintenance', '2026-04-02T04:00:00.000Z', '2026-04-02T06:00:00.000Z'],
    ])
  })

  test('that is still to come starts and completes by itself', async ({ ctx }) => {
    const coming = maintenance('pier00000001', [update('m1', 'scheduled', '2026-11-10T08:00:00Z')], {
      status: 'scheduled',
      scheduled_for: '2026-12-02T04:00:00Z',
      scheduled_until: '2026-12-02T06:00:00Z',
    })
    await importStatuspage(ctx, documents({ maintenances: [coming] }))
    expect(await getMaintenance(ctx.read, 'pier00000001')).toMatchObject({
      status: 'scheduled',
      autoInProgress: true,
      autoCompleted: true,
      remindedAt: null,
    })
  })

  test('works on the components that it alone names, and says no more of them', async ({ ctx }) => {
    const coming = maintenance('pier00000001', [update('m1', 'scheduled', '2026-11-10T08:00:00Z')], {
      status: 'scheduled',
      scheduled_for: '2026-12-02T04:00:00Z',
      scheduled_until: '2026-12-02T06:00:00Z',
      components: [
        { id: 'ferries00001', name: 'Ferries' },
        { id: 'tram00000001', name: 'Old tram' },
      ],
    })
    const report = await importStatuspage(ctx, documents({ maintenances: [coming] }))
    expect([...report.goneComponents.values()]).toEqual(['Old tram'])
    const planned = await listMaintenanceComponents(ctx.read, ['pier00000001'])
    expect(planned.get('pier00000001')).toEqual({
      ferries00001: 'under_maintenance',
      tram00000001: 'under_maintenance',
    })
    const [first] = await listUpdatesOf(ctx.read, { maintenanceId: 'pier00000001' })
    expect(first?.components).toEqual([])
  })

  test('without an end, or ending before it begins, is refused', async ({ ctx }) => {
    const updates = (id: string) => [update(id, 'scheduled', '2026-04-01T08:00:00Z')]
    const report = await importStatuspage(
      ctx,
      documents({
        maintenances: [
          maintenance('endless00001', updates('m1'), { status: 'scheduled', scheduled_until: null }),
          maintenance('backward0001', updates('m2'), {
            status: 'scheduled',
            scheduled_until: '2026-04-02T03:00:00Z',
          }),
        ],
      }),
    )
    expect(report.refused.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['endless00001', 'It has neither “scheduled_until” nor “resolved_at”.'],
      ['backward0001', 'It does not end after it begins.'],
    ])
  })
})
