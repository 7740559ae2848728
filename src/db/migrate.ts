import { promises as fs } from 'node:fs'
import path from 'node:path'
import type { Kysely } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import type { Schema } from './schema.ts'
import { startWaiting, whenFree } from './when-free.ts'

/**
 * Brings the database to the newest schema and returns the names of the migrations that ran.
 * A migration that fails leaves nothing behind.
 * @throws what the failed migration threw, or Kysely's complaint about a schema newer than this program
 */
export async function migrate(writer: Kysely<Schema>, folder = migrationFolder()): Promise<string[]> {
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: folder })
  const migrator = new Migrator({ db: writer, provider })
  return whenFree(async () => {
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw error
    return (results ?? []).map((result) => result.migrationName)
  }, startWaiting())
}

/** `migrations/` stands beside `src/`; the program always runs from the project's folder. */
function migrationFolder(): string {
  return path.resolve('migrations')
}
