import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { loadConfig } from '../config.ts'
import { inspectSqlite } from '../db/inspect.ts'
import { assertSqliteBackup } from '../db/sqlite-check.ts'
import { copySqlite, isInUse, removeSqlite, renameSqlite } from '../db/sqlite-files.ts'

/**
 * `avow restore`: puts a backup in the database's place and writes where the database is.
 * @throws Error with a sentence when the backup is not sound, a server has the database open, or somebody has used it
 *   and `force` is not given
 */
export async function restoreCommand(
  file: string,
  options: { force?: boolean },
  write: (line: string) => void,
): Promise<void> {
  const { database } = loadConfig()
  if (!database.startsWith('file:')) {
    throw new Error('This database is PostgreSQL; pg_restore is the tool that restores it.')
  }
  const path = database.slice('file:'.length)
  assertSqliteBackup(file)
  await assertKnownSchema(file)
  mkdirSync(dirname(path), { recursive: true })
  // The copy is made and checked before anything is moved, so that a failure leaves all as it was.
  const copy = freeName(`${path}.restoring`)
  await copySqlite(file, copy)
  try {
    const kept = setAside(path, options.force ?? false)
    renameSqlite(copy, path)
    if (kept !== undefined) write(`The database that was there is kept as ${kept}.`)
  } finally {
    removeSqlite(copy)
  }
  write(`${path} is restored from ${file}.`)
}

async function assertKnownSchema(file: string): Promise<void> {
  const { unknown } = (await inspectSqlite(file)) ?? { unknown: [] }
  if (unknown.length === 0) return
  throw new Error(
    `${file} comes from a newer version of Avow (${unknown.join(', ')} is not known here). Restore it with that version.`,
  )
}

/** @returns where the used database is kept; undefined when it was empty and is removed */
function setAside(path: string, force: boolean): string | undefined {
  if (!isInUse(path)) {
    removeSqlite(path)
    return undefined
  }
  if (!force) {
    throw new Error(
      `${path} has been used. Nothing was changed; --force restores all the same and keeps it aside.`,
    )
  }
  const kept = freeName(`${path}.before-restore`)
  renameSqlite(path, kept)
  return kept
}

function freeName(wanted: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!existsSync(name) && !existsSync(`${name}-wal`)) return name
  }
}
