import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { type Answer, post } from '../support/admin-client.ts'
import { asSuperuser, inspect, makePage, type Page } from '../support/page.ts'
import { LAST_PAGES, type RunningProgram, readiness, startProgram } from '../support/running-program.ts'
import { report, times } from './extent.ts'

// F9: PostgreSQL goes away, falls silent or refuses, and comes back. The program is never started again.

const TERMINATIONS = times({ quick: 15, full: 200 })
/** The constant in src/db/postgres.ts: whoever holds it keeps every writer waiting. */
const WRITE_LOCK = 0x41_76_6f_77
const WRITERS = 15
const LANES = 3
/** All lanes together ask as often as one token may, 600 times a minute, and a little less. */
const PAUSE_MS = 320

interface Started {
  page: Page
  program: RunningProgram
  database: string
  open(key: string): Promise<Answer>
}

describe('PostgreSQL', () => {
  test('that ends connections again and again costs a 503, and nothing is lost or done twice', async (context) => {
    const { program, page, database, open } = await start(context)
    let isOver = false
    const acknowledged: string[] = []
    const refused: Answer[] = []
    const unseen: string[] = []
    let [isThere, aged, unmade] = [false, 0, 0]
    const posting = Array.from({ length: LANES }, async (_, lane) => {
      for (let number = 1; !isOver; number += 1) {
        const key = `${lane}-${number}`
        // Whatever the answer was, the same request is sent until it is done.
        for (let answer = await open(key); answer.status !== 201; answer = await open(key)) {
          refused.push(answer)
          await delay(PAUSE_MS)
        }
        acknowledged.push(key)
        // The connection that is asked for changes is ended as well: what cannot be asked is told with its age.
        const hadBeen = isThere
        const seen = await fetch(`${program.origin}/api/v2/incidents.json`)
        const isAged = seen.headers.has('age')
        isThere ||= seen.ok
        if (isAged) aged += 1
        // Before it has been made once, there is none of before to serve.
        else if (seen.status === 503 && !hadBeen) unmade += 1
        else if (!(await seen.text()).includes(`"name":"${key}"`)) unseen.push(`${key}: ${seen.status}`)
        await delay(PAUSE_MS)
      }
    })
    for (let number = 0; number < TERMINATIONS; number += 1) {
      await terminate(database)
      await delay(50)
    }
    isOver = true
    await Promise.all(posting)
    for (const { status, body } of refused)
      expect([status, body.type]).toEqual([503, expect.stringMatching(KNOWN)])
    report('F9 connections ended', {
      times: TERMINATIONS,
      'posts acknowledged': acknowledged.length,
      'answered 503': refused.length,
      'incidents stored': (await storedTitles(page)).length,
      'documents read that did not have the last': unseen.length,
      'documents read with their age': aged,
      'refused because there was none yet': unmade,
    })
    expect((await storedTitles(page)).sort()).toEqual(acknowledged.sort())
    expect(unseen).toEqual([])
    await expect.poll(() => readiness(program.origin)).toBe('200 ready')
  })

  test.for([
    { name: 'after it has committed', forwards: true },
    { name: 'before it has committed', forwards: false },
  ])(
    'that falls silent $name leaves the outcome unknown, until the same request finds out',
    async ({ forwards }, context) => {
      const proxy = await cuttingProxy()
      context.onTestFinished(proxy.close)
      const { page, open } = await start(context, proxy.port)
      expect((await open('before')).status).toBe(201)
      proxy.cutAtCommit(forwards)
      const answer = await open('cut')
      expect([answer.status, answer.body.type]).toEqual([503, expect.stringMatching(/outcome-unknown$/)])
      const again = await open('cut')
      expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([
        201,
        forwards ? 'true' : null,
      ])
      expect((await storedTitles(page)).sort()).toEqual(['before', 'cut'])
      report('F9 COMMIT without an answer', {
        '503 outcome unknown': 1,
        'stored meanwhile': forwards ? 1 : 0,
      })
    },
  )

  test('whose writers all wait leaves the readers alone', async (context) => {
    const { page, program, open } = await start(context)
    const other = new pg.Client({ connectionString: page.url })
    await other.connect()
    context.onTestFinished(() => other.end())
    await other.query(`select pg_advisory_lock(${WRITE_LOCK})`)
    const startedAt = performance.now()
    let isOver = false
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, index) => open(`${index}`))).then(
      (answers) => {
        isOver = true
        return { answers, ms: performance.now() - startedAt }
      },
    )
    let longest = 0
    let reads = 0
    for (; !isOver; reads += 1) {
      const readAt = performance.now()
      const response = await fetch(`${program.origin}/api/v2/incidents.json`)
      await response.arrayBuffer()
      expect(response.status).toBe(200)
      longest = Math.max(longest, performance.now() - readAt)
      await delay(20)
    }
    const { answers, ms } = await writers
    for (const { status, body } of answers)
      expect([status, body.type]).toEqual([503, expect.stringMatching(/busy$/)])
    await other.query(`select pg_advisory_unlock(${WRITE_LOCK})`)
    for (let index = 0; index < WRITERS; index += 1) expect((await open(`${index}`)).status).toBe(201)
    report('F9 writers in line', {
      'writers refused': WRITERS,
      'ms until the last': Math.round(ms),
      'reads meanwhile': reads,
      'ms longest read': Math.round(longest),
    })
    expect(ms).toBeLessThan(6_500)
    expect(longest).toBeLessThan(1_000)
  })

  test('that only reads, as a standby does, costs writers a 503 and readers nothing', async (context) => {
    const { program, database, open } = await start(context)
    await asSuperuser(`alter database ${database} set default_transaction_read_only = on`)
    await terminate(database)
    const refused = [await settled(() => open('during')), await open('during')]
    expect(refused.map(({ status, body }) => [status, body.type])).toEqual(
      Array(2).fill([503, expect.stringMatching(/unavailable$/)]),
    )
    for (const where of ['/', '/readyz', '/api/v2/incidents.json']) {
      expect([where, (await fetch(program.origin + where)).status]).toEqual([where, 200])
    }
    await asSuperuser(`alter database ${database} reset default_transaction_read_only`)
    await terminate(database)
    expect((await settled(() => open('during'))).status).toBe(201)
    report('F9 read-only', { 'posts refused': 2, 'posts kept afterwards': 1 })
  })

  test('that lets nobody in is a 503 until it does again', async (context) => {
    const { program, database, open } = await start(context)
    await asSuperuser(`alter database ${database} with allow_connections false`)
    await terminate(database)
    for (let time = 0; time < 3; time += 1) {
      const answer = await open('during')
      expect([answer.status, answer.body.type]).toEqual([503, expect.stringMatching(/unavailable$/)])
    }
    // Documents that nobody has asked for yet: there is none of before to serve.
    for (const address of NEVER_MADE) {
      const answer = await fetch(program.origin + address)
      const refused = [address, answer.status, answer.headers.get('Retry-After')]
      expect(refused).toEqual([address, 503, expect.stringMatching(/^\d+$/)])
      await expect.poll(program.said).toContain(`"address":"${address.split('?')[0]}"`)
    }
    expect(await readiness(program.origin)).toBe(LAST_PAGES)
    expect((await fetch(`${program.origin}/healthz`)).status).toBe(200)
    await asSuperuser(`alter database ${database} with allow_connections true`)
    expect((await open('during')).status).toBe(201)
    expect(await readiness(program.origin)).toBe('200 ready')
    report('F9 nobody let in', { 'posts refused': 3, 'posts kept afterwards': 1 })
  })
})

