import { loadConfig } from '../config.ts'
import { assertNoLogAlone, assertSqliteFileIsOurs, isSqliteFileThere } from '../db/sqlite-check.ts'
import { copySqlite } from '../db/sqlite-files.ts'
import { openProgress } from './progress.ts'

/** `avow backup`: a checked copy of the SQLite database, taken while the server runs; writes the file's name. */
export async function backupCommand(file: string, write: (line: string) => void): Promise<void> {
  const { database } = loadConfig()
  if (!database.startsWith('file:')) {
    throw new Error('This database is PostgreSQL; pg_dump is the tool that backs it up.')
  }
  const path = database.slice('file:'.length)
  assertNoLogAlone(path)
  if (!isSqliteFileThere(path)) throw new Error(`There is no database at ${path} yet.`)
  assertSqliteFileIsOurs(path, 'quick_check')
  const progress = openProgress('Copying')
  await copySqlite(path, file, progress.report).finally(progress.end)
  write(file)
}
