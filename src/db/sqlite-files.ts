import { chmodSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { databaseRefusal } from './refusal.ts'
import { assertSqliteCopy, isSqliteFileOurs } from './sqlite-check.ts'

/** Tables that are empty until somebody uses the page. */
const TABLES_IN_USE = ['component', 'incident', 'maintenance', 'defect', 'token']

/**
 * Copies a database to a file that is not there yet, while others read and write it; readable by its owner only.
 * The copy is checked before it gets its name, so that a file of that name is always a whole one.
 * @throws Error with a sentence when the target is there, or when the copy is not sound
 */
export async function copySqlite(
  from: string,
  to: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  if (existsSync(to)) throw new Error(`${to} is there already and stays as it is; give another name.`)
  if (!existsSync(dirname(to))) throw new Error(`There is no folder ${dirname(to)}; make it first.`)
  const unfinished = `${to}.unfinished`
  rmSync(unfinished, { force: true })
  const source = new BetterSqlite(from, { readonly: true, fileMustExist: true })
  try {
    // One state of the database for the whole copy: otherwise each write of another process begins it anew, and under
    // steady writes it never ends.
    source.exec('begin')
    source.prepare('select 1 from sqlite_master').get()
    await source.backup(unfinished, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages - remainingPages, totalPages)
        return 1_000
      },
    })
    chmodSync(unfinished, 0o600)
    leaveWalMode(unfinished)
    assertSqliteCopy(unfinished, from)
    // Unlike a rename, a link does not replace a file that somebody has put there meanwhile.
    linkSync(unfinished, to)
  } catch (error) {
    const isFull = databaseRefusal(error)?.code === 'no-space'
    throw isFull ? new Error(`There is no room for ${to}. Nothing was changed.`, { cause: error }) : error
  } finally {
    source.close()
    removeSqlite(unfinished)
  }
}

/** Makes it one file that can be read anywhere, also where nothing can be written beside it. */
function leaveWalMode(file: string): void {
  const database = new BetterSqlite(file)
  try {
    database.pragma('journal_mode = delete')
  } finally {
    database.close()
  }
}

/**
 * Whether somebody has used the database: a file that cannot be read counts as used, another program's too, and a log
 * without its file.
 * It is taken out of WAL mode on the way, which succeeds only for the one process that has it open, and which leaves
 * everything in one file.
 * @throws Error with a sentence when another process has it open
 */
export function isInUse(file: string): boolean {
  if (!existsSync(file)) return existsSync(`${file}-wal`)
  if (!isSqliteFileOurs(file)) return true
  const database = new BetterSqlite(file, { timeout: 0 })
  try {
    database.pragma('journal_mode = delete')
    return TABLES_IN_USE.some(
      (table) =>
        hasTable(database, table) && database.prepare(`select 1 from ${table} limit 1`).get() !== undefined,
    )
  } catch (error) {
    if (!(error instanceof BetterSqlite.SqliteError)) throw error
    if (error.code.startsWith('SQLITE_BUSY')) {
      throw new Error(`Another process has ${file} open; stop the server first.`)
    }
    return true
  } finally {
    database.close()
  }
}

/** Gives a database that nobody has open another name, with the log that may hold what is not in its file. */
export function renameSqlite(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-journal'])
    if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix)
  removeSqlite(from)
}

/** Removes a database with the files that SQLite keeps beside it. */
export function removeSqlite(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}

function hasTable(database: BetterSqlite.Database, name: string): boolean {
  const found = database.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`).get(name)
  return found !== undefined
}
