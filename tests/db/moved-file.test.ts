import { copyFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareContext } from '../../src/context.ts'
import { type Database, openDatabase } from '../../src/db/open.ts'
import { openVersionWatch, type VersionWatch } from '../../src/db/version-watch.ts'
import { testConfig } from '../support/test-config.ts'

// Somebody moves the file of a running program, or puts another one in its place.

let folder: string
let file: string
let elsewhere: string
let database: Database
let watch: VersionWatch
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-moved-'))
  file = path.join(folder, 'avow.db')
  elsewhere = path.join(folder, 'elsewhere.db')
  await (await prepareContext(testConfig(`file:${file}`))).close()
  database = openDatabase(`file:${file}`)
  watch = openVersionWatch(`file:${file}`, () => undefined)
  await setName('Before')
})
afterEach(async () => {
  await watch.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const setName = (name: string) =>
  database.write((db) => db.updateTable('page').set({ name }).executeTakeFirstOrThrow())
const readName = async () =>
  (await database.reader.selectFrom('page').select('name').executeTakeFirstOrThrow()).name

describe('a database', () => {
  test('whose file is moved away is neither written nor read, until it is back', async () => {
    await rename(file, elsewhere)
    await expectRefused()
    await rename(elsewhere, file)
    expect(await readName()).toBe('Before')
    await setName('After')
    expect(await readName()).toBe('After')
    expect(await watch.version()).toBeTypeOf('number')
  })

  test('in whose place another file is put leaves that one as it is', async () => {
    await rename(file, elsewhere)
    await copyFile(elsewhere, file)
    const other = await readFile(file)
    await expectRefused()
    expect((await readFile(file)).equals(other)).toBe(true)
    await rename(elsewhere, file)
    await setName('After')
    expect(await readName()).toBe('After')
  })

  test('keeps nothing of a write during which its file was moved', async () => {
    const writing = database.write(async (db) => {
      await db.updateTable('page').set({ name: 'Lost' }).execute()
      await rename(file, elsewhere)
    })
    await expect(writing).rejects.toMatchObject({ code: 'unavailable' })
    await rename(elsewhere, file)
    expect(await readName()).toBe('Before')
  })
})

async function expectRefused(): Promise<void> {
  const refused = { code: 'unavailable', cause: { message: expect.stringContaining(file) } }
  for (let time = 0; time < 2; time += 1) {
    await expect(setName('During')).rejects.toMatchObject(refused)
    await expect(readName()).rejects.toMatchObject(refused)
    await expect(database.snapshot(readName)).rejects.toMatchObject(refused)
    await expect(watch.version()).rejects.toMatchObject(refused)
    expect(() => watch.versionNow()).toThrow(expect.objectContaining({ code: 'unavailable' }))
  }
}
