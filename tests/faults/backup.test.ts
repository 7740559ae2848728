import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { runAvow } from '../commands/run-avow.ts'
import { post } from '../support/admin-client.ts'
import { inspect, integrityOf, makePage } from '../support/page.ts'
import { startProgram } from '../support/running-program.ts'
import { report, times } from './extent.ts'

// F7: backups while writes go on.

const BACKUPS = times({ quick: 2, full: 12 })
const SIZE_MB = times({ quick: 60, full: 250 })

test('a backup has every write that was acknowledged before it began, and the writes go on', async ({
  onTestFinished,
}) => {
  const page = await makePage('sqlite')
  onTestFinished(page.remove)
  fatten(page.file)
  const program = await startProgram(page.url)
  onTestFinished(program.kill)
  const acknowledged: string[] = []
  let isOver = false
  const posting = Array.from({ length: 2 }, async (_, lane) => {
    for (let number = 1; !isOver; number += 1) {
      const body = `Text ${lane}-${number}.`
      const answer = await post({ origin: program.origin, secret: page.secret }, '/incidents', {
        name: 'Slow',
        body,
      })
      expect(answer.status).toBe(201)
      acknowledged.push(body)
      // As often as one token may.
      await delay(200)
    }
  })
  const copies: { file: string; before: string[]; ms: number; meanwhile: number }[] = []
  for (let number = 1; number <= BACKUPS; number += 1) {
    const file = path.join(path.dirname(page.file), `copy-${number}.db`)
    const before = [...acknowledged]
    const startedAt = performance.now()
    const { code, stderr } = await runAvow(['backup', file], { AVOW_DATABASE: page.url })
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/Error/)])
    const ms = performance.now() - startedAt
    copies.push({ file, before, ms, meanwhile: acknowledged.length - before.length })
  }
  isOver = true
  await Promise.all(posting)
  for (const { file, before } of copies) {
    const restored = `${file}.restored`
    const { code } = await runAvow(['restore', file], { AVOW_DATABASE: `file:${restored}` })
    expect(code).toBe(0)
    expect(integrityOf(restored)).toBe('ok')
    const found = await inspect(`file:${restored}`, async (ctx) => ({
      bodies: await ctx.read.selectFrom('status_update').select('body').execute(),
      events: await ctx.read.selectFrom('event').select('id').orderBy('id').execute(),
    }))
    const bodies = new Set(found.bodies.map(({ body }) => body))
    expect(before.filter((body) => !bodies.has(body))).toEqual([])
    expect(found.events.map(({ id }) => id)).toEqual(found.events.map((_, index) => index + 1))
  }
  report('F7 backup during writes', {
    backups: copies.length,
    'MB each': SIZE_MB,
    'ms longest': Math.round(Math.max(...copies.map(({ ms }) => ms))),
    'posts acknowledged before the last': copies.at(-1)?.before.length ?? 0,
    meanwhile: copies.reduce((sum, { meanwhile }) => sum + meanwhile, 0),
  })
  expect(copies.at(-1)?.before.length).toBeGreaterThan(0)
})

/** Makes the file so large that a backup takes a while. */
function fatten(file: string): void {
  const database = new BetterSqlite(file)
  database.exec(`
    insert into idempotency_key (owner_id, key, request_hash, status, body, created_at)
    with recursive row (number) as (select 1 union all select number + 1 from row where number < ${SIZE_MB * 16})
    select (select id from token), 'old-' || number, '', 200, hex(randomblob(32000)), 0 from row
  `)
  database.close()
}
