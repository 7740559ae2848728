import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import pg from 'pg'
import { expect, test } from 'vitest'
import { seededDice } from '../../src/demo/dice.ts'
import { post } from '../support/admin-client.ts'
import { ENGINES, type Engine, inspect, makePage, type Page } from '../support/page.ts'
import { METRICS_TOKEN } from '../support/public-site.ts'
import { startProgram } from '../support/running-program.ts'
import { report, seed, times } from './extent.ts'
import { openReaders, startHerd } from './herd.ts'

// F15: thousands of requests while updates are posted and another process locks the database now and then.

const READERS = times({ quick: 100, full: 500 })
const UPDATES = times({ quick: 3, full: 60 })
/** Beside the herd, who ask as soon as an update is acknowledged. */
const WITNESSES = 8
/** The quick mode shares its cores with other tests. PostgreSQL is waited for a quarter of a second before a page is old. */
const P99_MS = {
  sqlite: times({ quick: 1_000, full: 250 }),
  postgres: times({ quick: 1_000, full: 500 }),
}

test.for(ENGINES)(
  'a herd of readers on %s sees every update at once, and nothing but answers',
  {
    timeout: 300_000,
  },
  async (engine, { onTestFinished }) => {
    const page = await makePage(engine)
    onTestFinished(page.remove)
    const program = await startProgram(page.url, { AVOW_METRICS_TOKEN: METRICS_TOKEN })
    onTestFinished(program.kill)
    const send = (path: string, body: object, key: string) =>
      post({ origin: program.origin, secret: page.secret }, path, body, key)
    const incident = await send('/incidents', { name: 'Mail is late', body: 'Update 0.' }, 'first')
    const witnesses = openReaders(WITNESSES)
    onTestFinished(witnesses.close)
    await witnesses.ask(program.origin)
    const [before, rendersBefore] = [await versionOf(page), await renders(program.origin)]

    const herd = startHerd(program.origin, READERS)
    onTestFinished(herd.kill)
    onTestFinished(herd.kill)
    const locker = startLocking(engine, page)
    let refused = 0
    let aged = 0
    const late: string[] = []
    for (let update = 1; update <= UPDATES; update += 1) {
      await delay(1_000)
      const words = `Update ${update}.`
      const body = { status: 'investigating', body: words }
      const attempt = () => send(`/incidents/${incident.body.id}/updates`, body, `update-${update}`)
      // A lock may be held for longer than a writer waits; then the same request is sent again.
      let answer = await attempt()
      for (; answer.status === 503; answer = await attempt()) refused += 1
      expect(answer).toMatchObject({ status: 201 })
      for (const { status, age, text } of await witnesses.ask(program.origin)) {
        if (status !== 200 || !(text.includes(words) || age !== null)) late.push(`${words} ${status}`)
        if (age !== null) aged += 1
      }
    }
    const locks = await locker.end()
    await witnesses.ask(program.origin)
    const counted = await herd.end()
    const [changes, rendered] = [
      (await versionOf(page)) - before,
      (await renders(program.origin)) - rendersBefore,
    ]

    report(`F15 herd on ${engine}`, {
      readers: READERS,
      updates: UPDATES,
      answers: counted.answers,
      'of these 304': counted.statuses[304] ?? 0,
      'with an age': counted.aged,
      'ms p50': Math.round(counted.p50Ms),
      'ms p99': Math.round(counted.p99Ms),
      'ms longest': Math.round(counted.longestMs),
      locks: locks.length,
      'ms of lock in all': Math.round(locks.reduce((sum, ms) => sum + ms, 0)),
      'posts sent again': refused,
      'looks after a 2xx': UPDATES * WITNESSES,
      'of these with an age': aged,
      'changes of the page': changes,
      renderings: rendered,
      seed,
    })
    expect(late).toEqual([])
    expect(Object.keys(counted.statuses).sort()).toEqual(['200', '304'])
    expect(counted).toMatchObject({ broken: 0, backward: 0, latest: UPDATES })
    expect(counted.answers).toBeGreaterThan(READERS * UPDATES)
    expect(changes).toBeGreaterThanOrEqual(UPDATES)
    expect(rendered).toBeLessThanOrEqual(changes)
    expect(counted.p99Ms).toBeLessThan(P99_MS[engine])
    // A lock on SQLite keeps writers waiting, and no reader. PostgreSQL cannot be asked meanwhile, and pages tell their age.
    if (engine === 'sqlite')
      expect({ aged: counted.aged + aged, rendered }).toEqual({ aged: 0, rendered: changes })
  },
)

/** Locks the database again and again, from outside the program, for some hundred milliseconds to two seconds. */
function startLocking(engine: Engine, page: Page): { end(): Promise<number[]> } {
  const dice = seededDice(seed)
  let isOver = false
  const locked = (async () => {
    const lock = await openLock(engine, page)
    const held: number[] = []
    while (!isOver) {
      await delay(dice.between(500, times({ quick: 2_000, full: 8_000 })))
      await lock.take()
      const ms = dice.between(200, 2_000)
      await delay(ms)
      await lock.release()
      held.push(ms)
    }
    await lock.close()
    return held
  })()
  return {
    end: () => {
      isOver = true
      return locked
    },
  }
}

async function openLock(engine: Engine, page: Page) {
  if (engine === 'postgres') {
    const client = new pg.Client({ connectionString: page.url })
    await client.connect()
    return {
      take: async () => {
        await client.query('begin')
        await client.query('lock table page in access exclusive mode')
      },
      release: () => client.query('rollback'),
      close: () => client.end(),
    }
  }
  const database = new BetterSqlite(page.file, { timeout: 0 })
  const take = async (): Promise<void> => {
    try {
      database.exec('begin exclusive')
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
      await delay(5)
      await take()
    }
  }
  return { take, release: async () => database.exec('rollback'), close: async () => database.close() }
}

async function versionOf(page: Page): Promise<number> {
  const { version } = await inspect(page.url, (ctx) =>
    ctx.read.selectFrom('page').select('version').executeTakeFirstOrThrow(),
  )
  return version
}

/** How many pages the program has rendered, by its own count. */
async function renders(origin: string): Promise<number> {
  const headers = { Authorization: `Bearer ${METRICS_TOKEN}` }
  const metrics = await (await fetch(`${origin}/metrics`, { headers })).text()
  return Number(/^avow_render_seconds_count\{kind="page"\} (\d+)$/m.exec(metrics)?.[1] ?? 0)
}
