import { statSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/db/open.ts'
import { makePage } from '../support/page.ts'
import { report, times } from './extent.ts'

// F5: readers keep SQLite from taking its write-ahead log back into the file.

const MB = 1_024 * 1_024
/** What the log may have while nobody holds it up: a thousand pages, and what one write adds. */
const BOUND_BYTES = 8 * MB
const WRITES = times({ quick: 200, full: 4_000 })

describe('the write-ahead log', () => {
  test('stays small while readers never rest', async ({ onTestFinished }) => {
    const page = await makePage('sqlite')
    const database = openDatabase(page.url)
    onTestFinished(async () => {
      await database.close()
      await page.remove()
    })
    let isOver = false
    let reads = 0
    // One of them is always in the middle of a snapshot.
    const reading = Array.from({ length: 3 }, async () => {
      for (; !isOver; reads += 1) await readInTwoTurns(database)
    })
    let largest = 0
    for (let number = 0; number < WRITES; number += 1) {
      await writeMuch(database, number)
      largest = Math.max(largest, logBytes(page.file))
      await turn()
    }
    isOver = true
    await Promise.all(reading)
    report('F5 restless readers', {
      'MB written': WRITES / 4,
      'reads meanwhile': reads,
      'MB of log at most': (largest / MB).toFixed(1),
    })
    expect(reads).toBeGreaterThan(WRITES / 4)
    expect(largest).toBeLessThan(BOUND_BYTES)
  })

  test('grows under another program that reads and does not end, and shrinks when it does', async ({
    onTestFinished,
  }) => {
    const page = await makePage('sqlite')
    const database = openDatabase(page.url)
    const other = new BetterSqlite(page.file, { readonly: true })
    onTestFinished(async () => {
      other.close()
      await database.close()
      await page.remove()
    })
    other.exec('begin')
    other.prepare('select name from page').get()
    for (let number = 0; number < 100; number += 1) await writeMuch(database, number)
    const meanwhile = logBytes(page.file)
    other.exec('commit')
    for (let number = 0; number < 3; number += 1) await writeMuch(database, number)
    const afterwards = logBytes(page.file)
    report('F5 reader that does not end', {
      'MB of log meanwhile': (meanwhile / MB).toFixed(1),
      'MB three writes later': (afterwards / MB).toFixed(1),
    })
    expect(meanwhile).toBeGreaterThan(2 * BOUND_BYTES)
    expect(afterwards).toBeLessThan(BOUND_BYTES)
  })
})

async function readInTwoTurns(database: Database): Promise<void> {
  await database.snapshot(async (db) => {
    const first = await db.selectFrom('page').select('updated_at').executeTakeFirstOrThrow()
    await turn()
    expect(await db.selectFrom('page').select('updated_at').executeTakeFirstOrThrow()).toEqual(first)
  })
}

/** Changes a quarter of a megabyte. */
async function writeMuch(database: Database, number: number): Promise<void> {
  const name = String(number % 10).repeat(MB / 4)
  await database.write((db) => db.updateTable('page').set({ name, updated_at: number }).execute())
}

function logBytes(file: string): number {
  return statSync(`${file}-wal`).size
}
