import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { prepareContext } from '../../src/context.ts'
import { launchBrowser } from '../support/browser.ts'
import { buildPublicWorld, type PublicWorld } from '../support/public-world.ts'
import { LAST_PAGES, type RunningProgram, readiness, startProgram } from '../support/running-program.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { testConfig } from '../support/test-config.ts'
import { invalidHtml, listen, violations } from './sound-page.ts'

// The real program, whose database is damaged, locked away or gone when it starts.

let folder: string
let file: string
let world: PublicWorld
/** The whole database, to be put back. */
let backup: string
let seen: Map<string, string>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-lost-'))
  file = path.join(folder, 'avow.db')
  backup = path.join(folder, 'backup.db')
  const ctx = await prepareContext(testConfig(`file:${file}`))
  world = await buildPublicWorld((work) => ctx.write({ kind: 'staff', id: 'a', name: 'A responder' }, work))
  await ctx.close()
  const program = await start()
  seen = new Map()
  for (const address of addresses()) seen.set(address, await (await fetch(program.origin + address)).text())
  await program.stop()
  // Everything into the one file: what is left in the log would heal it.
  const database = new BetterSqlite(file)
  database.pragma('wal_checkpoint(truncate)')
  database.close()
  await copyFile(file, backup)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const addresses = () => [
  '/',
  `/incidents/${world.incidents.open}`,
  '/sla',
  '/history.rss',
  '/commitments.ics',
]

/** What happens to the database before a start, and how it becomes whole again. */
const LOSSES: Record<string, { lose(): Promise<void>; find(): Promise<void>; isLeftAsItIs: boolean }> = {
  'its header is damaged': {
    lose: () => overwrite(0, 'another program’s'),
    find: () => copyFile(backup, file),
    isLeftAsItIs: true,
  },
  'it is empty': {
    lose: async () => (await open(file, 'w')).close(),
    find: () => copyFile(backup, file),
    isLeftAsItIs: true,
  },
  'it is not there': {
    lose: () => rename(file, `${file}.elsewhere`),
    find: () => rename(`${file}.elsewhere`, file),
    isLeftAsItIs: true,
  },
  'its pages are damaged': {
    lose: async () => {
      for (let page = 1; page < 60; page += 1) await overwrite(page * 4_096, 'rotten'.repeat(300))
    },
    find: () => copyFile(backup, file),
    isLeftAsItIs: false,
  },
}

describe.each(Object.entries(LOSSES))('when %s', (_, { lose, find, isLeftAsItIs }) => {
  let program: RunningProgram
  let lost: string

  beforeAll(async () => {
    await lose()
    lost = await print()
    program = await start()
  })
  afterAll(async () => {
    await program.stop()
    for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
    await copyFile(backup, file)
  })

  test('the pages of before are served and say when they are of', async () => {
    for (const address of addresses()) {
      const answer = await fetch(program.origin + address)
      const text = await answer.text()
      expect([address, answer.status, Number(answer.headers.get('age')) >= 0]).toEqual([address, 200, true])
      const isPage = answer.headers.get('content-type')?.startsWith('text/html')
      expect([address, text.includes('could not be brought up to date')]).toEqual([address, isPage])
      expect(text.replace(/<div class="stale-notice".*?<\/div>/s, '')).toBe(seen.get(address))
      if (isPage) expect(await invalidHtml(text)).toEqual([])
    }
  })

  test('it is ready for readers, and nothing can be written', async () => {
    expect((await fetch(`${program.origin}/healthz`)).status).toBe(200)
    expect(await readiness(program.origin)).toBe(LAST_PAGES)
    const write = await fetch(`${program.origin}/api/admin/v1/incidents`, { method: 'POST', body: '{}' })
    expect([write.status, write.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
    if (isLeftAsItIs) expect(await print()).toBe(lost)
  })

  test('it goes on as soon as the database is whole again', { timeout: 60_000 }, async () => {
    await find()
    await expect.poll(() => readiness(program.origin), { timeout: 50_000, interval: 250 }).toBe('200 ready')
    const page = await fetch(program.origin)
    expect(page.headers.get('age')).toBeNull()
    expect(await page.text()).not.toContain('could not be brought up to date')
  })
})

test('a page that is not up to date is sound in light and dark', async () => {
  await overwrite(0, 'another program’s')
  onTestFinished(() => copyFile(backup, file))
  const program = await start()
  onTestFinished(async () => {
    await program.stop()
  })
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  for (const [colorScheme, width] of [
    ['light', 320],
    ['dark', 1280],
  ] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const heard = listen(page, program.origin)
    await page.goto(program.origin, { waitUntil: 'load' })
    const notice = page.getByText('This page could not be brought up to date.')
    expect(await notice.isVisible()).toBe(true)
    expect(await violations(page)).toEqual([])
    expect(heard).toEqual({ errors: [], foreign: [] })
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
    expect(overflow).toBe(0)
    await keepScreenshot(page, `stale-${colorScheme}-${width}`)
    await context.close()
  }
})

test('without pages of an earlier run it says what is wrong and ends', async () => {
  const other = path.join(folder, 'other.db')
  await copyFile(backup, other)
  await overwrite(0, 'another program’s', other)
  const lost = await print(other)
  await expect(startProgram(`file:${other}`)).rejects.toThrow(/The program did not start:\s+.*database/)
  expect(await print(other)).toBe(lost)
})

test('another process that writes for long keeps no reader waiting, and writers are told to come again', async () => {
  const program = await start()
  onTestFinished(async () => {
    await program.stop()
  })
  const other = new BetterSqlite(file)
  onTestFinished(() => {
    other.close()
  })
  other.exec('begin exclusive')
  for (const address of addresses()) {
    const answer = await fetch(program.origin + address)
    expect([answer.status, answer.headers.get('age'), await answer.text()]).toEqual([
      200,
      null,
      seen.get(address),
    ])
  }
})

function start(): Promise<RunningProgram> {
  return startProgram(`file:${file}`, { AVOW_URL: 'https://status.example' })
}

async function overwrite(at: number, text: string, where = file): Promise<void> {
  const handle = await open(where, 'r+')
  await handle.write(text, at)
  await handle.close()
}

async function print(where = file): Promise<string> {
  if (!existsSync(where)) return 'not there'
  return createHash('sha256')
    .update(await readFile(where))
    .digest('hex')
}
