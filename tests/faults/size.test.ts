import path from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { makePage } from '../../bench/page.ts'
import type { ScenarioSize } from '../../bench/scenario.ts'
import { post } from '../support/admin-client.ts'
import { emptyDatabase } from '../support/page.ts'
import { startProgram } from '../support/running-program.ts'
import { report } from './extent.ts'

// F23: a page of a large company, ten years old. It takes most of a minute: `npm run test:faults` alone tries it.

const USUAL: ScenarioSize = { components: 200, days: 365, incidents: 120 }
const LARGE: ScenarioSize = { components: 2_000, days: 3_650, incidents: 1_000 }
/** So often each incident happens, at times of its own: to post a hundred thousand would take nine minutes. */
const REPEATED = 100
const UPDATES = 100
const POST_P99_MS = 50
const SLOWER_PER_BYTE = 3
/** Both are drawn in a few milliseconds, of which a machine may take some for something else. */
const SLOWER_IN_THE_PAST = 2

test('costs readers and writers of a page little more than a small one does', {
  timeout: 600_000,
}, async () => {
  const usual = await measure(USUAL, 1)
  const large = await measure(LARGE, REPEATED)
  report('F23 size', {
    components: LARGE.components,
    incidents: large.incidents,
    'ms for the home page': large.homeMs.toFixed(1),
    'bytes of it': large.homeBytes,
    'times as long per byte as a usual one': (large.homeMsPerByte / usual.homeMsPerByte).toFixed(2),
    'pages of history': large.historyPages,
    'ms for the first': large.firstMs.toFixed(1),
    'ms for the last': large.lastMs.toFixed(1),
    'ms p99 of a post': large.postP99Ms.toFixed(1),
  })
  expect(large.incidents).toBeGreaterThan((LARGE.incidents - 1) * REPEATED)
  expect(large.homeMsPerByte / usual.homeMsPerByte).toBeLessThan(SLOWER_PER_BYTE)
  expect(large.historyPages).toBeGreaterThan(20)
  expect(large.lastMs / large.firstMs).toBeLessThan(SLOWER_IN_THE_PAST)
  expect(large.postP99Ms).toBeLessThan(POST_P99_MS)
})

/** What the program takes for a page of this size, each time after an update, so that nothing is kept. */
async function measure(size: ScenarioSize, repeated: number) {
  const { url, remove } = await emptyDatabase('sqlite')
  try {
    const { secret } = await makePage(url, size)
    const file = url.slice('file:'.length)
    if (repeated > 1) repeatIncidents(file, repeated, size.days)
    const program = await startProgram(url, { AVOW_CACHE_DIR: path.join(path.dirname(file), 'pages') })
    try {
      return { incidents: countIncidents(file), ...(await ask(program.origin, secret)) }
    } finally {
      await program.kill()
    }
  } finally {
    await remove()
  }
}

async function ask(origin: string, secret: string) {
  const { body } = await post({ origin, secret }, '/incidents', { name: 'Slow', body: 'Looking.' })
  const updates = `/incidents/${body.id}/updates`
  const update = () =>
    timed(() => post({ origin, secret }, updates, { status: 'identified', body: 'It is a cable.' }))
  const read = async (address: string) => (await fetch(origin + address)).text()
  const posts: number[] = []
  const homes: number[] = []
  const firsts: number[] = []
  const lasts: number[] = []
  const historyPages = await countPages(origin)
  let homeBytes = 0
  for (let number = 0; number < UPDATES; number += 1) {
    const posted = await update()
    expect(posted.result.status).toBe(201)
    posts.push(posted.ms)
    const home = await timed(() => read('/'))
    homes.push(home.ms)
    homeBytes = home.result.length
    firsts.push((await timed(() => read('/history'))).ms)
    lasts.push((await timed(() => read(`/history?page=${historyPages}`))).ms)
  }
  return {
    homeMs: middle(homes),
    homeBytes,
    homeMsPerByte: middle(homes) / homeBytes,
    historyPages,
    firstMs: middle(firsts),
    lastMs: middle(lasts),
    postP99Ms: posts.sort((a, b) => a - b)[Math.ceil(posts.length * 0.99) - 1] ?? Number.NaN,
  }
}

async function countPages(origin: string): Promise<number> {
  for (let page = 1; ; page += 1)
    if ((await fetch(`${origin}/history?page=${page + 1}`)).status === 404) return page
}

async function timed<Result>(run: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const startedAt = performance.now()
  return { result: await run(), ms: performance.now() - startedAt }
}

function middle(durations: number[]): number {
  return durations.sort((a, b) => a - b)[Math.floor(durations.length / 2)] ?? Number.NaN
}

function countIncidents(file: string): number {
  const database = new BetterSqlite(file, { readonly: true })
  try {
    return Number(database.prepare('select count(*) from incident').pluck().get())
  } finally {
    database.close()
  }
}

/** Lets every incident that is over happen again and again, a little earlier each time. */
function repeatIncidents(file: string, times: number, days: number): void {
  const database = new BetterSqlite(file)
  database.exec(`
    create temp table again as
      with recursive row (number) as (select 1 union all select number + 1 from row where number < ${times - 1})
      select 'x' || number as mark, number * ${Math.floor((days * 86_400_000) / times / 10)} as ms from row;
    create temp table over as select id from incident where resolved_at is not null;
    create temp table said as select id from status_update where incident_id in (select id from over);
    begin;
    insert into incident select id || mark, name, status, impact_override, started_at - ms, resolved_at - ms,
      backfilled, metadata, postmortem_body, postmortem_published_at, created_at - ms, updated_at - ms
      from incident join over using (id), again;
    insert into status_update select id || mark, incident_id || mark, null, number, status, body, created_at - ms,
      display_at - ms, updated_at - ms, edited_at, deliver_notifications, author_kind
      from status_update join said using (id), again;
    insert into status_update_component select update_id || mark, component_id, position, name, old_status, new_status
      from status_update_component join said on said.id = update_id, again;
    insert into impact select impact.id || mark, component_id, incident_id || mark, null, level, from_at - ms,
      until_at - ms from impact join over on over.id = incident_id, again;
    commit;
  `)
  database.close()
}
