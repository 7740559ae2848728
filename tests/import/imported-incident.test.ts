import { getIncident } from '../../src/domain/incidents/list-incidents.ts'
import { listUpdatesOf } from '../../src/domain/updates/list-updates.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import { toIso } from '../../src/lib/instant.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './empty-site.ts'
import { impactsOf } from './impacts-of.ts'
import { affected, documents, incident, outage, update } from './statuspage-documents.ts'

describe('an imported incident', () => {
  test('counts its impact from the posting and shows the times its source shows', async ({ ctx }) => {
    const late = [affected('ferries00001', 'Ferries', 'partial_outage')]
    const backDated = incident('outage000001', [
      update('u1', 'identified', '2026-03-10T08:30:00Z', late, { display_at: '2026-03-10T08:00:00Z' }),
      update('u2', 'resolved', '2026-03-10T10:00:00Z', null, { display_at: '2026-03-10T09:00:00Z' }),
    ])
    await importStatuspage(ctx, documents({ incidents: [backDated] }))
    expect(await impactsOf(ctx)).toEqual([
      ['partial_outage', '2026-03-10T08:30:00.000Z', '2026-03-10T10:00:00.000Z'],
    ])
    const { startedAt, resolvedAt } = await getIncident(ctx.read, 'outage000001')
    expect([toIso(startedAt), toIso(resolvedAt ?? 0)]).toEqual([
      '2026-03-10T08:00:00.000Z',
      '2026-03-10T09:00:00.000Z',
    ])
  })

  test('reads instants with any offset', async ({ ctx }) => {
    const local = incident('outage000001', [update('u1', 'resolved', '2026-03-10T00:30:00.250-08:00')])
    await importStatuspage(ctx, documents({ incidents: [local] }))
    expect(toIso((await getIncident(ctx.read, 'outage000001')).startedAt)).toBe('2026-03-10T08:30:00.250Z')
  })

  test('whose updates stand in any order, or at one instant, ends as its source says', async ({ ctx }) => {
    const down = [affected('ferries00001', 'Ferries', 'major_outage')]
    const shuffled = incident('shuffled0001', [
      update('u3', 'resolved', '2026-03-10T10:00:00Z'),
      update('u1', 'investigating', '2026-03-10T08:00:00Z', down),
    ])
    const sameTime = incident('sametime0001', [
      update('v1', 'investigating', '2026-03-11T08:00:00Z', down),
      update('v2', 'resolved', '2026-03-11T08:00:00Z'),
    ])
    const shownEarlier = incident('earlier00001', [
      update('w1', 'resolved', '2026-03-12T10:00:00Z'),
      update('w2', 'monitoring', '2026-03-12T11:00:00Z', down, { display_at: '2026-03-12T09:00:00Z' }),
    ])
    await importStatuspage(ctx, documents({ incidents: [shuffled, sameTime, shownEarlier] }))
    for (const id of ['shuffled0001', 'sametime0001', 'earlier00001']) {
      expect((await getIncident(ctx.read, id)).status).toBe('resolved')
    }
    expect(await impactsOf(ctx)).toEqual([
      ['major_outage', '2026-03-10T08:00:00.000Z', '2026-03-10T10:00:00.000Z'],
    ])
  })

  test('may go backwards: what was resolved opens again', async ({ ctx }) => {
    const down = [affected('ferries00001', 'Ferries', 'major_outage')]
    const reopened = incident(
      'reopened0001',
      [
        update('u1', 'investigating', '2026-03-10T08:00:00Z', down),
        update('u2', 'resolved', '2026-03-10T09:00:00Z'),
        update('u3', 'identified', '2026-03-10T10:00:00Z', down),
      ],
      { status: 'identified' },
    )
    await importStatuspage(ctx, documents({ incidents: [reopened] }))
    expect(await impactsOf(ctx)).toEqual([
      ['major_outage', '2026-03-10T08:00:00.000Z', '2026-03-10T09:00:00.000Z'],
      ['major_outage', '2026-03-10T10:00:00.000Z', null],
    ])
    expect((await getIncident(ctx.read, 'reopened0001')).resolvedAt).toBeNull()
  })

  test('that no update resolves is closed when its source says that it is over', async ({ ctx }) => {
    const down = [affected('ferries00001', 'Ferries', 'major_outage')]
    const silent = incident('silent000001', [update('u1', 'investigating', '2026-03-10T08:00:00Z', down)], {
      resolved_at: '2026-03-10T08:45:00Z',
    })
    await importStatuspage(ctx, documents({ incidents: [silent] }))
    await importStatuspage(ctx, documents({ incidents: [silent] }))
    const updates = await listUpdatesOf(ctx.read, { incidentId: 'silent000001' })
    expect(updates.map(({ status, displayAt }) => [status, toIso(displayAt)])).toEqual([
      ['investigating', '2026-03-10T08:00:00.000Z'],
      ['resolved', '2026-03-10T08:45:00.000Z'],
    ])
    expect(await impactsOf(ctx)).toEqual([
      ['major_outage', '2026-03-10T08:00:00.000Z', '2026-03-10T08:45:00.000Z'],
    ])
  })

  test('has its postmortem beside its updates', async ({ ctx }) => {
    const learned = incident(
      'learned00001',
      [
        update('u1', 'resolved', '2026-03-10T08:00:00Z'),
        update('u2', 'postmortem', '2026-03-12T08:00:00Z', null, { body: 'A rope broke.' }),
      ],
      { status: 'postmortem' },
    )
    await importStatuspage(ctx, documents({ incidents: [learned] }))
    const { status, postmortem } = await getIncident(ctx.read, 'learned00001')
    expect(status).toBe('resolved')
    expect(postmortem).toEqual({ body: 'A rope broke.', publishedAt: Date.parse('2026-03-12T08:00:00Z') })
    expect(await listUpdatesOf(ctx.read, { incidentId: 'learned00001' })).toHaveLength(1)
  })

  test.for([
    { impact: 'major', override: null },
    { impact: 'none', override: 'none' },
    { impact: 'critical', override: 'critical' },
    { impact: 'maintenance', override: null },
    { impact: null, override: null },
  ])(
    'with a partial outage and the published impact $impact is overridden as $override',
    async ({ impact, override }, { ctx }) => {
      await importStatuspage(ctx, documents({ incidents: [outage('outage000001', { impact })] }))
      expect((await getIncident(ctx.read, 'outage000001')).impactOverride).toBe(override)
    },
  )

  test('needs no more than ids, states and one time', async ({ ctx }) => {
    const bare = {
      id: 'bare00000001',
      name: 'Bare',
      status: 'resolved',
      started_at: '2026-03-10T08:00:00Z',
      incident_updates: [{ id: 'u1', status: 'resolved' }],
      components: [{ id: 'ferries00001', name: 'Ferries' }],
      strange: { keys: 'pass' },
    }
    const report = await importStatuspage(ctx, documents({ incidents: [bare] }))
    expect(report.refused).toEqual([])
    const [only] = await listUpdatesOf(ctx.read, { incidentId: 'bare00000001' })
    expect(only?.components.map(({ componentId, newStatus }) => [componentId, newStatus])).toEqual([
      ['ferries00001', 'operational'],
    ])
  })
})
