import { existsSync, statSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { isDamage } from './refusal.ts'
import { makeSqliteFile } from './sqlite.ts'

/**
 * Makes the file of a new page where there is none.
 * @throws Error with a sentence when there was one and it is gone: an empty page must not take its place
 */
export function makeSqliteFileIfNew(path: string): void {
  const isEmpty = !existsSync(path) || statSync(path).size === 0
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })
  if (isEmpty && log !== undefined && log.size > 0) {
    throw new Error(
      `${path} is ${existsSync(path) ? 'empty' : 'gone'}, but what was last written to it is there, in ${path}-wal. ` +
        'Put the database back, or its backup; or move that file away to begin a new page.',
    )
  }
  if (!existsSync(path)) makeSqliteFile(path)
}

/**
 * Looks through the whole file: 0.3 s for 250 MB that are in memory.
 * @throws Error with a sentence when it is damaged or another program's
 */
export function assertSqliteFileIsOurs(path: string): void {
  try {
    const database = new BetterSqlite(path, { readonly: true })
    try {
      const verdict = database.pragma('quick_check(1)', { simple: true })
      if (verdict !== 'ok') throw damagedFile(path, String(verdict).split('\n').at(-1) ?? '')
      const tables = database.prepare(`select name from sqlite_master where type = 'table'`).pluck().all()
      if (tables.length > 0 && !tables.includes('kysely_migration')) {
        throw new Error(`${path} is another program’s database. Nothing was written to it.`)
      }
    } finally {
      database.close()
    }
  } catch (error) {
    throw error instanceof BetterSqlite.SqliteError ? sentenceFor(path, error) : error
  }
}

function sentenceFor(path: string, error: { code: string; message: string }): Error {
  if (isDamage(error)) return damagedFile(path, error.message)
  return new Error(`SQLite cannot open ${path} (${error.code}).`, { cause: error })
}

function damagedFile(path: string, reason: string): Error {
  return new Error(
    `${path} is damaged, or no SQLite database at all (${reason}). Nothing was written to it. ` +
      'Keep it, and restore a backup: avow restore FILE --force',
  )
}
