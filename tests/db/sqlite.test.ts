import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'

describe('a SQLite database', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'avow-sqlite-test-'))
    file = path.join(folder, 'deep', 'avow.db')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('is made where there is none, for its owner only', async () => {
    const database = openDatabase(`file:${file}`)
    await database.close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('waits for the disk on every connection, also after reopening', async () => {
    for (let opening = 0; opening < 2; opening += 1) {
      const database = openDatabase(`file:${file}`)
      for (const connection of [database.reader, database.writer]) {
        const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(connection)
        expect(rows).toEqual([{ synchronous: 2 }])
      }
      await database.close()
    }
  })

  test('is closed completely, so that the file alone holds everything', async () => {
    const database = openDatabase(`file:${file}`)
    await migrate(database.writer)
    await database.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('cannot be written through the reader', async () => {
    const database = openDatabase(`file:${file}`)
    await expect(sql`create table t (a int)`.execute(database.reader)).rejects.toThrow(/readonly/)
    await database.close()
  })

  test('refuses a write with a clear error when another process keeps the lock', {
    timeout: 15_000,
  }, async () => {
    const database = openDatabase(`file:${file}`)
    await migrate(database.writer)
    const other = new BetterSqlite(file)
    other.exec('begin immediate')
    const waiting = database.write(async () => 'written')
    await expect(waiting).rejects.toMatchObject({ code: 'busy' })
    other.exec('rollback')
    await expect(database.write(async () => 'written')).resolves.toBe('written')
    other.close()
    await database.close()
  })

  test('keeps nothing of a migration that fails', async () => {
    const database = openDatabase(`file:${file}`)
    await expect(migrate(database.writer, path.resolve('tests/db/failing-migration'))).rejects.toThrow(
      'half way',
    )
    const tables = await sql<{ name: string }>`select name from sqlite_master where name = 'half'`.execute(
      database.writer,
    )
    expect(tables.rows).toEqual([])
    await database.close()
  })
})
