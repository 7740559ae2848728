import { deleteComponentGroup } from '../../src/domain/components/component-groups.ts'
import { archiveComponent, getComponent, updateComponent } from '../../src/domain/components/components.ts'
import { getIncident } from '../../src/domain/incidents/list-incidents.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { editIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { getPage } from '../../src/domain/page.ts'
import { listUpdatesOf } from '../../src/domain/updates/list-updates.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './empty-site.ts'
import { impactsOf } from './impacts-of.ts'
import {
  affected,
  component,
  documents,
  incident,
  maintenance,
  outage,
  update,
} from './statuspage-documents.ts'

const OPERATOR = { kind: 'operator', id: null, name: 'An operator' } as const

describe('importing again', () => {
  test('changes nothing when nothing has changed', async ({ ctx, clock }) => {
    const all = documents({
      components: [
        component('islands00001', 'Islands', { group: true, updated_at: undefined }),
        component('ferries00001', 'Ferries', {
          group_id: 'islands00001',
          description: '',
          updated_at: undefined,
        }),
      ],
      incidents: [
        outage(),
        incident('gone00000001', [
          update('u1', 'resolved', '2026-03-10T08:00:00Z', [
            affected('tram00000001', 'Old tram', 'operational'),
          ]),
        ]),
      ],
      maintenances: [maintenance('pier00000001', [update('m1', 'completed', '2026-04-02T06:00:00Z')])],
    })
    await importStatuspage(ctx, all)
    const before = await getPage(ctx.read)
    clock.advance({ days: 1 })
    const { counts, page, goneComponents } = await importStatuspage(ctx, all)
    expect(await getPage(ctx.read)).toEqual(before)
    expect([page, goneComponents.size]).toEqual([[], 0])
    expect(Object.values(counts).map((one) => one.unchanged)).toEqual([1, 1, 2, 1])
  })

  test('drops the ending it had to make up once the source tells its own', async ({ ctx }) => {
    const told = [update('u1', 'investigating', '2026-05-01T08:00:00Z')]
    const over = { status: 'resolved', resolved_at: '2026-05-01T09:00:00Z' }
    const importing = (updates: Record<string, unknown>[], updated_at: string) =>
      importStatuspage(
        ctx,
        documents({ incidents: [incident('ongoing00001', updates, { ...over, updated_at })] }),
      )
    const timeline = async () =>
      (await listUpdatesOf(ctx.read, { incidentId: 'ongoing00001' })).map(({ id, status }) => [id, status])
    await importing(told, '2026-05-01T09:00:00Z')
    expect(await timeline()).toEqual([
      ['u1', 'investigating'],
      ['ongoing00001resolved', 'resolved'],
    ])
    await importing([update('u2', 'resolved', '2026-05-01T09:00:00Z'), ...told], '2026-05-01T10:00:00Z')
    expect(await timeline()).toEqual([
      ['u1', 'investigating'],
      ['u2', 'resolved'],
    ])
  })

  test('brings a changed record up to date and leaves the rest', async ({ ctx }) => {
    const open = (updates: Record<string, unknown>[], more: Record<string, unknown>) =>
      documents({
        incidents: [outage(), incident('ongoing00001', updates, { status: 'monitoring', ...more })],
      })
    const [first, second] = [
      update('u1', 'investigating', '2026-05-01T08:00:00Z', [
        affected('ferries00001', 'Ferries', 'major_outage'),
      ]),
      update('u2', 'monitoring', '2026-05-01T09:00:00Z', [
        affected('ferries00001', 'Ferries', 'operational'),
      ]),
    ]
    await importStatuspage(ctx, open([first], { updated_at: '2026-05-01T08:00:00Z' }))
    const corrected = { ...first, body: 'All ferries stand still.', updated_at: '2026-05-01T08:30:00Z' }
    const report = await importStatuspage(
      ctx,
      open([corrected, second], { name: 'No ferries', updated_at: '2026-05-01T09:00:00Z' }),
    )
    expect(report.counts.incident).toEqual({ new: 0, 'brought-up-to-date': 1, unchanged: 1 })
    expect(await getIncident(ctx.read, 'ongoing00001')).toMatchObject({
      name: 'No ferries',
      status: 'monitoring',
    })
    const updates = await listUpdatesOf(ctx.read, { incidentId: 'ongoing00001' })
    expect(updates.map(({ body }) => body)).toEqual(['All ferries stand still.', 'It is monitoring.'])
    expect((await impactsOf(ctx)).at(-1)).toEqual([
      'major_outage',
      '2026-05-01T08:00:00.000Z',
      '2026-05-01T09:00:00.000Z',
    ])
  })

  test('does not undo what was edited here since', async ({ ctx }) => {
    await importStatuspage(ctx, documents({ incidents: [outage()] }))
    await ctx.write(OPERATOR, (tx) =>
      editIncidentUpdate(tx, 'outage000001', 'outage000001a', { body: 'Better words.' }),
    )
    await ctx.write(OPERATOR, (tx) => archiveComponent(tx, 'ferries00001'))
    const { counts } = await importStatuspage(ctx, documents({ incidents: [outage()] }))
    expect([counts.incident.unchanged, counts.component.unchanged]).toEqual([1, 1])
    const [first] = await listUpdatesOf(ctx.read, { incidentId: 'outage000001' })
    expect(first?.body).toBe('Better words.')
  })

  test('brings a name from there unless it was changed here later, whatever happened meanwhile', async ({
    ctx,
    clock,
  }) => {
    const named = (name: string, updated_at: string) =>
      importStatuspage(ctx, documents({ components: [component('ferries00001', name, { updated_at })] }))
    const nameHere = async () => (await getComponent(ctx.read, 'ferries00001')).name
    await named('Ferries', '2026-03-01T00:00:00Z')
    clock.advance({ days: 1 })
    await ctx.write(OPERATOR, (tx) =>
      openIncident(tx, { name: 'Fog', body: 'Fog.', components: { ferries00001: 'partial_outage' } }),
    )
    await named('Ferry lines', '2026-03-02T00:00:00Z')
    expect(await nameHere()).toBe('Ferry lines')
    await ctx.write(OPERATOR, (tx) => updateComponent(tx, 'ferries00001', { name: 'Boats' }))
    await named('Ships', '2026-03-03T00:00:00Z')
    expect(await nameHere()).toBe('Boats')
    await named('Ships', new Date(clock.now() + 1_000).toISOString())
    expect(await nameHere()).toBe('Ships')
  })

  test('does not bring a deleted group back', async ({ ctx }) => {
    const all = documents({ components: [component('islands00001', 'Islands', { group: true })] })
    await importStatuspage(ctx, all)
    await ctx.write(OPERATOR, (tx) => deleteComponentGroup(tx, 'islands00001'))
    expect((await importStatuspage(ctx, all)).counts.group).toMatchObject({ new: 0, unchanged: 1 })
  })

  test('finds texts again that no database holds as they came', async ({ ctx }) => {
    const odd = documents({ incidents: [outage('outage000001', { name: 'Cut \u0000 in \ud800 two' })] })
    expect((await importStatuspage(ctx, odd)).refused).toEqual([])
    expect((await importStatuspage(ctx, odd)).counts.incident.unchanged).toBe(1)
  })
})
