import type { Kysely, Transaction } from 'kysely'
import { tellingWaits } from './database-waits.ts'
import { openPostgres, snapshotOnPostgres, writeOnPostgres } from './postgres.ts'
import type { Schema } from './schema.ts'
import { openSqliteReader, type SqliteConnection } from './sqlite.ts'
import { assertSqliteFileIsOurs, assertSqliteFileIsThere, makeSqliteFileIfNew } from './sqlite-check.ts'
import { SqlitePlace } from './sqlite-place.ts'
import { SqliteWriter } from './sqlite-writer.ts'
import { WriteLine } from './write-line.ts'

type Work<Result> = (db: Transaction<Schema>) => Promise<Result>

/** An open database: the same queries on both engines; only this folder knows which one it is. */
export interface Database {
  engine: 'sqlite' | 'postgres'
  /** For a single question; on SQLite a connection that cannot write. */
  reader: Kysely<Schema>
  /** Several questions about one state of the database: no write shows in the middle of them. */
  snapshot<Result>(work: Work<Result>): Promise<Result>
  /** A writing transaction; they follow one another, over all processes. */
  write<Result>(work: Work<Result>): Promise<Result>
  /** For migrations. */
  writer: Kysely<Schema>
  close(): Promise<void>
}

/**
 * Makes sure, before a program begins its work, that the database is one to work on. PostgreSQL looks after its own.
 * @throws Error with a sentence when the file is damaged, gone or another program's
 */
export function assertDatabaseIsOurs(url: string): void {
  if (!url.startsWith('file:')) return
  const path = url.slice('file:'.length)
  makeSqliteFileIfNew(path)
  assertSqliteFileIsOurs(path, 'quick_check')
}

/**
 * Makes sure that a database that has been in use is still there, because opening it would make an empty one in its place.
 * @throws Error with a sentence when its SQLite file is gone or empty
 */
export function assertNotGone(url: string): void {
  if (url.startsWith('file:')) assertSqliteFileIsThere(url.slice('file:'.length))
}

/**
 * Opens `file:PATH` (made if it is not there) or `postgres://…`; `onFailure` hears what happened when a connection
 * breaks while it is idle, or the database fails in a write.
 */
export function openDatabase(url: string, onFailure: (error: unknown) => void = () => {}): Database {
  return tellingWaits(
    url.startsWith('file:')
      ? sqliteDatabase(url.slice('file:'.length), onFailure)
      : postgresDatabase(url, onFailure),
  )
}

function postgresDatabase(url: string, onFailure: (error: unknown) => void): Database {
  const pool = openPostgres(url, onFailure)
  const line = new WriteLine()
  return {
    engine: 'postgres',
    reader: pool,
    snapshot: (work) => snapshotOnPostgres(pool, work),
    write: (work) => writeOnPostgres(pool, line, work),
    writer: pool,
    close: () => pool.destroy(),
  }
}

function sqliteDatabase(path: string, onFailure: (error: unknown) => void): Database {
  makeSqliteFileIfNew(path)
  const place = new SqlitePlace(path)
  const writer = new SqliteWriter(place, {
    onFailure,
    // Readers of this process share one connection, one after another: whoever has it keeps all others from reading.
    whileNobodyReads: (run) => reader.db.connection().execute(run),
  })
  const reader = openReaderBeside(writer, place)
  return {
    engine: 'sqlite',
    reader: reader.db,
    snapshot: (work) => reader.db.transaction().execute(work),
    write: (work) => writer.write(work),
    writer: writer.db,
    close: async () => {
      // The writer last: closing it writes the log back into the file.
      await reader.close()
      await writer.close()
    },
  }
}

function openReaderBeside(writer: Pick<SqliteConnection, 'close'>, place: SqlitePlace): SqliteConnection {
  try {
    return openSqliteReader(place)
  } catch (error) {
    void writer.close()
    throw error
  }
}
