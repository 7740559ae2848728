import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { inject } from 'vitest'
import { type AppContext, openContext } from '../../src/context.ts'
import { getIncident } from '../../src/domain/incidents/list-incidents.ts'
import { getMaintenance } from '../../src/domain/maintenance/list-maintenances.ts'
import { getPage } from '../../src/domain/page.ts'
import { readIncidentPage } from '../../src/domain/status-page/read-incident-page.ts'
import { listUpdatesOf } from '../../src/domain/updates/list-updates.ts'
import { exportStatuspage } from '../../src/export/export-statuspage.ts'
import { type ImportReport, RECORD_KINDS } from '../../src/import/report.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import { readStatuspage, type StatuspageDocuments } from '../../src/import/statuspage/source.ts'
import { MINUTE_MS } from '../../src/lib/instant.ts'
import { createWeb } from '../../src/web.ts'
import { copyTemplate } from '../support/databases.ts'
import { describe, expect } from '../support/site.ts'
import { testConfig } from '../support/test-config.ts'
import { test } from './empty-site.ts'
import { mutated } from './mutations.ts'
import { ordinaryPage } from './ordinary-page.ts'
import { affected, documents, incident, update } from './statuspage-documents.ts'

describe('fuzzed documents', () => {
  test('come in as rehearsed, whole or not at all, and again without a change', async ({ ctx }) => {
    const numRuns = inject('engine') === 'sqlite' ? 100 : 4
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(...partsOf(ordinaryPage()).map(mutated)), async (fuzzed) => {
        runs += 1
        const own = ownIds(fuzzed, `r${runs}`)
        const total = own.components.length + own.incidents.length + own.maintenances.length
        const rehearsed = await importStatuspage(ctx, own, { isRehearsal: true })
        const report = await importStatuspage(ctx, own)
        expect(rehearsed).toEqual(report)
        expect(takenOf(report) + report.refused.length).toBe(total)
        for (const { sentence } of report.refused) expect(sentence).toMatch(/^(?!.*(Invalid|Too )).*\.$/s)
        await assertWhole(ctx, own)

        const { version } = await getPage(ctx.read)
        const again = await importStatuspage(ctx, own)
        expect((await getPage(ctx.read)).version).toBe(version)
        expect(again.refused.length).toBe(report.refused.length)
      }),
      { numRuns },
    )
    const answer = await createWeb(ctx).request('/api/v2/incidents.json')
    expect(answer.status).toBe(200)
    await assertMovesOn(ctx)
  })

  test('of one incident with 10,000 updates come in, in whatever order, and are told in theirs', async ({
    ctx,
  }) => {
    const begun = Date.parse('2026-03-10T00:00:00Z')
    const updates = Array.from({ length: 10_000 }, (_, index) =>
      update(
        `u${index}`,
        index === 9_999 ? 'resolved' : 'investigating',
        new Date(begun + (index === 9_999 ? index : (index * 7) % 9_999) * MINUTE_MS).toISOString(),
        [affected('ferries00001', 'Ferries', index % 2 === 0 ? 'major_outage' : 'partial_outage')],
      ),
    )
    const inOrder = updates.toSorted((a, b) => (String(a.created_at) < String(b.created_at) ? -1 : 1))
    const long = documents({ incidents: [incident('long00000001', updates)] })
    const report = await importStatuspage(ctx, long)
    expect([report.refused, report.counts.incident.new]).toEqual([[], 1])
    const { version } = await getPage(ctx.read)
    const again = await importStatuspage(ctx, long)
    expect([again.refused, again.counts.incident.unchanged]).toEqual([[], 1])
    expect((await getPage(ctx.read)).version).toBe(version)

    const stored = await listUpdatesOf(ctx.read, { incidentId: 'long00000001' })
    expect(stored.map(({ id }) => id)).toEqual(inOrder.map(({ id }) => id))
    const web = createWeb(ctx)
    const start = performance.now()
    const answer = await web.request('/incidents/long00000001.json')
    const { incident_updates }: { incident_updates: { id: string }[] } = await answer.json()
    expect(incident_updates.map(({ id }) => id)).toEqual(inOrder.map(({ id }) => id).toReversed())
    const viewpoint = { url: ctx.config.url, now: ctx.now() }
    const view = await readIncidentPage(ctx.read, 'long00000001', viewpoint)
    expect(view?.view.updates).toHaveLength(10_000)
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

/** The page with each of its happenings alone, so that a run is short. */
function partsOf(page: StatuspageDocuments): StatuspageDocuments[] {
  const none = { incidents: [], maintenances: [] }
  return [
    { ...page, ...none },
    ...page.incidents.map((one) => ({ ...page, ...none, incidents: [one] })),
    ...page.maintenances.map((one) => ({ ...page, ...none, components: [], maintenances: [one] })),
  ]
}

/** Puts something before every id that parsers take for one, wherever it stands, strings alone. */
function ownIds(fuzzed: StatuspageDocuments, prefix: string): StatuspageDocuments {
  const keys = new Set(['id', 'code', 'group_id'])
  const walk = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string' && keys.has(key) && value !== '') return `${prefix}${value}`.slice(0, 32)
    if (Array.isArray(value)) return value.map((one) => walk(one, key === 'components' ? 'id' : ''))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]))
  }
  // Whoever reads documents has made sure that they hold lists.
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? (walk(value) as unknown[]) : [])
  const { page, components, incidents, maintenances } = fuzzed
  return {
    page,
    components: list(components),
    incidents: list(incidents),
    maintenances: list(maintenances),
    notes: [],
  }
}

