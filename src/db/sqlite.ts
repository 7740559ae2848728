import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { type Dialect, Kysely, SqliteDialect } from 'kysely'
import type { Schema } from './schema.ts'
import { WritingDialect } from './sqlite-dialect.ts'
import { onlyInPlace, type SqlitePlace } from './sqlite-place.ts'
import { keepingStatements } from './sqlite-statements.ts'

/** A connection; closing it closes the file even when no query was ever made, which Kysely alone does not. */
export interface SqliteConnection {
  db: Kysely<Schema>
  close(): Promise<void>
}

/** Makes the file, readable by its owner only, where there is none. */
export function makeSqliteFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const database = new BetterSqlite(path)
  database.close()
  chmodSync(path, 0o600)
}

/** Opens the writing connection of a file that is there. */
export function openSqliteWriter(place: SqlitePlace): SqliteConnection {
  place.assertKept()
  const database = new BetterSqlite(place.path, { fileMustExist: true })
  return orClosed(database, () => {
    database.pragma('journal_mode = WAL')
    return connectionOver(database, new WritingDialect(keepingStatements(configured(database)), place))
  })
}

/** Opens a connection that the file system itself keeps from writing. */
export function openSqliteReader(place: SqlitePlace): SqliteConnection {
  const database = new BetterSqlite(place.path, { readonly: true })
  return orClosed(database, () =>
    connectionOver(
      database,
      new SqliteDialect({ database: onlyInPlace(keepingStatements(configured(database)), place) }),
    ),
  )
}

/** What is made of a connection, which is closed when that fails: a damaged file is opened again and again. */
function orClosed<Made>(database: BetterSqlite.Database, make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    database.close()
    throw error
  }
}

function connectionOver(database: BetterSqlite.Database, dialect: Dialect): SqliteConnection {
  const db = new Kysely<Schema>({ dialect })
  return {
    db,
    close: async () => {
      await db.destroy()
      database.close()
    },
  }
}

/**
 * Settings of every connection. A reopened WAL file comes back with `synchronous = NORMAL`, which may lose an
 * acknowledged write with the power; so it is set and asserted each time.
 */
function configured(database: BetterSqlite.Database): BetterSqlite.Database {
  database.pragma('busy_timeout = 0')
  database.pragma('foreign_keys = ON')
  database.pragma('synchronous = FULL')
  if (database.pragma('synchronous', { simple: true }) !== 2) {
    throw new Error('SQLite did not accept synchronous=FULL.')
  }
  return database
}
