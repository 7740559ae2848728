import { CompiledQuery, type DatabaseConnection, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely'
import { failedCommit } from './refusal.ts'
import type { SqlitePlace } from './sqlite-place.ts'
import type { StatementKeeper } from './sqlite-statements.ts'

/** How Kysely writes to a SQLite file of ours. */
export class WritingDialect extends SqliteDialect {
  readonly #database: StatementKeeper
  readonly #place: SqlitePlace

  constructor(database: StatementKeeper, place: SqlitePlace) {
    super({ database })
    this.#database = database
    this.#place = place
  }

  override createDriver(): SqliteDriver {
    return new WritingDriver(this.#database, this.#place)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter()
  }
}

class WritingDriver extends SqliteDriver {
  readonly #database: StatementKeeper
  readonly #place: SqlitePlace

  constructor(database: StatementKeeper, place: SqlitePlace) {
    super({ database })
    this.#database = database
    this.#place = place
  }

  /** Takes the write lock at the start, so that no transaction fails half-way for want of it. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** Keeps nothing in a file that has lost its name meanwhile. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#place.assertKept()
    try {
      await super.commitTransaction(connection)
    } catch (error) {
      throw failedCommit(error)
    }
  }

  /** After a failure of the disk SQLite has rolled back by itself, and a second time would hide what happened. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

/** SQLite does roll DDL back; Kysely's own adapter says otherwise, and a failed migration would leave tables. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
