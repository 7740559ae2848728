import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Kysely } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import type { Schema } from './schema.ts'
import { startWaiting, whenFree } from './when-free.ts'

/**
 * Brings the database to the newest schema and returns the names of the migrations that ran.
 * A migration that fails leaves nothing behind.
 * @throws what the failed migration threw; Error with a sentence when the schema is newer than this program; DomainError
 *   `busy` when another process keeps the database locked
 */
export async function migrate(writer: Kysely<Schema>, folder = migrationFolder()): Promise<string[]> {
  const migrator = new Migrator({ db: writer, provider: migrationsIn(folder) })
  return whenFree(async () => {
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw newerSchema(error) ?? error
    return (results ?? []).map((result) => result.migrationName)
  }, startWaiting())
}

/** By its name every file; what is in it is loaded when it runs, because at most starts none does. */
function migrationsIn(folder: string): MigrationProvider {
  const load = (file: string): Promise<Migration> =>
    import(/* @vite-ignore */ pathToFileURL(path.join(folder, file)).href)
  return {
    getMigrations: async () => {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'))
      return Object.fromEntries(
        files.map((file) => [path.parse(file).name, { up: async (db) => (await load(file)).up(db) }]),
      )
    },
  }
}

/** Kysely tells by its message alone that the database has had a migration which is not in the folder. */
function newerSchema(error: unknown): Error | undefined {
  const unknown = /previously executed migration (.+) is missing/.exec(
    error instanceof Error ? error.message : '',
  )
  if (unknown === null) return undefined
  return new Error(
    `The database was brought up to date by a newer version of Avow (${unknown[1]} is not known here). ` +
      'Start that version again, or restore a backup from before.',
    { cause: error },
  )
}

/** `migrations/` stands beside `src/`; the program always runs from the project's folder. */
export function migrationFolder(): string {
  return path.resolve('migrations')
}