function takenOf({ counts }: ImportReport): number {
  return RECORD_KINDS.reduce((sum, kind) => {
    const { new: added, unchanged, 'brought-up-to-date': changed } = counts[kind]
    return sum + added + unchanged + changed
  }, 0)
}

/** All that came in goes out, and from there into another page and out of that, without a difference. */
async function assertMovesOn(ctx: AppContext): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-fuzzed-'))
  const [first, second] = [path.join(folder, 'first'), path.join(folder, 'second')]
  const { url, remove } = await copyTemplate()
  const elsewhere = openContext(testConfig(url), { now: ctx.now })
  await exportStatuspage(ctx, first)
  expect((await importStatuspage(elsewhere, await readStatuspage(first))).refused).toEqual([])
  await exportStatuspage(elsewhere, second)
  for (const name of await readdir(first))
    expect(await readFile(path.join(second, name), 'utf8')).toBe(
      await readFile(path.join(first, name), 'utf8'),
    )
  await elsewhere.close()
  await remove()
  await rm(folder, { recursive: true })
}

/** What is stored of an incident or a maintenance has updates, and the state of the last of them. */
async function assertWhole(ctx: AppContext, own: StatuspageDocuments): Promise<void> {
  const idsOf = (raws: unknown[]) => raws.flatMap((raw) => (raw as { id?: unknown } | null)?.id ?? [])
  const stored = async (table: 'incident' | 'maintenance', ids: unknown[]) => {
    const texts = ids.filter((id): id is string => typeof id === 'string' && !id.includes('\u0000'))
    if (texts.length === 0) return []
    return ctx.read.selectFrom(table).select('id').where('id', 'in', texts).execute()
  }
  for (const { id } of await stored('incident', idsOf(own.incidents))) {
    const updates = await listUpdatesOf(ctx.read, { incidentId: id })
    expect((await getIncident(ctx.read, id)).status).toBe(updates.at(-1)?.status)
  }
  for (const { id } of await stored('maintenance', idsOf(own.maintenances))) {
    const updates = await listUpdatesOf(ctx.read, { maintenanceId: id })
    expect((await getMaintenance(ctx.read, id)).status).toBe(updates.at(-1)?.status)
  }
}
