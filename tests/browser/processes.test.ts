import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareContext } from '../../src/context.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { type AdminApi, create } from '../support/admin-client.ts'
import { NODE_OPTIONS } from '../support/node-options.ts'
import { makePage, type Page } from '../support/page.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { testConfig } from '../support/test-config.ts'

// Several processes of the real program on one database and one port.

let page: Page
let folder: string
let program: RunningProgram
let api: AdminApi

beforeAll(async () => {
  page = await makePage('sqlite')
  folder = path.dirname(page.file)
  program = await startProgram(page.url, {}, ['--processes', '2'])
  api = { origin: program.origin, secret: page.secret, headers: { Connection: 'close' } }
})
afterAll(async () => {
  await program.stop()
  await page.remove()
})

/** A reader on a connection of its own, whom either process may serve. */
async function read(address: string): Promise<string> {
  const signal = AbortSignal.timeout(10_000)
  const response = await fetch(program.origin + address, { headers: { Connection: 'close' }, signal })
  expect(response.status).toBe(200)
  return response.text()
}

/** The processes that serve, as Linux tells them. */
function children(): number[] {
  const text = readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8')
  return text.split(' ').filter(Boolean).map(Number)
}

describe('several processes', () => {
  test('serve one port, and each shows what was written through the other', async () => {
    expect(program.said()).toContain('2 processes listening on')
    expect(children().length).toBe(2)
    const { id } = await create(api, '/incidents', { name: 'Payments fail', body: 'We are looking into it.' })
    for (let round = 1; round <= 30; round += 1) {
      const words = `This is known after ${round} rounds.`
      await create(api, `/incidents/${id}/updates`, { status: 'identified', body: words })
      const pages = await Promise.all([read('/'), read(`/incidents/${id}`), read('/'), read('/history.rss')])
      expect(pages.map((page) => page.includes(words))).toEqual([true, true, true, true])
    }
  })

  test('go on when one of them dies, and another one takes its place', async () => {
    const [one = 0, other] = children()
    process.kill(one, 'SIGKILL')
    let failed = 0
    for (let tries = 0; tries < 200; tries += 1) {
      // What was on its connections is lost with it; whoever asks again is answered.
      const readers = Array.from({ length: 8 }, () => read('/'))
      failed += (await Promise.allSettled(readers)).filter(({ status }) => status === 'rejected').length
      if (children().length === 2 && !children().includes(one)) break
      await delay(50)
    }
    expect(children()).toContain(other)
    expect(children().length).toBe(2)
    console.info(`${failed} of the requests failed while a process was dead.`)
    expect(failed).toBeLessThanOrEqual(8)
    expect(await read('/')).toContain('Payments fail')
  })

  test('end together, cleanly', async () => {
    const before = children()
    expect(await program.stop()).toBe(0)
    for (const pid of before) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

test.each([
  ['--help', 0, 'Serves the status page'],
  ['--processes=none', 1, 'It must be a whole number from 1 to 64.'],
])('npm start -- %s ends with %d', async (argument, code, words) => {
  const child = spawn(process.execPath, [...NODE_OPTIONS, 'src/main.ts', argument], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const [ended] = await once(child, 'close')
  expect([ended, said.join('')]).toEqual([code, expect.stringContaining(words)])
})

test('a worker does the background work of a program that only serves', async () => {
  const database = `file:${path.join(folder, 'jobs.db')}`
  const serving = await startProgram(database, {}, ['--no-jobs'])
  const worker = spawn(process.execPath, [...NODE_OPTIONS, 'src/worker.ts'], {
    env: { ...process.env, AVOW_DATABASE: database, AVOW_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const ended = once(worker, 'close')
  const ctx = await prepareContext(testConfig(database))
  try {
    const actor = { kind: 'operator', id: null, name: 'a test' } as const
    const now = ctx.now()
    const id = await ctx.write(actor, (tx) =>
      scheduleMaintenance(tx, {
        name: 'New disks',
        body: 'Nothing stops.',
        scheduled_for: now + 1_000,
        scheduled_until: now + 3_600_000,
        scheduled_auto_in_progress: true,
      }),
    )
    for (let tries = 0; tries < 300; tries += 1) {
      const row = await ctx.read
        .selectFrom('maintenance')
        .select('status')
        .where('id', '=', id)
        .executeTakeFirst()
      if (row?.status === 'in_progress') break
      await delay(100)
    }
    const page = await fetch(`${serving.origin}/maintenance/${id}`)
    expect(await page.text()).toContain('In progress')
  } finally {
    await ctx.close()
    worker.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await serving.stop()
  }
})
