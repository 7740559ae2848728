import { statSync } from 'node:fs'
import type { SqliteDatabase } from 'kysely'
import { DomainError } from '../errors.ts'
import type { StatementKeeper } from './sqlite-statements.ts'

/**
 * A SQLite file under its name. One that is moved takes its open connections along, and what they store is lost to
 * whoever opens the name next; so nothing is written or read unless the name still leads to the same file.
 */
export class SqlitePlace {
  readonly path: string
  readonly #id: string | undefined

  constructor(path: string) {
    this.path = path
    this.#id = idOf(path)
  }

  /** @throws DomainError `unavailable` while the file is elsewhere, or another one has its name */
  assertKept(): void {
    const id = idOf(this.path)
    if (id !== undefined && id === this.#id) return
    const cause = new Error(
      id === undefined
        ? `${this.path} is gone. Put it back, and all goes on; or end Avow, restore a backup, and start it again.`
        : `${this.path} is another file than the one that was opened. Put that one back, and all goes on; or start Avow again with this one.`,
    )
    throw new DomainError('unavailable', 'The database is not in its place. Nothing was changed.', { cause })
  }
}

/** A database that answers only while its file is in its place; a transaction that has begun goes on to its end. */
export function onlyInPlace(database: StatementKeeper, place: SqlitePlace): SqliteDatabase {
  return {
    prepare: (sql) => {
      if (!database.inTransaction) place.assertKept()
      return database.prepare(sql)
    },
    close: () => database.close(),
  }
}

/** The same for one file wherever it is moved on its disk; undefined where there is none. */
function idOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.dev} ${found.ino}`
}
