import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { DomainError } from '../errors.ts'
import type { Schema } from './schema.ts'

const INT8_OID = 20
/** Any constant that no other program uses on this database. */
const WRITE_LOCK = 0x41_76_6f_77

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
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Runs a writing transaction, one at a time over all processes, as SQLite does by itself: writers of one page record
 * their changes in one order anyway, and waiting in line cannot deadlock.
 * @throws DomainError `busy` after five seconds in line
 */
export async function writeOnPostgres<Result>(
  pool: Kysely<Schema>,
  work: (db: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return refusingBusy(() =>
    pool.transaction().execute(async (db) => {
      await sql`set local lock_timeout = '5s'`.execute(db)
      await sql`select pg_advisory_xact_lock(${sql.lit(WRITE_LOCK)})`.execute(db)
      return work(db)
    }),
  )
}

/** Runs several reads over one state of the database. */
export async function snapshotOnPostgres<Result>(
  pool: Kysely<Schema>,
  work: (db: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return refusingBusy(() =>
    pool.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
  )
}

/** Lock not available, deadlock, serialization failure, too many connections, and the server going away. */
const BUSY_CODES = new Set(['55P03', '40P01', '40001', '53300', '57P01', '57P03'])

async function refusingBusy<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    const poolIsFull = message?.includes('timeout exceeded when trying to connect') ?? false
    if (!poolIsFull && !BUSY_CODES.has(code ?? '')) throw error
    throw new DomainError('busy', 'The database is busy. Try again in a moment.')
  }
}
