import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AppContext } from '../../../src/context.ts'
import { importStatuspage } from '../../../src/import/statuspage/import-statuspage.ts'
import type { StatuspageDocuments } from '../../../src/import/statuspage/source.ts'
import { createWeb } from '../../../src/web.ts'
import { test } from '../../import/empty-site.ts'
import { keys, listOf, type Shape, unlike } from '../../support/shape.ts'
import { describe, expect } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'
import { ATOM, readFeed, THEIR_RSS } from './feed-shapes.ts'
import { innerIncident, METRICS, WEBHOOKS } from './older-shapes.ts'
import { THEIRS, THEIRS_IN_2022 } from './v2-shapes.ts'

// Captures of real pages stand beside the project on some machines and are no part of it. What is known from them
// stands in tables, which ours are held against everywhere; here the tables are held against the captures.
const FOLDER = path.resolve('../shared/data')
const present = existsSync(FOLDER)
if (!present) console.info('Skipped the comparison with captured documents: ../shared/data is not there.')
const capture = (file: string): Json => {
  const text = readFileSync(path.join(FOLDER, file), 'utf8')
  return file.endsWith('.json') ? JSON.parse(text) : readFeed(text)
}

const GITHUB_COMPONENTS = 'statuspage-captures/01-github-components-2024-09.json'
const GITHUB_INCIDENTS = 'statuspage-captures/01-github-incidents-2024-09.json'
const DISCORD = 'statuspage-captures/04-discord-2022-02.json'
const EXAMPLE = 'statuspage-captures/06-marmot-summary-handwritten.json'
const CLAUDE = 'claude-status'

const { documents } = THEIRS
const { 'components/ID.json': _, 'incidents/ID.json': __, ...listsIn2022 } = THEIRS_IN_2022.documents
const graphs = ['day', 'month', 'week'].map((period) => [
  `metrics-display/5k2rt9f7pmny/${period}.json`,
  METRICS,
])

/** What each capture is. */
const CAPTURES: Record<string, Shape> = {
  [GITHUB_COMPONENTS]: documents['components.json'],
  [GITHUB_INCIDENTS]: documents['incidents.json'],
  'statuspage-captures/02-streamyard-history-2024-06.atom': ATOM,
  'statuspage-captures/02-streamyard-history-2024-06.rss': THEIR_RSS,
  // Of its documents, those with graphs have no counterpart here: Avow measures nothing.
  [DISCORD]: keys({ ...listsIn2022, ...Object.fromEntries(graphs) }),
  // Avow sends no webhooks. What their bodies tell of is in its documents: see `SAME_THINGS`.
  'statuspage-captures/05-zulip-webhook-component_status_update.json': WEBHOOKS.component,
  'statuspage-captures/05-zulip-webhook-incident_update.json': WEBHOOKS.incident,
  [EXAMPLE]: THEIRS_IN_2022.documents['summary.json'],
  [`${CLAUDE}/components.json`]: documents['components.json'],
  // What is within these incidents was captured in documents of their own: see `SAME_THINGS`.
  [`${CLAUDE}/incidents.json`]: keys({
    ...documents['incidents.json'].keys,
    incidents: listOf(innerIncident(THEIRS.incident)),
  }),
  [`${CLAUDE}/scheduled-maintenances.json`]: documents['scheduled-maintenances.json'],
}

describe.skipIf(!present)('a captured document', () => {
  test('is as the tables say, whichever it is', () => {
    const files = ['statuspage-captures', CLAUDE].flatMap((folder) =>
      readdirSync(path.join(FOLDER, folder)).map((file) => `${folder}/${file}`),
    )
    // Its sums of seconds are no document; `claude-status.test.ts` computes them again.
    expect(files.filter((file) => !file.includes('published-uptime')).toSorted()).toEqual(
      Object.keys(CAPTURES).toSorted(),
    )
    for (const [file, shape] of Object.entries(CAPTURES))
      expect([file, unlike(shape, capture(file))]).toEqual([file, []])
  })

  test.for([
    [
      'GitHub',
      () => ({ 'components.json': capture(GITHUB_COMPONENTS), 'incidents.json': capture(GITHUB_INCIDENTS) }),
    ],
    ['Discord', () => capture(DISCORD)],
    ['an example', () => ({ 'summary.json': capture(EXAMPLE) })],
    [
      'Claude',
      () => ({
        'components.json': capture(`${CLAUDE}/components.json`),
        'scheduled-maintenances.json': capture(`${CLAUDE}/scheduled-maintenances.json`),
      }),
    ],
  ] as const)(
    'of %s is published here with the same things, keys, types and order',
    async ([, read], { ctx }) => {
      const theirs: Record<string, Json> = Object.fromEntries(
        Object.entries(read()).filter(([file]) => !file.startsWith('metrics-display/')),
      )
      const { ours, given } = await publishedHere(ctx, Object.values(theirs))
      for (const [file, document] of Object.entries(theirs)) {
        const own = withoutAdded(await ours(file), document)
        // Lists of components hold those that the capture named elsewhere alone as well, and no others.
        if ('components' in document)
          own.components = own.components.filter(({ id }: Json) => {
            const isTheirs = document.components.some((one: Json) => one.id === id)
            expect([file, id, isTheirs || given.has(id)]).toEqual([file, id, true])
            return isTheirs
          })
        expect([file, shapeOf(own)]).toEqual([file, shapeOf(document)])
      }
    },
  )
})

/** Imports everything that these documents have in them; what is returned asks for ours. */
async function publishedHere(ctx: AppContext, read: Json[]) {
  const all = (key: string) => read.flatMap((document) => document[key] ?? [])
  // Some captures hold few components beside their incidents; those inside them are whole. Groups are named alone.
  const listed = [...all('components'), ...all('incidents').flatMap(({ components }) => components)]
  const components = new Map(listed.map((component) => [component.id, component]))
  for (const { group_id: id } of listed)
    if (id !== null && !components.has(id)) components.set(id, { id, name: 'A group', group: true })
  const report = await importStatuspage(ctx, {
    page: read[0]?.page,
    components: [...components.values()],
    incidents: all('incidents'),
    maintenances: all('scheduled_maintenances'),
    notes: [],
  } satisfies StatuspageDocuments)
  expect(report.refused).toEqual([])
  const web = createWeb(ctx)
  return {
    ours: async (file: string): Promise<Json> => (await web.request(`/api/v2/${file}`)).json(),
    given: new Set(components.keys()),
  }
}

/** Ours without `sla`, which is added, and without a key that pages did not have yet in 2022, where theirs has it not. */
function withoutAdded(ours: Json, theirs: Json): Json {
  if (Array.isArray(ours)) return ours.map((one, index) => withoutAdded(one, theirs?.[index] ?? null))
  if (ours === null || typeof ours !== 'object') return ours
  return Object.fromEntries(
    Object.entries(ours)
      .filter(([key]) => !['sla', 'reminder_intervals'].includes(key) || key in (theirs ?? {}))
      .map(([key, value]) => [key, withoutAdded(value, theirs?.[key] ?? null)]),
  )
}

/** The keys in their order, with the type of each value; things of a list with what tells them apart, in theirs. */
function shapeOf(value: Json): unknown {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.map((one) => [one?.id ?? one?.code ?? one, shapeOf(one)])
  if (typeof value !== 'object') return typeof value
  return Object.entries(value).map(([key, one]) => [key, shapeOf(one)])
}
