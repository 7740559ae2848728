import { hash } from 'node:crypto'
import { copyFile, open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { runAvow } from '../commands/run-avow.ts'
import { post } from '../support/admin-client.ts'
import { inspect, integrityOf, makePage, type Page } from '../support/page.ts'
import { LAST_PAGES, launchProgram, readiness, startProgram } from '../support/running-program.ts'
import { isFull, report } from './extent.ts'

// F6: the file is not what the program left.

const COMMANDS = isFull ? [['migrate'], ['token', 'create', '--name', 'x', '--scope', 'read']] : []

interface Damage {
  name: string
  /** Is done to the file of a page that is stopped, which has nothing beside it. */
  harm(file: string): Promise<unknown>
  says: string
}

const DAMAGES: Damage[] = [
  { name: 'a header that is overwritten', harm: (file) => scribble(file, 0, 100), says: 'is damaged' },
  {
    name: 'a leaf page that is overwritten',
    harm: (file) => scribble(file, 20 * 4_096, 4_096),
    says: 'is damaged',
  },
  { name: 'a file that is cut off', harm: (file) => truncate(file, 10 * 4_096), says: 'is damaged' },
  { name: 'a text', harm: (file) => writeFile(file, 'Not a database. '.repeat(1_000)), says: 'is damaged' },
  { name: 'another program’s database', harm: otherProgram, says: 'is another program’s database' },
  {
    name: 'a file that is gone, with its log still there',
    harm: (file) => rename(file, `${file}-wal`),
    says: 'is gone',
  },
  {
    name: 'a file that is empty, with its log still there',
    harm: async (file) => {
      await copyFile(file, `${file}-wal`)
      await truncate(file, 0)
    },
    says: 'is empty',
  },
]

describe('a program that finds', () => {
  test.for(DAMAGES)(
    '$name refuses to begin, says why, and leaves it as it is',
    async ({ harm, says }, context) => {
      const page = await makePage('sqlite')
      context.onTestFinished(page.remove)
      await harm(page.file)
      const before = await contentOf(page)
      const program = await launchProgram(page.url)
      expect(await program.serves).toBe(false)
      expect(await program.ended()).toBe(1)
      expectOneSentence(program.said(), page, says)
      for (const args of COMMANDS) {
        const { code, stdout, stderr } = await runAvow(args, { AVOW_DATABASE: page.url })
        expect([args, code, stdout]).toEqual([args, 1, ''])
        expectOneSentence(stderr, page, says)
      }
      expect(await contentOf(page)).toBe(before)
      report('F6 damaged file', { 'starts refused': 1 + COMMANDS.length, 'said why': `“${says}”` })
    },
  )

  test('a damaged file and has pages of an earlier run serves those, and leaves it as it is', async ({
    onTestFinished,
  }) => {
    const page = await makePage('sqlite')
    onTestFinished(page.remove)
    const earlier = await startProgram(page.url)
    expect((await openIncident(earlier.origin, page)).status).toBe(201)
    await (await fetch(earlier.origin)).text()
    await earlier.stop()
    // What is in the log would hide it.
    const checkpoint = new BetterSqlite(page.file)
    checkpoint.pragma('wal_checkpoint(truncate)')
    checkpoint.close()
    await scribble(page.file, 20 * 4_096, 4_096)
    const before = await contentOf(page)
    const program = await startProgram(page.url)
    onTestFinished(program.kill)
    expect(program.said()).toContain(`${page.file} is damaged`)
    await expectLastPage(program.origin)
    expect((await openIncident(program.origin, page)).status).toBe(503)
    expect(await contentOf(page)).toBe(before)
    report('F6 damaged file, with pages of an earlier run', { 'pages served': 1, 'posts refused': 1 })
  })

  test('a log that is overwritten goes on from what was before', async ({ onTestFinished }) => {
    const page = await makePage('sqlite')
    onTestFinished(page.remove)
    const program = await startProgram(page.url)
    for (let number = 1; number <= 20; number += 1)
      expect((await openIncident(program.origin, page)).status).toBe(201)
    await program.kill()
    await scribble(`${page.file}-wal`, Math.floor((await stat(`${page.file}-wal`)).size / 2), 5_000)
    const again = await startProgram(page.url)
    onTestFinished(again.kill)
    const events = await inspect(page.url, (ctx) =>
      ctx.read.selectFrom('event').select('id').orderBy('id').execute(),
    )
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
    expect((await openIncident(again.origin, page)).status).toBe(201)
    expect(integrityOf(page.file)).toBe('ok')
    report('F6 damaged log', { 'incidents posted': 20, 'still there': events.length - 1 })
  })
})

describe('a program under which the file is overwritten', () => {
  test('refuses to write from then on, and serves its last pages', async ({ onTestFinished }) => {
    const page = await makePage('sqlite')
    onTestFinished(page.remove)
    const program = await startProgram(page.url)
    onTestFinished(program.kill)
    expect((await openIncident(program.origin, page)).status).toBe(201)
    await (await fetch(program.origin)).text()
    const checkpoint = new BetterSqlite(page.file)
    checkpoint.pragma('wal_checkpoint(truncate)')
    const { size } = await stat(page.file)
    await scribble(page.file, 4_096, size - 4_096)
    // Another connection's write makes every other one read the file again.
    checkpoint.pragma('user_version = 1')
    checkpoint.close()
    const refused = []
    for (let number = 1; number <= 5; number += 1) refused.push(await openIncident(program.origin, page))
    for (const answer of refused) {
      expect(answer).toMatchObject({
        status: 503,
        body: {
          type: `${program.origin}/problems/unavailable`,
          detail: expect.stringContaining('is damaged'),
        },
      })
    }
    expect(await readiness(program.origin)).toBe(LAST_PAGES)
    expect((await fetch(`${program.origin}/healthz`)).status).toBe(200)
    await expectLastPage(program.origin)
    report('F6 damaged while it runs', { 'posts refused': refused.length, 'pages served': 1 })
  })
})

function openIncident(origin: string, page: Page): ReturnType<typeof post> {
  return post({ origin, secret: page.secret }, '/incidents', { name: 'Slow', body: 'Looking.' })
}

/** The page as it was, with a sentence that tells its age. */
async function expectLastPage(origin: string): Promise<void> {
  const answer = await fetch(origin)
  expect([answer.status, answer.headers.get('age')]).toEqual([200, expect.stringMatching(/^\d+$/)])
  const html = await answer.text()
  for (const words of ['Slow', 'could not be brought up to date']) expect(html).toContain(words)
}

function expectOneSentence(said: string, page: Page, says: string): void {
  expect(said).toContain(`${page.file} ${says}`)
  expect(said.trim().split('\n')).toHaveLength(1)
}

/** Overwrites a part of a file. */
async function scribble(file: string, at: number, bytes: number): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.write(Buffer.alloc(bytes, 'scribbled '), 0, bytes, at)
  await handle.close()
}

async function otherProgram(file: string): Promise<void> {
  await rm(file)
  const database = new BetterSqlite(file)
  database.exec('create table album (title text)')
  database.close()
}

/** What stands in the database's file and its log; a log that is not there says as much as an empty one. */
async function contentOf(page: Page): Promise<string> {
  const parts = [page.file, `${page.file}-wal`].map((file) => readFile(file).catch(() => ''))
  return (await Promise.all(parts)).map((bytes) => hash('sha256', bytes)).join()
}
