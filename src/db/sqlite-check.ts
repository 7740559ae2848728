import { statSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { isDamage } from './refusal.ts'
import { makeSqliteFile } from './sqlite.ts'

/**
 * Makes the file of a new page where there is none.
 * @throws Error with a sentence when there was one and it is gone: an empty page must not take its place
 */
export function makeSqliteFileIfNew(path: string): void {
  assertNoLogAlone(path)
  if (lackOf(path) === 'gone') makeSqliteFile(path)
}

/**
 * Makes sure that a file is not missing while its log is there.
 * @throws Error with a sentence when it is
 */
export function assertNoLogAlone(path: string): void {
  const lack = lackOf(path)
  if (lack === undefined || sizeOf(`${path}-wal`) === 0) return
  throw new Error(
    `${path} is ${lack}, but what was last written to it is there, in ${path}-wal. Put the database back; or restore a ` +
      'backup: avow restore FILE --force; or move that file away to begin a new page.',
  )
}

/**
 * Makes sure that the file of a page that has been in use is there, because opening it would make an empty one.
 * @throws Error with a sentence when it is gone or empty
 */
export function assertSqliteFileIsThere(path: string): void {
  const lack = lackOf(path)
  if (lack === undefined) return
  throw new Error(
    `${path} is ${lack}, and has been in use. Put it back, or restore a backup: avow restore FILE`,
  )
}

/**
 * Makes sure that a database is one to work on. A quick look takes 0.3 s for 250 MB that are in memory; the other one
 * compares indexes with their tables as well.
 * @throws Error with a sentence when it is damaged or another program's
 */
export function assertSqliteFileIsOurs(path: string, look: 'quick_check' | 'integrity_check'): void {
  const fault = faultOf(path, look)
  if (fault !== undefined)
    throw new Error(`${path} ${fault.says}. Nothing was written to it. ${fault.remedy}`)
}

/** Whether a file is a whole database of ours, or one that is still to be made. */
export function isSqliteFileOurs(path: string): boolean {
  return faultOf(path, 'quick_check') === undefined
}

/** Whether there is a file with anything in it. */
export function isSqliteFileThere(path: string): boolean {
  return lackOf(path) === undefined
}

/**
 * Makes sure that a copy that was made of a database is whole.
 * @throws Error with a sentence about the database, which is what is damaged then
 */
export function assertSqliteCopy(copy: string, of: string): void {
  const fault = faultOf(copy, 'integrity_check')
  if (fault !== undefined) throw new Error(`${of} ${fault.says}. No copy was made of it. ${fault.remedy}`)
}

/**
 * Makes sure that a backup is whole, and has a page in it.
 * @throws Error with a sentence when it does not
 */
export function assertSqliteBackup(file: string): void {
  if (lackOf(file) === 'gone') throw new Error(`There is no file ${file}.`)
  const fault =
    faultOf(file, 'integrity_check')?.says ?? (hasPage(file) ? undefined : 'has no page of Avow in it')
  if (fault !== undefined) throw new Error(`${file} ${fault}. Nothing was changed; name another backup.`)
}

/** What is wrong with a file, in words that follow its name, and what somebody does about it. */
interface Fault {
  says: string
  remedy: string
}

function faultOf(path: string, look: 'quick_check' | 'integrity_check'): Fault | undefined {
  if (statSync(path).isDirectory()) return { says: 'is a folder', remedy: 'Name a file in AVOW_DATABASE.' }
  let database: BetterSqlite.Database | undefined
  try {
    database = new BetterSqlite(path, { readonly: true })
    const verdict = String(database.pragma(`${look}(1)`, { simple: true }))
    if (verdict !== 'ok') return damage(verdict.split('\n').at(-1) ?? '')
    const tables = tablesOf(database)
    if (tables.length === 0 || tables.includes('kysely_migration')) return undefined
    return { says: 'is another program’s database', remedy: 'Give AVOW_DATABASE another file.' }
  } catch (error) {
    if (!(error instanceof BetterSqlite.SqliteError)) throw error
    if (isDamage(error)) return damage(error.message)
    throw new Error(
      `SQLite cannot open ${path} (${error.code}): may this user read it, and write in its folder?`,
      {
        cause: error,
      },
    )
  } finally {
    database?.close()
  }
}

function damage(reason: string): Fault {
  return {
    says: `is damaged, or no SQLite database at all (${reason})`,
    remedy: 'Keep it, and restore a backup: avow restore FILE --force',
  }
}

/** Of a file without fault. */
function hasPage(file: string): boolean {
  const database = new BetterSqlite(file, { readonly: true })
  try {
    return tablesOf(database).includes('page')
  } finally {
    database.close()
  }
}

function tablesOf(database: BetterSqlite.Database): unknown[] {
  return database.prepare(`select name from sqlite_master where type = 'table'`).pluck().all()
}

function lackOf(path: string): 'gone' | 'empty' | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 'gone'
  return found.size === 0 ? 'empty' : undefined
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
