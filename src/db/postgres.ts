import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Schema } from './schema.ts'

const INT8_OID = 20

/**
 * Opens a pool; `onLost` hears of idle connections that the server has closed, which are replaced at the next use.
 * `bigint` comes back as a number: our instants and counts are exact up to 2^53.
 */
export function openPostgres(url: string, onLost: (error: Error) => void): Kysely<Schema> {
  const types = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  }
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000, types })
  // Without a listener a lost idle connection would end the process.
  pool.on('error', onLost)
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}
