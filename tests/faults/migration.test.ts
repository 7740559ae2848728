import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { prepareContext } from '../../src/context.ts'
import { openDatabase } from '../../src/db/open.ts'
import { runAvow } from '../commands/run-avow.ts'
import { NODE_OPTIONS } from '../support/node-options.ts'
import { ENGINES, type Engine, emptyDatabase, makePage } from '../support/page.ts'
import { launchProgram } from '../support/running-program.ts'
import { testConfig } from '../support/test-config.ts'
import { isFull, report } from './extent.ts'

// F8: a migration that is cut off, and a program older than its database.

describe.for(ENGINES)('a migration on %s', (engine) => {
  test('that is killed before any of its statements leaves all or nothing, and the next start completes it', {
    timeout: 900_000,
  }, async ({ onTestFinished }) => {
    const whole = await emptyDatabase(engine)
    onTestFinished(whole.remove)
    const { code, stdout } = await migrateUntil(whole.url, 0)
    expect(code).toBe(0)
    const wanted = await stateOf(engine, whole.url)
    const total = Number(stdout)
    expect(total).toBeGreaterThan(20)

    const step = isFull ? 1 : Math.ceil(total / 4)
    let killed = 0
    let kept = 0
    for (let number = 1; number <= total; number += step) {
      const { url, remove } = await emptyDatabase(engine)
      const { signal } = await migrateUntil(url, number)
      expect([number, signal]).toEqual([number, 'SIGKILL'])
      const left = await stateOf(engine, url)
      // PostgreSQL has one statement more, which gives back the lock when all is kept.
      const isKept = left.migrations.length > 0
      expect([number, left.tables.filter(isOurs)]).toEqual([
        number,
        isKept ? wanted.tables.filter(isOurs) : [],
      ])
      if (isKept) kept += 1
      const ctx = await prepareContext(testConfig(url))
      await ctx.close()
      expect([number, await stateOf(engine, url)]).toEqual([number, wanted])
      await remove()
      killed += 1
    }
    report(`F8 killed migration on ${engine}`, {
      statements: total,
      kills: killed,
      'rolled back': killed - kept,
      'complete afterwards': killed,
    })
  })

  test('that this program does not know keeps it from starting, with a sentence', async ({
    onTestFinished,
  }) => {
    const page = await makePage(engine)
    onTestFinished(page.remove)
    const database = openDatabase(page.url)
    await sql`insert into kysely_migration values ('9999-of-tomorrow', '2099-01-01')`.execute(database.writer)
    await database.close()
    const before = await stateOf(engine, page.url)
    const sentence =
      'The database was brought up to date by a newer version of Avow (9999-of-tomorrow is not known here). ' +
      'Start that version again, or restore a backup from before.\n'
    const program = await launchProgram(page.url)
    expect([await program.serves, await program.ended(), program.said()]).toEqual([false, 1, sentence])
    for (const args of [['migrate'], ['token', 'create', '--name', 'x', '--scope', 'read']]) {
      expect(await runAvow(args, { AVOW_DATABASE: page.url })).toEqual({
        code: 1,
        stdout: '',
        stderr: sentence,
      })
    }
    expect(await stateOf(engine, page.url)).toEqual(before)
    report(`F8 older program on ${engine}`, { 'starts refused': 3 })
  })
})

function isOurs(table: string): boolean {
  return !table.startsWith('kysely_')
}

async function migrateUntil(
  url: string,
  statement: number,
): Promise<{ code: number | null; signal: string | null; stdout: string }> {
  const child = spawn(
    process.execPath,
    [...NODE_OPTIONS, 'tests/faults/killed-migration.ts', url, String(statement)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [stdout, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { code, signal, stdout }
}

/** The schema as the database itself tells it, and which migrations it has had. */
async function stateOf(
  engine: Engine,
  url: string,
): Promise<{ tables: string[]; schema: string[]; migrations: string[] }> {
  const database = openDatabase(url)
  try {
    const lines = async (query: string) => {
      const { rows } = await sql.raw<{ line: string }>(query).execute(database.writer)
      return rows.map(({ line }) => line)
    }
    const tables = await lines(
      engine === 'sqlite'
        ? `select name as line from sqlite_master where type = 'table' order by name`
        : `select table_name as line from information_schema.tables where table_schema = 'public' order by 1`,
    )
    const schema = await lines(
      engine === 'sqlite'
        ? `select sql as line from sqlite_master where sql is not null order by name`
        : `select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
          from information_schema.columns where table_schema = 'public'
          union all select indexdef from pg_indexes where schemaname = 'public' order by 1`,
    )
    const isRecorded = tables.includes('kysely_migration')
    return {
      tables,
      schema,
      migrations: isRecorded ? await lines('select name as line from kysely_migration') : [],
    }
  } finally {
    await database.close()
  }
}
