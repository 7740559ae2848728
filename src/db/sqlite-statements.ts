import type BetterSqlite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

/** What a dialect of ours needs of a connection. */
export interface StatementKeeper extends SqliteDatabase {
  readonly inTransaction: boolean
}

/** More texts than all pages, posts and jobs have between them; lists of every length beyond that take their turn. */
const KEPT = 300

/** Not a pragma, which may do what it does while it is compiled, nor what changes the schema and is said once. */
const IS_KEPT = /^(?:select|with|insert|update|delete|begin|commit|rollback)\b/

/**
 * A connection that compiles each text once and keeps the statement; those used last, of very many. Kysely asks for a
 * new one with each query, and most of ours are run in less time than SQLite takes to compile them. It compiles one
 * again by itself when the schema has changed.
 */
export function keepingStatements(database: BetterSqlite.Database): StatementKeeper {
  const kept = new Map<string, SqliteStatement & { readonly busy: boolean }>()
  return {
    prepare: (sql) => {
      const known = kept.get(sql)
      // One whose rows are read one by one is in use until the last.
      if (known?.busy) return database.prepare(sql)
      const statement = known ?? database.prepare<unknown[]>(sql)
      if (!IS_KEPT.test(sql)) return statement
      kept.delete(sql)
      kept.set(sql, statement)
      if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '')
      return statement
    },
    close: () => {
      kept.clear()
      database.close()
    },
    get inTransaction() {
      return database.inTransaction
    },
  }
}