const NEVER_MADE = [
  '/api/v2/incidents/unresolved.json',
  '/api/v2/scheduled-maintenances.json',
  '/history.json?page=1',
  '/history.atom',
  '/badge.svg',
  '/calendar.ics',
]

const KNOWN = /\/problems\/(outcome-unknown|unavailable|busy)$/

type Ending = Record<'onTestFinished' | 'onTestFailed', (end: () => void | Promise<void>) => void>

async function start({ onTestFinished, onTestFailed }: Ending, port?: number): Promise<Started> {
  const page = await makePage('postgres')
  onTestFinished(page.remove)
  const url = new URL(page.url)
  if (port !== undefined) url.port = String(port)
  const program = await startProgram(url.href)
  onTestFinished(program.kill)
  onTestFailed(() => report('The program said', { lines: program.said() }))
  const open = (key: string) =>
    post({ origin: program.origin, secret: page.secret }, '/incidents', { name: key, body: 'Looking.' }, key)
  return { page, program, database: url.pathname.slice(1), open }
}

/** The first answer of connections that were made anew: one or two may still find that the old ones are gone. */
async function settled(ask: () => Promise<Answer>): Promise<Answer> {
  await ask()
  return ask()
}

async function terminate(database: string): Promise<void> {
  await asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`)
}

async function storedTitles(page: Page): Promise<string[]> {
  const rows = await inspect(page.url, (ctx) => ctx.read.selectFrom('incident').select('name').execute())
  return rows.map(({ name }) => name)
}

/** Stands between the program and PostgreSQL and can cut the connection at a COMMIT, before or behind it. */
async function cuttingProxy(): Promise<{
  port: number
  cutAtCommit(forwards: boolean): void
  close(): void
}> {
  const target = Number(new URL(inject('template')).port)
  let cut: { forwards: boolean } | undefined
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const database = connect(target, '127.0.0.1')
    for (const socket of [client, database]) {
      sockets.add(socket)
      // A socket that is cut complains; that is what it is here for.
      socket.on('error', () => undefined)
    }
    let isCut = false
    let hasOpened = false
    client.on('data', (bytes) => {
      // Jobs commit as well, and what they do is not what is looked at.
      hasOpened ||= bytes.includes('insert into "incident"')
      if (cut !== undefined && hasOpened && bytes.includes('commit')) {
        isCut = true
        if (cut.forwards) database.write(bytes)
        else database.destroy()
        if (!cut.forwards) client.destroy()
        cut = undefined
      } else {
        if (bytes.includes('commit')) hasOpened = false
        database.write(bytes)
      }
    })
    database.on('data', (bytes) => {
      // The answer to the COMMIT says that it is done, and is lost here.
      if (isCut) client.destroy()
      else client.write(bytes)
    })
    client.on('close', () => database.destroy())
    database.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cutAtCommit: (forwards) => {
      cut = { forwards }
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
