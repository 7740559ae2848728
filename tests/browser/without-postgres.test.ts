import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppContext, prepareContext } from '../../src/context.ts'
import { updatePage } from '../../src/domain/page.ts'
import { freePort } from '../support/free-port.ts'
import { postgresIn } from '../support/postgres-server.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { testConfig } from '../support/test-config.ts'

// The real program on a real PostgreSQL that goes away and comes back.

let folder: string
let database: string
let server: ReturnType<typeof postgresIn>['server']
let program: RunningProgram

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-without-postgres-'))
  // As root the server runs as another user, who has to get to its data.
  await chmod(folder, 0o755)
  const postgres = postgresIn(path.join(folder, 'data'), await freePort(), { persistent: true })
  server = postgres.server
  await server.initialise()
  await server.start()
  await server.createDatabase('avow')
  database = `${postgres.url}/avow`
  program = await start()
})
afterAll(async () => {
  await program.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

function start(): Promise<RunningProgram> {
  return startProgram(database, { AVOW_CACHE_DIR: path.join(folder, 'pages') })
}

test('a page on PostgreSQL shows writes of other processes at once', async () => {
  for (const name of ['Ledger Lane', 'Ledger Lane Payments', 'Ledger Lane']) {
    await rename(name)
    expect(await home()).toMatchObject({ age: null, html: expect.stringContaining(`${name} status`) })
  }
})

test('without its server it serves the last pages, and goes on when it is back', {
  timeout: 90_000,
}, async () => {
  await home()
  await server.stop()
  const startedAt = performance.now()
  const stale = await home()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
  expect(stale).toMatchObject({
    status: 200,
    html: expect.stringContaining('could not be brought up to date'),
  })
  expect(Number(stale.age)).toBeGreaterThanOrEqual(0)

  // A restart at this very time.
  await program.stop()
  program = await start()
  expect((await home()).html).toContain('could not be brought up to date')
  expect((await fetch(`${program.origin}/readyz`)).status).toBe(503)
  await server.start()
  await expect
    .poll(async () => (await fetch(`${program.origin}/readyz`)).status, { timeout: 60_000, interval: 250 })
    .toBe(200)
  await rename('Ledger Lane again')
  expect(await home()).toMatchObject({
    status: 200,
    age: null,
    html: expect.stringContaining('Ledger Lane again'),
  })
})

async function home(): Promise<{ status: number; age: string | null; html: string }> {
  const answer = await fetch(program.origin)
  return { status: answer.status, age: answer.headers.get('age'), html: await answer.text() }
}

async function rename(name: string): Promise<void> {
  const ctx: AppContext = await prepareContext(testConfig(database))
  await ctx.write({ kind: 'operator', id: null, name: 'a test' }, (tx) => updatePage(tx, { name }))
  await ctx.close()
}
