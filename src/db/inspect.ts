import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Kysely, sql } from 'kysely'
import { migrationFolder } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import type { Schema } from './schema.ts'
import { openSqliteReader } from './sqlite.ts'
import { assertNoLogAlone, assertSqliteFileIsOurs, isSqliteFileThere } from './sqlite-check.ts'
import { SqlitePlace } from './sqlite-place.ts'

/** Migrations that the database and this program do not have in common. */
export interface SchemaFacts {
  /** That have not run yet. */
  pending: string[]
  /** That ran, and that this program does not know: those of a newer one. */
  unknown: string[]
}

export interface SqliteFacts {
  file: string
  /** Permission bits, such as 0o600. */
  mode: number
  /** Bytes of the database and of its write-ahead log. */
  size: number
  walSize: number
}

export interface PostgresFacts {
  /** Such as 180004. */
  version: number
  isReadOnly: boolean
  /** What a commit waits for: anything but `off` survives the end of the server. */
  synchronousCommit: string
}

/**
 * Looks at a SQLite database without changing it; undefined where there is no file.
 * @throws Error with a sentence when it is damaged or no database of ours
 */
export async function inspectSqlite(file: string): Promise<(SqliteFacts & SchemaFacts) | undefined> {
  assertNoLogAlone(file)
  if (!isSqliteFileThere(file)) return undefined
  assertSqliteFileIsOurs(file, 'integrity_check')
  const { db, close } = openSqliteReader(new SqlitePlace(file))
  try {
    const { mode, size } = statSync(file)
    const wal = `${file}-wal`
    const walSize = existsSync(wal) ? statSync(wal).size : 0
    return { file, mode: mode & 0o777, size, walSize, ...(await inspectSchema(db)) }
  } finally {
    await close()
  }
}

/** @throws what the driver throws for a server that cannot be reached */
export async function inspectPostgres(url: string): Promise<PostgresFacts & SchemaFacts> {
  const db = openPostgres(url, () => {})
  try {
    const { rows } = await sql<{ version: number; read_only: string; commits: string }>`
      select current_setting('server_version_num')::int as version,
        current_setting('transaction_read_only') as read_only,
        current_setting('synchronous_commit') as commits`.execute(db)
    const [row] = rows
    if (!row) throw new Error('PostgreSQL answered nothing.')
    const { version, read_only, commits } = row
    const schema = await inspectSchema(db)
    return { version, isReadOnly: read_only === 'on', synchronousCommit: commits, ...schema }
  } finally {
    await db.destroy()
  }
}

async function inspectSchema(db: Kysely<Schema>): Promise<SchemaFacts> {
  const known = readdirSync(migrationFolder())
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.basename(name, '.ts'))
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  const hasRun = tables.some(({ name }) => name === 'kysely_migration')
  const { rows } = hasRun
    ? await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
    : { rows: [] }
  const ran = rows.map(({ name }) => name)
  return {
    pending: known.filter((name) => !ran.includes(name)),
    unknown: ran.filter((name) => !known.includes(name)),
  }
}
