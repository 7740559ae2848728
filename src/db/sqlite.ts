import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import { DomainError } from '../errors.ts'
import type { Schema } from './schema.ts'

/** How long a write waits for another process's write before it is refused as `busy`. */
const BUSY_LIMIT_MS = 5_000
const BUSY_RETRY_MS = 20

/** A connection; closing it closes the file even when no query was ever made, which Kysely alone does not. */
export interface SqliteConnection {
  db: Kysely<Schema>
  close(): Promise<void>
}

/** Opens the writing connection; makes the file, readable by its owner only, where there is none. */
export function openSqliteWriter(path: string): SqliteConnection {
  mkdirSync(dirname(path), { recursive: true })
  const database = new BetterSqlite(path)
  return orClosed(database, () => {
    chmodSync(path, 0o600)
    database.pragma('journal_mode = WAL')
    return connectionOver(database, new WritingDialect(configured(database)))
  })
}

/** Opens a connection that the file system itself keeps from writing. */
export function openSqliteReader(path: string): SqliteConnection {
  const database = new BetterSqlite(path, { readonly: true })
  return orClosed(database, () =>
    connectionOver(database, new SqliteDialect({ database: configured(database) })),
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

class WritingDialect extends SqliteDialect {
  readonly #database: BetterSqlite.Database

  constructor(database: BetterSqlite.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: this.#database })
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter()
  }
}

/** Takes the write lock at the start, waiting in JavaScript, so that readers in this process never stand still. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += BUSY_RETRY_MS) {
      try {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'))
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        if (waitedMs >= BUSY_LIMIT_MS)
          throw new DomainError('busy', 'The database is busy. Try again in a moment.')
        await delay(BUSY_RETRY_MS)
      }
    }
  }
}

/** SQLite does roll DDL back; Kysely's own adapter says otherwise, and a failed migration would leave tables. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
