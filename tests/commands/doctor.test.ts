import { existsSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import BetterSqlite from 'better-sqlite3'
import pg from 'pg'
import { inject } from 'vitest'
import type { AppContext } from '../../src/context.ts'
import { reportDefect } from '../../src/domain/defects/defects.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import { createToken } from '../../src/domain/staff/tokens.ts'
import { DAY_MS, HOUR_MS } from '../../src/lib/instant.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './database.ts'
import { runAvow } from './run-avow.ts'

const OPERATOR = { kind: 'operator', id: null, name: 'An operator' } as const

/** What it says, the labels and the site's being built aside: tests run with and without a build. */
async function doctor(url: string, settings: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runAvow(['doctor'], {
    AVOW_DATABASE: url,
    AVOW_URL: 'https://status.example.com',
    ...settings,
  })
  const lines = stdout.trimEnd().split('\n')
  const told = (label: string) => lines.filter((line) => line.startsWith(label)).map((line) => line.slice(9))
  return {
    code,
    stderr,
    problems: told('problem').filter((says) => !says.startsWith('The site is not built')),
    warnings: told('warning'),
    fine: told('ok'),
  }
}

async function addToken(ctx: AppContext): Promise<void> {
  await ctx.write(OPERATOR, (tx) => createToken(tx, { name: 'First', scopes: ['read'] }))
}

describe('the doctor', () => {
  test('finds nothing wrong with a database that is used', async ({ url, ctx }) => {
    await addToken(ctx)
    const { problems, warnings, fine } = await doctor(url)
    expect([problems, warnings]).toEqual([[], []])
    expect(fine).toEqual(
      expect.arrayContaining(['Its schema is the newest.', 'The background work is done.']),
    )
  })

  test('says that nobody can post, that the address is local, that the work is not done', async ({
    url,
    ctx,
  }) => {
    await ctx.write(OPERATOR, async (tx) => {
      const yesterday = tx.now - 5 * DAY_MS
      const defect = { key: 'CHK-1', title: 'Payments are lost', severity: 'critical' } as const
      const id = await reportDefect(tx, { ...defect, reported_at: yesterday })
      await confirmDefect(tx, id, yesterday)
      // As if the jobs had been off ever since.
      await tx.db.deleteFrom('sla_verdict').execute()
      const window = { scheduled_for: tx.now + HOUR_MS, scheduled_until: tx.now + 2 * HOUR_MS }
      await scheduleMaintenance(tx, { name: 'New disks', body: 'The API gets new disks.', ...window })
      await tx.db.updateTable('maintenance').set({ scheduled_for: yesterday }).execute()
    })
    const { warnings, problems } = await doctor(url, { AVOW_URL: 'http://localhost:4321' })
    expect(problems).toEqual([])
    expect(warnings).toEqual([
      'AVOW_URL is http://localhost:4321: links in feeds, calendars and images lead to each reader’s own machine.',
      'Nobody can post: there is no staff (`avow staff invite`), and no API token that can be used.',
      expect.stringMatching(
        /^A maintenance has been due to remind, begin or end by itself since .+ \d{4}, \d\d:\d\d .+: is a server or a worker running\?$/,
      ),
      expect.stringMatching(
        /^A verdict has been due to be written down since .+ \d{4}, \d\d:\d\d .+: is a server or a worker running\?$/,
      ),
    ])
  })

  test('notices a clock that was set back', async ({ url, ctx }) => {
    await addToken(ctx)
    await ctx.write(OPERATOR, (tx) =>
      tx.db
        .updateTable('event')
        .set({ at: tx.now + DAY_MS })
        .execute(),
    )
    const { code, problems } = await doctor(url)
    expect(code).toBe(1)
    expect(problems).toEqual([
      expect.stringMatching(/^The clock says .+, and the last change was recorded at/),
    ])
  })

  test('tells a schema of a newer program', async ({ url }) => {
    await addMigration(url, '9999-later')
    const { code, problems } = await doctor(url)
    expect(code).toBe(1)
    expect(problems).toEqual([
      'A newer Avow has changed the schema (9999-later): run that version, or a newer one.',
    ])
  })
})

if (inject('engine') === 'sqlite')
  describe('the doctor, on SQLite', () => {
    test('says that there is no database yet, and makes none', async ({ folder }) => {
      const file = path.join(folder, 'none.db')
      expect(await doctor(`file:${file}`)).toMatchObject({
        problems: [],
        warnings: [`There is no database at ${file} yet; \`npm start\` makes it.`],
      })
      expect(existsSync(file)).toBe(false)
    })

    test('says whether the folder of the published copy is ours to fill, and leaves it as it is', async ({
      url,
      ctx,
      folder,
    }) => {
      await addToken(ctx)
      const none = path.join(folder, 'copy')
      expect(await doctor(url, { AVOW_PUBLISH_DIR: none })).toMatchObject({
        code: 0,
        warnings: [`There is no copy of the page in ${none} yet; \`npm start\` makes it.`],
      })
      expect(existsSync(none)).toBe(false)
      await writeFile(path.join(folder, 'precious.txt'), 'mine')
      expect(await doctor(url, { AVOW_PUBLISH_DIR: folder })).toMatchObject({
        code: 1,
        problems: [`${folder} has other things in it; name an empty folder, or one that Avow has filled.`],
      })
    })

    test('says which folders cannot be written', async ({ url, ctx, folder }) => {
      await addToken(ctx)
      const file = path.join(folder, 'file')
      await writeFile(file, 'No folder can be in here.')
      const copy = path.join(file, 'copy')
      expect(await doctor(url, { AVOW_PUBLISH_DIR: copy, AVOW_CACHE_DIR: file })).toMatchObject({
        code: 1,
        problems: [`The copy of the page cannot be written: this user may not write in ${copy}.`],
        warnings: [`A start without a database has no pages to serve: this user may not write in ${file}.`],
      })
    })

    test('tells a damaged file, another program’s, and one that others can read', async ({ url, folder }) => {
      const damaged = path.join(folder, 'damaged.db')
      await writeFile(damaged, 'This is no database, though it has more than a hundred bytes. '.repeat(20))
      expect((await doctor(`file:${damaged}`)).problems).toEqual([
        `${damaged} is damaged, or no SQLite database at all (file is not a database). Nothing was written to it. Keep it, and restore a backup: avow restore FILE --force`,
      ])
      const foreign = path.join(folder, 'foreign.db')
      new BetterSqlite(foreign).exec('create table song (name text)').close()
      expect((await doctor(`file:${foreign}`)).problems).toEqual([
        `${foreign} is another program’s database. Nothing was written to it. Give AVOW_DATABASE another file.`,
      ])
      const gone = path.join(folder, 'gone.db')
      await writeFile(`${gone}-wal`, 'What was written last.')
      expect((await doctor(`file:${gone}`)).problems).toEqual([
        expect.stringContaining(`${gone} is gone, but what was last written to it is there, in ${gone}-wal.`),
      ])
      const file = url.slice('file:'.length)
      await chmod(file, 0o644)
      expect((await doctor(url)).problems).toEqual([
        `Others on this machine can read ${file}: run \`chmod 600 ${file}\`.`,
      ])
    })
  })

if (inject('engine') === 'postgres')
  describe('the doctor, on PostgreSQL', () => {
    test('tells a database that takes no writes or loses them', async ({ url }) => {
      const name = new URL(url).pathname.slice(1)
      await onPostgres(url, `alter database ${name} set synchronous_commit = off`)
      await onPostgres(url, `alter database ${name} set default_transaction_read_only = on`)
      expect((await doctor(url)).problems).toEqual([
        'The database takes no writes: it is a standby, or read-only by its settings.',
        'synchronous_commit is off: an update that was answered as posted can be lost with the server.',
      ])
    })

    test('says in one sentence that the server does not answer', async () => {
      const { code, problems } = await doctor('postgres://nobody@127.0.0.1:1/nothing')
      expect([code, problems]).toEqual([
        1,
        ['The database that AVOW_DATABASE names cannot be reached (ECONNREFUSED).'],
      ])
    })
  })

async function addMigration(url: string, name: string): Promise<void> {
  const insert = `insert into kysely_migration (name, timestamp) values ('${name}', '2030-01-01')`
  if (inject('engine') === 'postgres') return onPostgres(url, insert)
  new BetterSqlite(url.slice('file:'.length)).exec(insert).close()
}

async function onPostgres(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
