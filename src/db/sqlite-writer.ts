import type { Kysely, Transaction } from 'kysely'
import { DomainError, type ErrorCode } from '../errors.ts'
import { databaseRefusal } from './refusal.ts'
import type { Schema } from './schema.ts'
import { openSqliteWriter, type SqliteConnection } from './sqlite.ts'
import { startWaiting, whenFree } from './when-free.ts'

type Work<Result> = (db: Transaction<Schema>) => Promise<Result>

/** Refusals that whoever runs the page has to know of. */
const FAILURES = new Set<ErrorCode>(['outcome-unknown', 'no-space', 'unavailable'])

/** Writes to a SQLite file, one transaction after another. */
export class SqliteWriter {
  readonly #path: string
  readonly #onFailure: (error: unknown) => void
  #connection: SqliteConnection | undefined
  #line: Promise<unknown> = Promise.resolve()

  /** `onFailure` hears what happened when the database fails. */
  constructor(path: string, onFailure: (error: unknown) => void) {
    this.#path = path
    this.#onFailure = onFailure
    this.#connection = openSqliteWriter(path)
  }

  /** For migrations, while nothing else writes. */
  get db(): Kysely<Schema> {
    return this.#opened().db
  }

  /**
   * @throws DomainError `busy` after five seconds in line; `outcome-unknown`, `no-space`, `unavailable` when the
   * database fails
   */
  write<Result>(work: Work<Result>): Promise<Result> {
    // Counted from here: whoever stands behind others that wait does not wait anew.
    const waiting = startWaiting()
    const turn = this.#line.then(() => whenFree(() => this.#writeNow(work), waiting))
    this.#line = turn.catch(() => undefined)
    return turn
  }

  async close(): Promise<void> {
    await this.#line
    await this.#connection?.close()
  }

  async #writeNow<Result>(work: Work<Result>): Promise<Result> {
    try {
      return await this.#opened().db.transaction().execute(work)
    } catch (error) {
      const refusal = error instanceof DomainError ? error : databaseRefusal(error)
      if (refusal?.code === 'outcome-unknown' || refusal?.code === 'unavailable') await this.#giveUp()
      if (refusal !== undefined && FAILURES.has(refusal.code)) this.#onFailure(refusal.cause ?? error)
      throw refusal?.code === 'busy' ? error : (refusal ?? error)
    }
  }

  #opened(): SqliteConnection {
    this.#connection ??= openSqliteWriter(this.#path)
    return this.#connection
  }

  /** After a failure nobody knows what the connection still holds true; the next write opens another one. */
  async #giveUp(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    await connection?.close()
  }
}
