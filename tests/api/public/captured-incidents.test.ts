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
if (!present) console.info('Skipped the comparison with captured incidents: ../shared/data is not there.')
/** A key that pages did not have yet in 2022; it comes last where it is there. */
const ADDED_SINCE = { reminder_intervals: null }
const capture = (file: string): Json => JSON.parse(readFileSync(path.join(CAPTURES, file), 'utf8'))

describe.skipIf(!present)('an incident that another page published', () => {
  test.for([
    ['GitHub', () => capture('statuspage-captures/01-github-incidents-2024-09.json')],
    ['Discord', () => capture('statuspage-captures/04-discord-2022-02.json')['incidents.json']],
  ] as const)('of %s is published here with the same keys and types', async ([, read], { ctx }) => {
    const theirs = read()
    const ours = await publishedHere(ctx, theirs)
    expect(ours.incidents.length).toBeGreaterThan(0)
    expect(shapeOf(ours.page)).toEqual(shapeOf(theirs.page))
    for (const [index, { sla, ...incident }] of ours.incidents.entries()) {
      expect(sla).toEqual({ defects: [] })
      expect(shapeOf(incident)).toEqual(shapeOf({ ...theirs.incidents[index], ...ADDED_SINCE }))
    }
  })

  test('of three years says here what it said there', { timeout: 120_000 }, async ({ ctx }) => {
    const theirs = capture('claude-status/incidents.json')
    await importStatuspage(ctx, documentsOf(theirs, capture('claude-status/components.json').components))
    const web = createWeb(ctx)
    for (const incident of theirs.incidents) {
      const answer = await web.request(`/incidents/${incident.id}.json`)
      const { sla, ...ours }: Json = await answer.json()
      expect(sla).toEqual({ defects: [] })
      expect(Object.keys(ours)).toEqual(Object.keys(incident))
      // Of three incidents its source later let go a component that their updates still name.
      const named = incident.components.map((component: Json) => component.id)
      ours.components = ours.components.filter((component: Json) => named.includes(component.id))
      expect(saidBy(ours)).toEqual(saidBy(incident))
    }
  })
})

async function publishedHere(ctx: AppContext, theirs: Json): Promise<Json> {
  // The captures hold few components beside their incidents; those inside them are whole.
  const components = new Map(
    theirs.incidents.flatMap((incident: Json) => incident.components.map((it: Json) => [it.id, it])),
  )
  const report = await importStatuspage(ctx, documentsOf(theirs, [...components.values()]))
  expect(report.refused).toEqual([])
  return (await createWeb(ctx).request('/api/v2/incidents.json')).json()
}

function documentsOf({ page, incidents }: Json, components: unknown[]): StatuspageDocuments {
  return { page, components, incidents, maintenances: [], notes: [] }
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
