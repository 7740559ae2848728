import { getPage } from '../../src/domain/page.ts'
import type { ImportOptions } from '../../src/import/import-run.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import type { StatuspageDocuments } from '../../src/import/statuspage/source.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './empty-site.ts'
import {
  affected,
  component,
  documents,
  incident,
  maintenance,
  outage,
  update,
} from './statuspage-documents.ts'

const whole: StatuspageDocuments = documents({
  components: [
    component('islands00001', 'Islands', { group: true }),
    component('ferries00001', 'Ferries', { group_id: 'islands00001' }),
  ],
  incidents: [
    outage(),
    incident('gone00000001', [
      update('u1', 'resolved', '2026-03-12T08:00:00Z', [affected('tram00000001', 'Old tram', 'operational')]),
    ]),
    // Another incident has an update of this id.
    incident('twin00000001', [update('outage000001a', 'resolved', '2026-03-11T08:00:00Z')], {
      created_at: '2026-03-11T08:00:00Z',
    }),
    incident('empty0000001', []),
  ],
  maintenances: [maintenance('pier00000001', [update('m1', 'completed', '2026-04-02T06:00:00Z')])],
})

describe('a rehearsal', () => {
  test('tells what an import comes to, and writes nothing', async ({ ctx }) => {
    const importing = (options?: ImportOptions) => importStatuspage(ctx, whole, options)
    const before = await getPage(ctx.read)
    const rehearsed = await importing({ isRehearsal: true })
    expect(await getPage(ctx.read)).toEqual(before)
    for (const table of ['component', 'component_group', 'incident', 'maintenance'] as const)
      expect(await ctx.read.selectFrom(table).selectAll().execute()).toEqual([])
    expect(rehearsed.spans.incident).toEqual({
      from: Date.parse('2026-03-10T08:00:00Z'),
      until: Date.parse('2026-03-12T08:00:00Z'),
    })
    expect(rehearsed).toEqual(await importing())
    expect(rehearsed.refused.map(({ id }) => id)).toEqual(['empty0000001', 'twin00000001'])

    expect(await importing({ isRehearsal: true })).toEqual(await importing())
  })

  test('finds what would be brought up to date', async ({ ctx }) => {
    await importStatuspage(ctx, documents({ incidents: [outage()] }))
    const renamed = outage('outage000001', { name: 'No ferries', updated_at: '2026-03-10T11:00:00Z' })
    const { counts } = await importStatuspage(ctx, documents({ incidents: [renamed] }), { isRehearsal: true })
    expect(counts.incident).toEqual({ new: 0, 'brought-up-to-date': 1, unchanged: 0 })
  })
})
