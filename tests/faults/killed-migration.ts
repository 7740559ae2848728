import type { KyselyPlugin } from 'kysely'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'

// Migrates the database of the first argument and is killed before the statement whose number is the second one. As a
// process of its own, because nothing less ends like a power cut. Writes how many statements there were if it survives.
const [url = '', number] = process.argv.slice(2)
let statements = 0
const killer: KyselyPlugin = {
  transformQuery: ({ node }) => {
    statements += 1
    if (statements === Number(number)) process.kill(process.pid, 'SIGKILL')
    return node
  },
  transformResult: async ({ result }) => result,
}
const database = openDatabase(url)
await migrate(database.writer.withPlugin(killer))
await database.close()
process.stdout.write(String(statements))
