import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inject } from 'vitest'
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

  // That PostgreSQL takes them as well, tests/import/claude-status.test.ts says; to do so takes it half a minute.
  if (inject('engine') === 'sqlite')
    test('of three years says here what it said there', { timeout: 120_000 }, async ({ ctx }) => {
      const documents = ['components', 'incidents', 'scheduled-maintenances'].map((name) =>
        capture(`claude-status/${name}.json`),
      )
      const [components, incidents, maintenances] = documents as [Json, Json, Json]
      const ours = await publishedHere(ctx, documents)
      for (const [file, theirs] of [
        ['components.json', components],
        ['scheduled-maintenances.json', maintenances],
      ] as const) {
        expect([file, shapeOf(likeTheirs(await ours(file), theirs))]).toEqual([file, shapeOf(theirs)])
      }
      // What is within these incidents was captured elsewhere, with the keys of that place. Staff there are reminded.
      const outside = ({ incident_updates, components, sla, ...incident }: Json) => ({
        ...incident,
        reminder_intervals: null,
      })
      const newest = (await ours('incidents.json')).incidents
      const captured = incidents.incidents.slice(0, 50)
      expect(newest.map(({ id }: Json) => id)).toEqual(captured.map(({ id }: Json) => id))
      expect(shapeOf(newest.map(outside))).toEqual(shapeOf(captured.map(outside)))
      const web = createWeb(ctx)
      for (const incident of incidents.incidents) {
        const answer = await web.request(`/incidents/${incident.id}.json`)
        const { sla, ...own }: Json = await answer.json()
        expect(sla).toEqual({ defects: [] })
        expect(Object.keys(own)).toEqual(Object.keys(incident))
        expect(saidBy(likeTheirs(own, incident))).toEqual(saidBy(incident))
      }
      for (const maintenance of (await ours('scheduled-maintenances.json')).scheduled_maintenances) {
        const theirs = maintenances.scheduled_maintenances.find(({ id }: Json) => id === maintenance.id)
        // Their end is the planned one, ours when it was told: see `scheduled_until` beside it.
        const { resolved_at } = maintenance
        expect(saidBy({ ...likeTheirs(maintenance, theirs), resolved_at })).toEqual({
          ...saidBy(theirs),
          resolved_at: maintenance.incident_updates[0].display_at,
        })
        for (const key of ['started_at', 'scheduled_for', 'scheduled_until'])
          expect([key, maintenance[key]]).toEqual([key, theirs[key]])
      }
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

/** What does not depend on the page that publishes it, nor on names and states that have changed since. */
function saidBy(incident: Json) {
  const { id, name, status, created_at, updated_at, monitoring_at, resolved_at, impact } = incident
  return {
    ...{ id, name, status, created_at, updated_at, monitoring_at, resolved_at, impact },
    components: incident.components.map((component: Json) => component.id),
    updates: incident.incident_updates.map((update: Json) => ({
      ...{ id: update.id, status: update.status, body: update.body, incident_id: update.incident_id },
      ...{ created_at: update.created_at, updated_at: update.updated_at, display_at: update.display_at },
      ...{ deliver_notifications: update.deliver_notifications, affected: update.affected_components },
      ...{ custom_tweet: update.custom_tweet, tweet_id: update.tweet_id },
    })),
  }
}
