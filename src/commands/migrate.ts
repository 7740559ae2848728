import { loadConfig } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { assertDatabaseIsOurs, openDatabase } from '../db/open.ts'
import { withContext } from './with-context.ts'

/** `avow migrate`: brings the schema up to date, installs what every page needs, and names the migrations that ran. */
export async function migrateCommand(write: (line: string) => void): Promise<void> {
  const url = loadConfig().database
  assertDatabaseIsOurs(url)
  const database = openDatabase(url)
  try {
    for (const name of await migrate(database.writer)) write(name)
  } finally {
    await database.close()
  }
  await withContext(async () => undefined)
}
