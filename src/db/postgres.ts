import {
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { databaseRefusal, failedCommit } from './refusal.ts'
import type { Schema } from './schema.ts'
import { whenFree } from './when-free.ts'
import type { WriteLine } from './write-line.ts'

const INT8_OID = 20
/** Any constant that no other program uses on this database. */
const WRITE_LOCK = 0x41_76_6f_77

/** The channel on which whoever listens is told that something was written. */
export const WRITTEN = 'avow_written'

/**
 * Opens a pool; `onFailure` hears of idle connections that the server has closed, which are replaced at the next use.
 * `bigint` comes back as a number: our instants and counts are exact up to 2^53.
 */
export function openPostgres(url: string, onFailure: (error: unknown) => void): Kysely<Schema> {
  const types = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  }
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000, types })
  // Without a listener a lost idle connection would end the process.
  pool.on('error', onFailure)
  // The same holds for one that breaks while somebody works on it and is thinking.
  pool.on('connect', (client) => client.on('error', onFailure))
  return new Kysely<Schema>({ dialect: new PoolDialect({ pool }) })
}

class PoolDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): PostgresDriver {
    return new PoolDriver(this.#config)
  }
}

type PoolConnection = Parameters<PostgresDriver['rollbackTransaction']>[0]

class PoolDriver extends PostgresDriver {
  override async commitTransaction(connection: PoolConnection): Promise<void> {
    try {
      await super.commitTransaction(connection)
    } catch (error) {
      throw failedCommit(error)
    }
  }

  override async rollbackTransaction(connection: PoolConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection)
    } catch {
      // The connection is broken, which rolls back as well, and Kysely gives it up. What broke it is already on its way.
    }
  }
}

/**
 * Runs a writing transaction, one at a time over all processes, as SQLite does by itself: writers of one page record
 * their changes in one order anyway, and waiting in line cannot deadlock.
 * @throws DomainError `busy` after five seconds in line; `outcome-unknown`, `no-space`, `unavailable` when the
 * database fails
 */
export async function writeOnPostgres<Result>(
  pool: Kysely<Schema>,
  line: WriteLine,
  work: (db: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  const write = () =>
    pool.transaction().execute(async (db) => {
      // Short, and asked for again while there is patience, of which nobody in line has the same.
      await sql`set local lock_timeout = '500ms'`.execute(db)
      // Whoever listens is told when the transaction is committed, and of none that is not.
      await sql`select pg_advisory_xact_lock(${sql.lit(WRITE_LOCK)}), pg_notify(${sql.lit(WRITTEN)}, '')`.execute(
        db,
      )
      return work(db)
    })
  return line.enter((waiting) => refusing(() => whenFree(write, waiting)))
}

/** Runs several reads over one state of the database. */
export async function snapshotOnPostgres<Result>(
  pool: Kysely<Schema>,
  work: (db: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return refusing(() =>
    pool.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
  )
}

async function refusing<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw databaseRefusal(error) ?? error
  }
}
