import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AppContext } from '../../../src/context.ts'
import { importStatuspage } from '../../../src/import/statuspage/import-statuspage.ts'
import type { StatuspageDocuments } from '../../../src/import/statuspage/source.ts'
import { createWeb } from '../../../src/web.ts'
import { test } from '../../import/empty-site.ts'
import { describe, expect } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'

// Captures of real pages stand beside the project on some machines and are no part of it.
const CAPTURES = path.resolve('../shared/data')
const present = existsSync(CAPTURES)
if (!present) console.info('Skipped the comparison with captured documents: ../shared/data is not there.')
const capture = (file: string): Json => JSON.parse(readFileSync(path.join(CAPTURES, file), 'utf8'))

describe.skipIf(!present)('a document that another page published', () => {
  test.for([
    [
      'GitHub',
      () => ({
        'components.json': capture('statuspage-captures/01-github-components-2024-09.json'),
        'incidents.json': capture('statuspage-captures/01-github-incidents-2024-09.json'),
      }),
    ],
    ['Discord', () => capture('statuspage-captures/04-discord-2022-02.json')],
    [
      'an example',
      () => ({ 'summary.json': capture('statuspage-captures/06-marmot-summary-handwritten.json') }),
    ],
  ] as const)('of %s is published here with the same keys, types and order', async ([, read], { ctx }) => {
    const theirs: Record<string, Json> = Object.fromEntries(
      Object.entries(read()).filter(([file]) => !file.startsWith('metrics-display/')),
    )
    const ours = await publishedHere(ctx, Object.values(theirs))
    for (const [file, document] of Object.entries(theirs))
      expect([file, shapeOf(likeTheirs(await ours(file), document))]).toEqual([file, shapeOf(document)])
  })
})

/** Imports everything that these documents have in them; what is returned asks for ours. */
async function publishedHere(ctx: AppContext, documents: Json[]): Promise<(file: string) => Promise<Json>> {
  const all = (key: string) => documents.flatMap((document) => document[key] ?? [])
  // Some captures hold few components beside their incidents; those inside them are whole. Groups are named alone.
  const listed = [...all('components'), ...all('incidents').flatMap(({ components }) => components)]
  const components = new Map(listed.map((component) => [component.id, component]))
  for (const { group_id: id } of listed)
    if (id !== null && !components.has(id)) components.set(id, { id, name: 'A group', group: true })
  const report = await importStatuspage(ctx, {
    page: documents[0]?.page,
    components: [...components.values()],
    incidents: all('incidents'),
    maintenances: all('scheduled_maintenances'),
    notes: [],
  } satisfies StatuspageDocuments)
  expect(report.refused).toEqual([])
  const web = createWeb(ctx)
  return async (file) => (await web.request(`/api/v2/${file}`)).json()
}

/**
 * Ours without what theirs cannot have: `sla`, which is added, a key that pages did not have yet in 2022, which comes
 * last where it is there, and things of lists that their capture has not kept.
 */
function likeTheirs(ours: Json, theirs: Json): Json {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (theirs.some((one) => one?.id === undefined)) return ours
    return theirs.map((one) => likeTheirs(ours.find(({ id }) => id === one.id) ?? null, one))
  }
  if (ours === null || typeof ours !== 'object' || theirs === null) return ours
  return Object.fromEntries(
    Object.entries(ours)
      .filter(([key]) => key in theirs || !['sla', 'reminder_intervals'].includes(key))
      .map(([key, value]) => [key, likeTheirs(value, theirs[key] ?? null)]),
  )
}

/** The keys in their order, with the type of each value. */
function shapeOf(value: Json): unknown {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object') return typeof value
  return Object.entries(value).map(([key, one]) => [key, shapeOf(one)])
}
