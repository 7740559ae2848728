import { existsSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { openPostgres } from './postgres.ts'
import type { Schema } from './schema.ts'
import { openSqliteReader, openSqliteWriter } from './sqlite.ts'

/** An open database: the same queries on both engines; only this folder knows which one it is. */
export interface Database {
  engine: 'sqlite' | 'postgres'
  /** For reading; on SQLite a connection that cannot write. */
  reader: Kysely<Schema>
  /** For transactions and migrations. */
  writer: Kysely<Schema>
  close(): Promise<void>
}

/** Opens `file:PATH` (made if it is not there) or `postgres://…`; `onLost` hears of connections that broke while idle. */
export function openDatabase(url: string, onLost: (error: Error) => void = () => {}): Database {
  if (!url.startsWith('file:')) {
    const pool = openPostgres(url, onLost)
    return { engine: 'postgres', reader: pool, writer: pool, close: () => pool.destroy() }
  }
  const path = url.slice('file:'.length)
  const writer = openSqliteWriter(path)
  const reader = openSqliteReader(path)
  return {
    engine: 'sqlite',
    reader: reader.db,
    writer: writer.db,
    close: async () => {
      // The writer last: closing it writes the log back into the file.
      await reader.close()
      await writer.close()
    },
  }
}

/** Whether the SQLite file is there already; a PostgreSQL database always counts as there. */
export function databaseExists(url: string): boolean {
  return !url.startsWith('file:') || existsSync(url.slice('file:'.length))
}
