import { copyFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, inject } from 'vitest'
import { prepareContext } from '../../src/context.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { toDefect } from '../../src/domain/defects/defect.ts'
import { listReleasePlans } from '../../src/domain/defects/releases.ts'
import { readPromises } from '../../src/domain/sla/read-promises.ts'
import { testConfig } from '../support/test-config.ts'
import { test } from './database.ts'

// A database that the first schema made and filled, as the program of then left it.
const CONFIRMED_AT = Date.parse('2026-11-12T06:30:00Z')
const ROWS = [
  `insert into page values ('page00000001', 'Ledger Lane', 'Asia/Kolkata', null, null, '#2f5bd7', 7, 0, 0)`,
  `insert into sla_calendar values ('standard', 1, 'Monday to Friday', 'Asia/Kolkata', '[1,2,3,4,5]', '[]', null, 0)`,
  `insert into sla_policy values ('standard', 1, 'Standard terms', 'standard', 1, '2000-01-01', null,
    '{"critical":{"response":{"hours":4},"workaround":{"hours":4},"fix":{"hours":48}}}', 0)`,
  `insert into defect values ('defect000001', 'CHK-412', 'Payments are lost', 'critical', 1,
    ${CONFIRMED_AT}, ${CONFIRMED_AT}, ${CONFIRMED_AT}, ${CONFIRMED_AT})`,
  `insert into sla_promise values ('defect000001', 'standard', 1, 'standard', 1, ${CONFIRMED_AT}, ${CONFIRMED_AT})`,
  `insert into defect_event values ('event0000001', 'defect000001', 'workaround', ${CONFIRMED_AT + 60_000},
    null, null, null, 'Use transfers.', ${CONFIRMED_AT + 60_000}, 'A responder')`,
  `insert into release values ('release00001', '26.48', 'regular', ${CONFIRMED_AT}, null, null, 0, 0)`,
]

describe('a database of the first schema', () => {
  test('is brought to the newest one with everything that was promised', async ({ url, folder }) => {
    await makeOld(url, folder)
    const ctx = await prepareContext(testConfig(url), { now: () => CONFIRMED_AT + 7_200_000 })
    const rows = await ctx.read.selectFrom('defect').selectAll().execute()
    const promises = await readPromises(ctx.read, rows.map(toDefect), ctx.now())
    const plans = await listReleasePlans(ctx.read)
    await ctx.close()
    expect(promises.get('defect000001')?.goals.map(({ state }) => [state.verdict, state.deadlineAt])).toEqual(
      [
        ['met', Date.parse('2026-11-12T10:30:00Z')],
        ['met', Date.parse('2026-11-12T10:30:00Z')],
        ['open', Date.parse('2026-11-16T06:30:00Z')],
      ],
    )
    expect(plans).toMatchObject([{ releaseId: 'release00001', plannedAt: CONFIRMED_AT, reason: null }])
  })
})

async function makeOld(url: string, folder: string): Promise<void> {
  // Inside the project, so that the copy finds the packages that it imports.
  const copy = path.resolve('tests/.tmp', path.basename(folder))
  await mkdir(copy, { recursive: true })
  await copyFile('migrations/0001-initial.ts', path.join(copy, '0001-initial.ts'))
  if (inject('engine') === 'sqlite') await rm(url.slice('file:'.length))
  const database = openDatabase(url)
  try {
    if (inject('engine') === 'postgres') {
      await sql`drop schema public cascade`.execute(database.writer)
      await sql`create schema public`.execute(database.writer)
    }
    await migrate(database.writer, copy)
    for (const row of ROWS) await sql.raw(row).execute(database.writer)
  } finally {
    await database.close()
    await rm(copy, { recursive: true })
  }
}
