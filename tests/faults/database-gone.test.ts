import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { updatePage } from '../../src/domain/page.ts'
import { DAY_MS } from '../../src/lib/instant.ts'
import { type Answer, post } from '../support/admin-client.ts'
import { ENGINES, type Engine, inspect, OPERATOR, preparePage } from '../support/page.ts'
import { LAST_PAGES, type RunningProgram, readiness, startProgram } from '../support/running-program.ts'
import { report, times } from './extent.ts'
import { openReaders, startHerd } from './herd.ts'
import { type LeavingDatabase, leavingDatabase } from './leaving-database.ts'

// F16: the database is gone: PostgreSQL has stopped, or somebody has moved SQLite's file. Nobody does anything about the
// program, which is on its own until the database is back.

const READERS = times({ quick: 50, full: 500 })
const GONE_MS = times({ quick: 3_000, full: 20_000 })
/** Until a program has noticed; a question to PostgreSQL is given up after a quarter of a second. */
const NOTICED_MS = 2_000
/** So long ago, at most, readers in a crowd had last found that the page was up to date, in whole seconds. */
const LAST_LOOK_S = 2
const NOTICE = 'could not be brought up to date'

describe.for(ENGINES)('without its database, on %s,', (engine) => {
  test('a program serves its last pages under load, says how old they are, and goes on by itself', {
    timeout: 300_000,
  }, async ({ onTestFinished, onTestFailed }) => {
    const { database, secret, pages } = await prepare(engine, onTestFinished)
    const program = await startProgram(database.url, { AVOW_CACHE_DIR: pages })
    onTestFinished(program.kill)
    onTestFailed(() => report('The program said', { lines: program.said() }))
    const open = (key: string) =>
      post({ origin: program.origin, secret }, '/incidents', { name: key, body: 'Update 1.' }, key)
    expect((await open('before')).status).toBe(201)
    const witnesses = openReaders(4)
    onTestFinished(witnesses.close)
    await witnesses.ask(program.origin)
    const herd = startHerd(program.origin, READERS)
    onTestFinished(herd.kill)
    await delay(1_000)

    const leftAt = performance.now()
    await database.leave()
    await expect
      .poll(() => ages(witnesses, program), { timeout: NOTICED_MS, interval: 20 })
      .not.toContain(null)
    const noticedMs = performance.now() - leftAt
    const refused: Answer[] = []
    let looks = 0
    for (let number = 1; performance.now() - leftAt < GONE_MS; number += 1) {
      refused.push(await open(`during ${number}`))
      for (const seen of await witnesses.ask(program.origin)) {
        expect(seen).toMatchObject({ status: 200, text: expect.stringContaining(NOTICE) })
        expect(Number(seen.age)).toBeLessThan((performance.now() - leftAt) / 1_000 + LAST_LOOK_S)
        looks += 1
      }
      expect(await readiness(program.origin)).toBe(LAST_PAGES)
      expect((await fetch(`${program.origin}/healthz`)).status).toBe(200)
      await delay(100)
    }
    for (const { status, body } of refused)
      expect([status, body.type]).toEqual([503, `${program.origin}/problems/unavailable`])

    await database.comeBack()
    const backAt = performance.now()
    await expect
      .poll(() => ages(witnesses, program), { timeout: 60_000, interval: 20 })
      .toEqual(Array(4).fill(null))
    await expect.poll(async () => (await open('after')).status, { timeout: 60_000 }).toBe(201)
    const recoveredMs = performance.now() - backAt
    for (const { text } of await witnesses.ask(program.origin)) expect(text).toContain('after')
    const counted = await herd.end()
    expect(Object.keys(counted.statuses).sort()).toEqual(['200', '304'])
    expect(counted).toMatchObject({ broken: 0, backward: 0 })
    expect(counted.aged).toBeGreaterThan(0)
    const titles = await inspect(database.url, (ctx) =>
      ctx.read.selectFrom('incident').select('name').execute(),
    )
    expect(titles.map(({ name }) => name).sort()).toEqual(['after', 'before'])
    report(`F16 database gone on ${engine}`, {
      readers: READERS,
      'ms gone': Math.round(backAt - leftAt),
      'ms until all was told with its age': Math.round(noticedMs),
      answers: counted.answers,
      'of these with an age': counted.aged,
      'ms p99': Math.round(counted.p99Ms),
      'looks meanwhile': looks,
      'posts refused': refused.length,
      'ms until it wrote again': Math.round(recoveredMs),
    })
  })

  test('pages of an earlier run are served a day later, with their age, until it is back', {
    timeout: 300_000,
  }, async ({ onTestFinished }) => {
    const { database, pages } = await prepare(engine, onTestFinished)
    let program = await startProgram(database.url, { AVOW_CACHE_DIR: pages })
    onTestFinished(() => program.kill())
    await (await fetch(program.origin)).text()
    await database.leave()
    await program.stop()
    await makeOlder(pages, DAY_MS)
    program = await startProgram(database.url, { AVOW_CACHE_DIR: pages })
    const answer = await fetch(program.origin)
    const age = Number(answer.headers.get('age'))
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(NOTICE)])
    expect(age).toBeGreaterThanOrEqual(DAY_MS / 1_000)
    expect(age).toBeLessThan(DAY_MS / 1_000 + 120)
    expect(await readiness(program.origin)).toBe(LAST_PAGES)

    await database.comeBack()
    await expect.poll(() => readiness(program.origin), { timeout: 60_000, interval: 250 }).toBe('200 ready')
    // From another process.
    await inspect(database.url, (ctx) =>
      ctx.write(OPERATOR, (tx) => updatePage(tx, { name: 'Ledger Lane again' })),
    )
    const fresh = await fetch(program.origin)
    expect([fresh.headers.get('age'), await fresh.text()]).toEqual([
      null,
      expect.stringContaining('Ledger Lane again'),
    ])
    report(`F16 a day later on ${engine}`, { 's of age': age })
  })
})

async function prepare(
  engine: Engine,
  onTestFinished: (end: () => Promise<void>) => void,
): Promise<{ database: LeavingDatabase; secret: string; pages: string }> {
  const database = await leavingDatabase(engine)
  onTestFinished(database.remove)
  return { database, secret: await preparePage(database.url), pages: path.join(database.folder, 'pages') }
}

/** How old the page is by its own word, reader by reader; null: it is up to date. */
async function ages(readers: ReturnType<typeof openReaders>, { origin }: RunningProgram) {
  return (await readers.ask(origin)).map(({ age }) => age)
}

/** Makes pages on disk what they were if they had been kept so much earlier: no test waits for a day. */
async function makeOlder(folder: string, ms: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const bytes = await readFile(file)
    const end = name.endsWith('.page') ? bytes.indexOf('\n') : bytes.length
    const head = JSON.parse(bytes.subarray(0, end).toString())
    for (const key of ['madeAt', 'at']) if (key in head) head[key] -= ms
    await writeFile(file, Buffer.concat([Buffer.from(JSON.stringify(head)), bytes.subarray(end)]))
  }
}
