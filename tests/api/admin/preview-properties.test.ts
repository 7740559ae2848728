import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { listEvents } from '../../../src/domain/events/list-events.ts'
import { test } from '../../support/databases.ts'
import { expect, openSite, type Site } from '../../support/site.ts'
import { type Client, type Json, writer } from './client.ts'
import { keptRows } from './kept-rows.ts'
import { anyStep, type Step, type Write, writeOf } from './random-writes.ts'
import { differing, readWhatIsSaid, type Said } from './what-is-said.ts'

// Whatever is written, the preview says what the page says when it is really written, and changes nothing itself.

const STEPS = 10

const SURE = {
  pick: 1,
  status: 'identified',
  level: 'major_outage',
  severity: 'critical',
  yes: true,
} as const
/** Something to write about, and a case of everything that a preview tells of. */
const BEGINNING: Step[] = [
  { ...SURE, kind: 'openIncident', minutes: 1 },
  { ...SURE, kind: 'fileDefect', minutes: 10 },
  { ...SURE, kind: 'link', minutes: 10 },
  { ...SURE, kind: 'postUpdate', minutes: 10 },
  { ...SURE, kind: 'schedule', minutes: 60 },
]

test('a preview says what the page then says, and changes nothing', async ({ databases }) => {
  const foretold = new Set<string>()
  const steps = fc.array(anyStep, { minLength: STEPS, maxLength: STEPS })
  const run = fc.asyncProperty(steps, async (chosen) => {
    const { site, close } = await openSite(await databases.next())
    try {
      const api = await writer(site)
      for (const step of [...BEGINNING, ...chosen]) {
        site.clock.advance({ minutes: step.minutes })
        const said = await assertForetold(site, api, await writeOf(site, step))
        for (const what of said) foretold.add(what)
      }
    } finally {
      await close()
    }
  })
  // Another one each time. A failure names its seed; to make it smaller takes longer than a test may.
  await fc.assert(run, { numRuns: 1, endOnFailure: true })
  // Where nothing has happened, nothing is proved.
  expect([...foretold]).toEqual(
    expect.arrayContaining(['headline', 'components', 'promises', 'feeds', 'calendars']),
  )
}, 60_000)

/** Asks for the preview of a write, makes the write, compares, and names what it has changed. */
async function assertForetold(site: Site, api: Client, write: Write): Promise<string[]> {
  const send = (query: string) => api[write.method](write.path + query, write.body)
  const untouched = await keptRows(site)
  const preview = await send('?preview=true')
  expect(await keptRows(site)).toEqual(untouched)
  const before = await readWhatIsSaid(site, api)
  const [last] = await listEvents(site.ctx.read, { limit: 1 })
  const real = await send('')
  if (real.status >= 400) {
    expect([preview.status, preview.body]).toEqual([real.status, real.body])
    return ['refused']
  }
  const after = await readWhatIsSaid(site, api)
  const events = (await listEvents(site.ctx.read, { limit: 100 })).filter(({ id }) => id > (last?.id ?? 0))
  expect(preview.status, JSON.stringify(preview.body)).toBe(200)
  expect({ write, ...toldOf(preview.body) }).toEqual({
    write,
    headlines: [before.headline, after.headline],
    components: differing(before.components, after.components).sort(),
    entries: differing(before.items, after.items)
      .flatMap((key) => after.items.get(key) ?? [])
      .map(({ feed, title, html }) => `${feed}: ${title}: ${html}`)
      .sort(),
    feeds: differing(before.feeds, after.feeds).sort(),
    calendars: differing(before.calendars, after.calendars).sort(),
    recorded: events.map(({ type }) => type).reverse(),
  })
  assertPromises(preview.body, before, after)
  return changedOf(before, after)
}

/** What a preview says, in the words of the comparison. */
function toldOf({ headline, components, feed_entries, audience, recorded }: Json) {
  const shown = ({ sentence, status, indicator, description }: Json) => ({
    sentence,
    status,
    indicator,
    description,
  })
  return {
    headlines: [shown(headline.before), shown(headline.after)],
    components: components.map(({ id }: Json) => id).sort(),
    entries: feed_entries.map(({ feed, title, html }: Json) => `${feed}: ${title}: ${html}`).sort(),
    // The others are the same in another format.
    feeds: audience.feeds.filter((path: string) => /(history\.rss|json)$/.test(path)).sort(),
    calendars: audience.calendars.toSorted(),
    recorded,
  }
}

/** Each promise that a preview tells of is what it says, and every one that changes is told of. */
function assertPromises({ promises }: Json, before: Said, after: Said): void {
  const state = (promise: Json) =>
    promise && {
      verdict: promise.verdict,
      deadline_at: promise.deadline_at,
      completed_at: promise.completed_at,
    }
  const told = new Map<string, Json>(
    promises.map((one: Json) => [`${one.defect.key} ${one.goal}`, [state(one.before), state(one.after)]]),
  )
  for (const key of [...told.keys(), ...differing(before.promises, after.promises)])
    expect([key, told.get(key)]).toEqual([key, [before.promises.get(key) ?? null, after.promises.get(key)]])
}

function changedOf(before: Said, after: Said): string[] {
  return [
    ...(isDeepStrictEqual(before.headline, after.headline) ? [] : ['headline']),
    ...(['components', 'promises', 'feeds', 'calendars'] as const).filter(
      (what) => differing<unknown>(before[what], after[what]).length > 0,
    ),
  ]
}
