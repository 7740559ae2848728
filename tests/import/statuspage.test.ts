import { listComponentGroups } from '../../src/domain/components/component-groups.ts'
import { getComponent, listComponents } from '../../src/domain/components/components.ts'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { getPage, updatePage } from '../../src/domain/page.ts'
import { listUpdatesOf } from '../../src/domain/updates/list-updates.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './empty-site.ts'
import { impactsOf } from './impacts-of.ts'
import { affected, component, documents, incident, outage, update } from './statuspage-documents.ts'

const OPERATOR = { kind: 'operator', id: null, name: 'An operator' } as const

describe('importing a page', () => {
  test('keeps ids, groups and places', async ({ ctx }) => {
    const report = await importStatuspage(
      ctx,
      documents({
        components: [
          component('islands00001', 'Islands', { group: true, components: ['ferries00001'], position: 2 }),
          component('ferries00001', 'Ferries', { group_id: 'islands00001', start_date: '2024-02-01' }),
          component('buses0000001', 'Buses', { group_id: 'nowhere00001', position: 3, start_date: 'soon' }),
        ],
      }),
    )
    expect(report.notes).toEqual([
      'Not understood and left out: “start_date” of component buses0000001.',
      'In no group, because theirs is not there: Buses.',
    ])
    expect((await listComponentGroups(ctx.read)).map(({ id, name }) => [id, name])).toEqual([
      ['islands00001', 'Islands'],
    ])
    const components = await listComponents(ctx.read)
    expect(components.map(({ id, groupId, startOn }) => [id, groupId, startOn])).toEqual([
      ['ferries00001', 'islands00001', '2024-02-01'],
      ['buses0000001', null, null],
    ])
  })

  test('takes its name, zone and id over, unless they were set here', async ({ ctx }) => {
    const first = await importStatuspage(ctx, documents())
    expect(first.page).toEqual([
      'The page is now named “Harbour Line” and its days are those of Europe/Lisbon.',
      'The page keeps the id harbourpage1, for programs that know it by that.',
    ])
    expect((await getPage(ctx.read)).id).toBe('harbourpage1')
    await ctx.write(OPERATOR, (tx) => updatePage(tx, { name: 'Ferry status' }))
    const other = { ...(documents().page as object), id: 'anotherpage1' }
    const second = await importStatuspage(ctx, documents({ page: other }))
    expect(second.page).toEqual([
      'The page keeps the name “Ferry status” and the zone Europe/Lisbon: they were set here.',
    ])
    expect(await getPage(ctx.read)).toMatchObject({ id: 'harbourpage1', name: 'Ferry status' })
  })

  test('keeps a component that only the past names off the page', async ({ ctx }) => {
    const gone = [affected('tram00000001', 'Old tram', 'major_outage')]
    const past = incident('outage000001', [
      update('u1', 'investigating', '2026-03-10T08:00:00Z', gone),
      update('u2', 'resolved', '2026-03-10T09:00:00Z'),
    ])
    const report = await importStatuspage(ctx, documents({ incidents: [past] }))
    expect([...report.goneComponents]).toEqual([['tram00000001', 'Old tram']])
    expect((await listComponents(ctx.read)).map(({ name }) => name)).toEqual(['Ferries'])
    expect((await getComponent(ctx.read, 'tram00000001')).archivedAt).not.toBeNull()
    expect(await impactsOf(ctx)).toEqual([
      ['major_outage', '2026-03-10T08:00:00.000Z', '2026-03-10T09:00:00.000Z'],
    ])
  })

  test('announces nothing, and keeps whether it was announced there', async ({ ctx }) => {
    await importStatuspage(ctx, documents({ incidents: [outage()] }))
    const [update] = await listUpdatesOf(ctx.read, { incidentId: 'outage000001' })
    expect(update).toMatchObject({ authorKind: 'import', deliverNotifications: true })
    const events = await listEvents(ctx.read, { limit: 10, subjectId: 'outage000001' })
    expect(events.map(({ type, actor }) => [type, actor.kind])).toEqual([['incident.imported', 'import']])
  })

  test('reports a bad record and takes the others', async ({ ctx }) => {
    const bad = incident('bad000000001', [
      update('u1', 'resolved', '2026-03-10T08:00:00Z', [affected('ferries00001', 'Ferries', 'on_fire')]),
    ])
    const report = await importStatuspage(
      ctx,
      documents({
        incidents: [
          bad,
          outage(),
          incident('empty0000001', []),
          outage(),
          outage('Shouting0001'),
          'nonsense',
        ],
      }),
    )
    expect(report.counts.incident.new).toBe(1)
    const sentences = Object.fromEntries(report.refused.map(({ id, sentence }) => [id, sentence]))
    expect(sentences).toEqual({
      bad000000001:
        '“incident_updates[0].affected_components[0].new_status” is “on_fire”, which is none of operational, ' +
        'under_maintenance, degraded_performance, partial_outage, major_outage.',
      empty0000001: 'It has no updates.',
      outage000001: 'It is there twice; the first one was taken.',
      Shouting0001: expect.stringContaining('“id” must be 1 to 32 characters of 0-9 and a-z'),
      'without an id': 'It is not a JSON object.',
    })
  })

  test('leaves nothing of a record that cannot be stored', async ({ ctx }) => {
    const twin = incident(
      'twin00000001',
      [
        update('outage000001a', 'resolved', '2026-03-11T08:00:00Z', [
          affected('tram00000001', 'Old tram', 'operational'),
        ]),
      ],
      { created_at: '2026-03-11T08:00:00Z' },
    )
    const report = await importStatuspage(ctx, documents({ incidents: [outage(), twin] }))
    expect(report.refused).toEqual([
      {
        kind: 'incident',
        id: 'twin00000001',
        sentence: 'The id outage000001a is that of another update on this page.',
      },
    ])
    expect(await listComponents(ctx.read, { archived: true })).toHaveLength(1)
  })
})
