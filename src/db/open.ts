import { statSync } from 'node:fs'
import type { Kysely, Transaction } from 'kysely'
import { openPostgres, snapshotOnPostgres, writeOnPostgres } from './postgres.ts'
import type { Schema } from './schema.ts'
import { openSqliteReader, openSqliteWriter, type SqliteConnection } from './sqlite.ts'

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

/** Opens `file:PATH` (made if it is not there) or `postgres://…`; `onLost` hears of connections that broke while idle. */
export function openDatabase(url: string, onLost: (error: Error) => void = () => {}): Database {
  return url.startsWith('file:') ? sqliteDatabase(url.slice('file:'.length)) : postgresDatabase(url, onLost)
}

/**
 * Makes sure that a database that has been in use is still there, because opening it would make an empty one in its place.
 * @throws Error with a sentence when its SQLite file is gone or empty
 */
export function assertNotGone(url: string): void {
  if (!url.startsWith('file:')) return
  const path = url.slice('file:'.length)
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return
  throw new Error(
    `The database ${path} has been in use and is gone or empty. Put it back, or restore a backup.`,
  )
}

function postgresDatabase(url: string, onLost: (error: Error) => void): Database {
  const pool = openPostgres(url, onLost)
  return {
    engine: 'postgres',
    reader: pool,
    snapshot: (work) => snapshotOnPostgres(pool, work),
    write: (work) => writeOnPostgres(pool, work),
    writer: pool,
    close: () => pool.destroy(),
  }
}

function sqliteDatabase(path: string): Database {
  const writer = openSqliteWriter(path)
  const reader = openReaderBeside(writer, path)
  return {
    engine: 'sqlite',
    reader: reader.db,
    snapshot: (work) => reader.db.transaction().execute(work),
    write: (work) => writer.db.transaction().execute(work),
    writer: writer.db,
    close: async () => {
      // The writer last: closing it writes the log back into the file.
      await reader.close()
      await writer.close()
    },
  }
}

function openReaderBeside(writer: SqliteConnection, path: string): SqliteConnection {
  try {
    return openSqliteReader(path)
  } catch (error) {
    void writer.close()
    throw error
  }
}
