import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { hashPassword } from '../../src/auth/password.ts'
import { addStaffMember } from '../../src/domain/staff/staff.ts'
import { type Answer, post } from '../support/admin-client.ts'
import { inspect, makePage, OPERATOR } from '../support/page.ts'
import { startProgram } from '../support/running-program.ts'
import { report, times } from './extent.ts'

// F4: another process keeps the database locked, as a careless tool might.

const HELD_MS = times({ quick: 8_000, full: 30_000 })
const WRITERS = 8
const EMAIL = 'ada@ledgerlane.example'
const PASSWORD = 'correct horse battery'
/** A write waits five seconds; the rest is for a machine that does other things as well. */
const ANSWERED_MS = 6_500
/** Far below the five seconds for which a lock that blocks the event loop would keep everybody waiting. */
const READ_MS = 1_000
/** What nine of ten readers wait at most: somebody who waits for the lock must not stop the others meanwhile. */
const NEARLY_ALL_MS = 100

test('while another process keeps the lock, writes are refused in time and nobody else notices', async ({
  onTestFinished,
}) => {
  const page = await makePage('sqlite')
  onTestFinished(page.remove)
  const hash = await hashPassword(PASSWORD, { memoryKib: 8, passes: 1, lanes: 1 })
  const ada = { name: 'Ada', email: EMAIL, role: 'responder' } as const
  await inspect(page.url, (ctx) => ctx.write(OPERATOR, (tx) => addStaffMember(tx, ada, hash)))
  const program = await startProgram(page.url)
  onTestFinished(program.kill)
  const open = (key: string) =>
    timed(() =>
      post(
        { origin: program.origin, secret: page.secret },
        '/incidents',
        { name: 'Slow', body: 'Looking.' },
        key,
      ),
    )
  expect((await open('before')).answer.status).toBe(201)

  const other = new BetterSqlite(page.file)
  onTestFinished(() => void other.close())
  other.exec('begin exclusive')
  const lockedUntil = performance.now() + HELD_MS
  const writers = Array.from({ length: WRITERS }, async (_, index) => {
    const refused: { answer: Answer; ms: number }[] = []
    // The last round begins so late that the lock is gone before its patience is.
    while (performance.now() < lockedUntil - ANSWERED_MS) refused.push(await open(`${index}`))
    return refused
  })
  const signIns = [signIn(program.origin, PASSWORD), signIn(program.origin, 'incorrect horse')]
  const reads = await readUntil(program.origin, lockedUntil)
  // A try that cannot be counted lets nobody in, and says nothing of the password.
  for (const signIn of signIns) {
    const { status, text, cookies } = await signIn
    expect([status, cookies]).toEqual([503, []])
    expect(text).toContain('The database is busy. Try again in a moment.')
  }
  const refused = (await Promise.all(writers)).flat()
  // Whoever comes shortly before the end gets in.
  const waiting = open('waiting')
  await delay(500)
  other.exec('rollback')
  expect((await waiting).answer.status).toBe(201)
  for (let index = 0; index < WRITERS; index += 1) {
    const { answer } = await open(`${index}`)
    expect([answer.status, answer.headers.get('Idempotency-Replayed')]).toEqual([201, null])
  }

  const waits = refused.map(({ ms }) => ms).sort((a, b) => a - b)
  report('F4 locked database', {
    'ms of lock': HELD_MS,
    'writes refused': refused.length,
    'ms until the first': Math.round(waits[0] ?? 0),
    'ms until the last': Math.round(waits.at(-1) ?? 0),
    'reads meanwhile': reads.length,
    'ms median read': Math.round(reads[Math.floor(reads.length / 2)] ?? 0),
    'ms longest read': Math.round(reads.at(-1) ?? 0),
  })
  expect(refused.length).toBeGreaterThanOrEqual(WRITERS)
  for (const { answer } of refused) {
    expect(answer).toMatchObject({ status: 503, body: { type: `${program.origin}/problems/busy` } })
    expect(answer.headers.get('Retry-After')).toBe('2')
  }
  expect(waits[0]).toBeGreaterThan(4_500)
  expect(waits.at(-1)).toBeLessThan(ANSWERED_MS)
  expect(reads.at(-1)).toBeLessThan(READ_MS)
  expect(reads[Math.floor(reads.length * 0.9)]).toBeLessThan(NEARLY_ALL_MS)
})

async function signIn(origin: string, password: string) {
  const answer = await fetch(`${origin}/admin/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ form: 'password', email: EMAIL, password }),
    headers: { Origin: origin },
    redirect: 'manual',
  })
  return { status: answer.status, text: await answer.text(), cookies: answer.headers.getSetCookie() }
}

/** Reads a document again and again; how long each reading took, in milliseconds, the shortest first. */
async function readUntil(origin: string, end: number): Promise<number[]> {
  const durations: number[] = []
  while (performance.now() < end) {
    const { answer, ms } = await timed(() => fetch(`${origin}/api/v2/incidents.json`))
    await answer.arrayBuffer()
    expect(answer.status).toBe(200)
    durations.push(ms)
    await delay(20)
  }
  return durations.sort((a, b) => a - b)
}

async function timed<Result>(run: () => Promise<Result>): Promise<{ answer: Result; ms: number }> {
  const startedAt = performance.now()
  return { answer: await run(), ms: performance.now() - startedAt }
}
