import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rest } from '../../src/lib/rest.ts'
import type { SiteState } from '../../src/page-cache/freshness.ts'
import type { Site } from '../../src/site-copy/copy-site.ts'
import { SiteFolder } from '../../src/site-copy/folder.ts'
import { keepCopy } from '../../src/site-copy/keep-copy.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-kept-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const stateOf = (version: number, since = version): SiteState => ({
  ...{ id: `${version} ${since}`, version, pageId: 'page', timeZone: 'UTC' },
  ...{ since, changesAt: Number.MAX_SAFE_INTEGER, confirmedAt: since },
})
const manifest = async () => Object.keys(JSON.parse(await read('manifest.json')).files)
const read = (name: string) => readFile(path.join(folder, name), 'utf8')
const until = async (holds: () => Promise<boolean>) => {
  for (let tries = 0; !(await holds().catch(() => false)); tries += 1) {
    if (tries > 400) throw new Error('It never came to that.')
    await delay(5)
  }
}

/** A copy of many slow pages that is kept, with what it rests by, and what may happen to them. */
async function keptPages(untilWritten = rest) {
  const pages: Record<string, string> = { '/404': '-' }
  for (let index = 0; index < 40; index += 1) pages[`/p${index}`] = `<p>page ${index}, version 1</p>`
  const links = Object.keys(pages).filter((address) => address !== '/404')
  const home = (words: string) => words + links.map((address) => `<a href="${address}">x</a>`).join('')
  pages['/'] = home('One')
  const asked: string[] = []
  const site: Site = {
    origin: 'https://status.ledgerlane.example',
    builtFiles: [],
    unlinked: async () => [],
    render: async (address) => {
      asked.push(address)
      await delay(10)
      const body = pages[address]
      if (body === 'broken') return { status: 500, headers: [], body: Buffer.from('') }
      const status = body === undefined || address === '/404' ? 404 : 200
      return { status, headers: [['content-type', 'text/html']], body: Buffer.from(body ?? '') }
    },
  }
  let state = stateOf(1)
  const touched: Record<number, string[]> = {}
  const errors: string[] = []
  const note = (_: object, message: string) => errors.push(message)
  const stopping = new AbortController()
  const kept = keepCopy(
    {
      site,
      folder: await SiteFolder.open(folder),
      current: async () => state,
      untilWritten,
      touched: async (since) => touched[since] ?? [],
      log: { info: () => undefined, warn: note, error: note },
    },
    stopping.signal,
  )
  return {
    ...{ pages, home, asked, errors },
    /** Somebody writes, or (with the same version) time goes by, and these addresses tell of it. */
    change: (next: SiteState, addresses: string[]) => {
      touched[state.version] = addresses
      state = next
    },
    stop: async () => {
      stopping.abort()
      await kept
    },
  }
}

test('a change is told at once, gently followed by all else, and time alone asks for nothing else', async () => {
  const { pages, home, asked, change, stop } = await keptPages()
  await until(async () => (await manifest()).length === 42)
  asked.length = 0
  Object.assign(pages, { '/': home('Two'), '/p39': 'page 39, version 2', '/p1': 'page 1, version 2' })
  change(stateOf(2), ['/', '/p39'])
  await until(async () => (await read('p39/index.html')).includes('version 2'))
  expect(asked.slice(0, 2)).toEqual(['/', '/p39'])

  // In the middle of looking through all else, the next one is told.
  await until(async () => asked.includes('/p0'))
  Object.assign(pages, { '/': home('Three'), '/p39': 'page 39, version 3' })
  change(stateOf(3), ['/', '/p39'])
  await until(async () => (await read('p39/index.html')).includes('version 3'))
  expect(asked).not.toContain('/p30')
  await until(async () => (await read('p1/index.html')).includes('version 2'))
  await stop()

  const files = await manifest()
  expect(files).toHaveLength(42)
  await expect(read('.unfinished')).rejects.toThrow('ENOENT')
})

test('writes that are told of without pause leave it its rests', async () => {
  const { pages, home, asked, change, stop } = await keptPages((ms, signal) => rest(Math.min(ms, 5), signal))
  await until(async () => (await manifest()).length === 42)
  asked.length = 0
  Object.assign(pages, { '/': home('Two'), '/p39': 'page 39, version 2' })
  change(stateOf(2), ['/'])
  await until(async () => asked.includes('/p0'))
  const startedAt = performance.now()
  await until(async () => (await read('p39/index.html')).includes('version 2'))
  // Forty documents of 10 ms, and four times as long a rest after each.
  expect(performance.now() - startedAt).toBeGreaterThan(40 * 10 * 4)
  await stop()
})

test('a document that cannot be made keeps none of the others', async () => {
  const { pages, home, errors, change, stop } = await keptPages()
  await until(async () => (await manifest()).length === 42)
  Object.assign(pages, { '/': home('Two'), '/p1': 'broken', '/p2': 'page 2, version 2' })
  change(stateOf(2), ['/', '/p1', '/p2'])
  await until(async () => errors.length > 0)
  expect(await read('index.html')).toContain('Two')
  expect(await read('p1/index.html')).toContain('version 1')
  await stop()
})
