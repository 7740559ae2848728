import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { post } from '../support/admin-client.ts'
import { inspect, integrityOf, makePage } from '../support/page.ts'
import { startProgram } from '../support/running-program.ts'
import { isFull, report } from './extent.ts'

// F3: there is no space left for the database.

const LONG = 'Nothing of this fits any more. '.repeat(300)

describe('a database that may not grow', () => {
  test('refuses to write, can be read, and writes again as soon as there is room', async ({
    onTestFinished,
  }) => {
    const page = await makePage('sqlite')
    const database = openDatabase(page.url)
    onTestFinished(async () => {
      await database.close()
      await page.remove()
    })
    const setName = (name: string) =>
      database.write((db) => db.updateTable('page').set({ name }).executeTakeFirstOrThrow())
    const readName = () => database.reader.selectFrom('page').select('name').executeTakeFirstOrThrow()
    const { name } = await readName()
    // SQLite takes no less than the file has.
    await sql`pragma max_page_count = 1`.execute(database.writer)
    for (let time = 0; time < 3; time += 1) {
      await expect(setName(LONG)).rejects.toMatchObject({ code: 'no-space' })
      expect(await readName()).toEqual({ name })
    }
    await sql`pragma max_page_count = 1000000`.execute(database.writer)
    await setName(LONG)
    expect(await readName()).toEqual({ name: LONG })
    report('F3 no more pages', { 'writes refused': 3, 'writes kept': 1 })
  })
})

// Only root can make a disk that is so small; `npm test` has to run for everybody.
const isRoot = process.getuid?.() === 0
if (isFull && !isRoot) report('F3 full disk', { 'disks filled, because this is not root': 0 })
if (isFull && isRoot) {
  describe('a disk that is full', () => {
    test('costs writers a 507, readers nothing, and nobody a new start', async ({ onTestFinished }) => {
      const page = await makePage('sqlite')
      onTestFinished(page.remove)
      const disk = await mountDisk('4m')
      onTestFinished(disk.remove)
      const file = path.join(disk.folder, 'avow.db')
      await copyFile(page.file, file)
      const program = await startProgram(`file:${file}`)
      onTestFinished(program.kill)
      const open = (key: string, body = 'Looking.') =>
        post({ origin: program.origin, secret: page.secret }, '/incidents', { name: 'Slow', body }, key)

      expect((await open('before')).status).toBe(201)
      const filler = path.join(disk.folder, 'filler')
      await fill(filler)
      let acknowledged = 1
      let answer = await open('1', LONG)
      // What SQLite has reserved in its files may take some more.
      for (; answer.status === 201; answer = await open(`${acknowledged}`, LONG)) acknowledged += 1
      expect(answer).toMatchObject({ status: 507, body: { status: 507 } })
      expect(answer.body.type).toBe(`${program.origin}/problems/no-space`)
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
      for (const where of ['/', '/api/v2/incidents.json', '/readyz']) {
        expect([where, (await fetch(program.origin + where)).status]).toEqual([where, 200])
      }
      await rm(filler)
      expect((await open('afterwards', LONG)).status).toBe(201)
      acknowledged += 1
      expect(await program.stop()).toBe(0)
      expect(integrityOf(file)).toBe('ok')
      const rows = await inspect(`file:${file}`, (ctx) =>
        ctx.read.selectFrom('incident').select('id').execute(),
      )
      expect(rows).toHaveLength(acknowledged)
      report('F3 full disk', { 'posts acknowledged': acknowledged, 'posts refused with 507': 1 })
    })
  })

  test('a published copy on a disk that is full stays whole, and is brought up to date as soon as there is room', async ({
    onTestFinished,
  }) => {
    const page = await makePage('sqlite')
    onTestFinished(page.remove)
    const disk = await mountDisk('4m')
    onTestFinished(disk.remove)
    const copy = path.join(disk.folder, 'copy')
    const program = await startProgram(page.url, { AVOW_PUBLISH_DIR: copy })
    onTestFinished(program.kill)
    const isPublished = (words: string) => async () =>
      existsSync(path.join(copy, 'manifest.json')) &&
      !existsSync(path.join(copy, '.unfinished')) &&
      (await readFile(path.join(copy, 'index.html'), 'utf8')).includes(words)
    await expect.poll(isPublished('<h1'), { timeout: 30_000 }).toBe(true)

    const filler = path.join(disk.folder, 'filler')
    await fill(filler)
    const posted = await post({ origin: program.origin, secret: page.secret }, '/incidents', {
      name: 'Slow',
      body: LONG,
    })
    expect(posted.status).toBe(201)
    await expect.poll(() => program.said(), { timeout: 10_000 }).toContain('ENOSPC')
    expect(await (await fetch(program.origin)).text()).toContain('Slow')
    const files = (await readdir(copy, { recursive: true })).filter((name) => name.endsWith('.gz'))
    for (const name of files) {
      const packed = gunzipSync(await readFile(path.join(copy, name))).toString()
      const plain = await readFile(path.join(copy, name.slice(0, -'.gz'.length)), 'utf8')
      // What is packed is put in place first, so that of the newest text may be there without it.
      expect([name, packed === plain || packed.includes('Slow')]).toEqual([name, true])
    }

    await rm(filler)
    await expect.poll(isPublished('Slow'), { timeout: 60_000 }).toBe(true)
    report('F3 full disk under the published copy', {
      'posts acknowledged': 1,
      'files looked at': files.length,
    })
  })
}

async function mountDisk(size: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  const remove = async () => {
    execFileSync('umount', [folder])
    await rm(folder, { recursive: true })
  }
  return { folder, remove }
}

/** Takes all the space that there is, to the last page. */
async function fill(file: string): Promise<void> {
  await expect(writeFile(file, Buffer.alloc(8 * 1024 * 1024))).rejects.toMatchObject({ code: 'ENOSPC' })
  expect((await stat(file)).size).toBeGreaterThan(0)
}
