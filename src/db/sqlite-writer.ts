import { statSync } from 'node:fs'
import { type Kysely, sql, type Transaction } from 'kysely'
import { DomainError, type ErrorCode } from '../errors.ts'
import { databaseRefusal, isDamage } from './refusal.ts'
import type { Schema } from './schema.ts'
import { openSqliteWriter, type SqliteConnection } from './sqlite.ts'
import type { SqlitePlace } from './sqlite-place.ts'
import { whenFree } from './when-free.ts'
import { WriteLine } from './write-line.ts'

type Work<Result> = (db: Transaction<Schema>) => Promise<Result>

/** Refusals that whoever runs the page has to know of. */
const FAILURES = new Set<ErrorCode>(['outcome-unknown', 'no-space', 'unavailable'])

/**
 * SQLite takes its write-ahead log back into the file after every thousand pages, four megabytes, but begins it anew
 * only in a moment without readers. Beyond this somebody has to make such a moment.
 */
const LOG_LIMIT_BYTES = 6 * 1_024 * 1_024

/** What a writer needs of its surroundings. */
export interface WriterSurroundings {
  /** Hears what happened when the database fails. */
  onFailure: (error: unknown) => void
  /** Runs something while nobody in this process reads. */
  whileNobodyReads: (run: () => Promise<void>) => Promise<void>
}

/** Writes to a SQLite file, one transaction after another. */
export class SqliteWriter {
  readonly #place: SqlitePlace
  readonly #surroundings: WriterSurroundings
  #connection: SqliteConnection | undefined
  /** What every write is told once the file was found damaged. */
  #damage: DomainError | undefined
  readonly #line = new WriteLine()

  constructor(place: SqlitePlace, surroundings: WriterSurroundings) {
    this.#place = place
    this.#surroundings = surroundings
    this.#connection = openSqliteWriter(place)
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
    return this.#line.enter(
      (waiting) => whenFree(() => this.#writeNow(work), waiting),
      () => this.#takeLogBack(),
    )
  }

  async close(): Promise<void> {
    await this.#line.emptied()
    await this.#connection?.close()
  }

  async #writeNow<Result>(work: Work<Result>): Promise<Result> {
    if (this.#damage) throw this.#damage
    try {
      return await this.#opened().db.transaction().execute(work)
    } catch (error) {
      const refusal = error instanceof DomainError ? error : databaseRefusal(error)
      if (refusal?.code === 'outcome-unknown' || refusal?.code === 'unavailable') await this.#giveUp()
      if (isDamage(refusal?.cause ?? error)) this.#damage = refusal
      if (refusal !== undefined && FAILURES.has(refusal.code))
        this.#surroundings.onFailure(refusal.cause ?? error)
      throw refusal?.code === 'busy' ? error : (refusal ?? error)
    }
  }

  async #takeLogBack(): Promise<void> {
    const log = statSync(`${this.#place.path}-wal`, { throwIfNoEntry: false })
    if (log === undefined || log.size < LOG_LIMIT_BYTES) return
    try {
      // Another process that reads at this moment keeps its log; the next write tries again.
      await this.#surroundings.whileNobodyReads(async () => {
        await sql`pragma wal_checkpoint(truncate)`.execute(this.#opened().db)
      })
    } catch (error) {
      // Nothing is lost: what the file does not have yet is in the log.
      this.#surroundings.onFailure(error)
    }
  }

  #opened(): SqliteConnection {
    this.#connection ??= openSqliteWriter(this.#place)
    return this.#connection
  }

  /** After a failure nobody knows what the connection still holds true; the next write opens another one. */
  async #giveUp(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    await connection?.close()
  }
}
