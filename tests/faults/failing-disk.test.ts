import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, post } from '../support/admin-client.ts'
import { inspect, integrityOf, makePage, type Page } from '../support/page.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { isFull, report } from './extent.ts'
import { canTrace, inject } from './strace.ts'

// F2: the disk refuses to take what is written, or to keep it.

const INCIDENT = { name: 'Slow', body: 'Looking.' }

let page: Page
let program: RunningProgram
beforeEach(async () => {
  page = await makePage('sqlite')
  program = await startProgram(page.url)
})
afterEach(async () => {
  await program.kill()
  await page.remove()
})

describe('a disk that refuses to be written', () => {
  test('leaves the outcome unknown, until the same request finds out', async () => {
    expect((await open('before')).status).toBe(201)
    limitFileSize('0')
    const refused = [await open('during'), await open('during')]
    const read = await fetch(`${program.origin}/api/v2/incidents.json`)
    limitFileSize('unlimited')
    for (const answer of refused) expectUnknown(answer)
    expect(read.status).toBe(200)
    expect((await open('during')).status).toBe(201)
    expect((await open('during')).headers.get('Idempotency-Replayed')).toBe('true')
    report('F2 writing fails', { 'posts refused': refused.length, ...(await expectIncidents(2)) })
  })
})

// Only a tracer makes a disk fail at the very moment of keeping; `npm test` has to run where there is none.
if (isFull && !canTrace())
  report('F2 keeping fails', { 'failures tried, because there is no strace here': 0 })
if (isFull && canTrace()) {
  describe('a disk that does not keep what it was given', () => {
    test.for([1, 2, 3, 4, 5, 6])('leaves the outcome unknown (from the call %i on)', async (first) => {
      expect((await open('before')).status).toBe(201)
      const calls = path.join(path.dirname(page.file), 'calls')
      const injection = await inject(program.pid, `fsync,fdatasync:error=EIO:when=${first}+`, calls)
      const answers = new Map<string, Answer>()
      for (let number = 1; number <= 8; number += 1) answers.set(`${number}`, await open(`${number}`))
      const seen = await injection.end()
      const refused = [...answers].filter(([, { status }]) => status !== 201)
      for (const [, answer] of refused) expectUnknown(answer)
      expect(refused.length).toBeGreaterThan(1)
      expect(writtenAfterFailure(seen)).toEqual([])
      // Every other time it crashes before anybody has asked again, and finds what the disk happens to hold.
      if (first % 2 === 0) await startAgain()
      for (const [key] of answers) expect((await open(key)).status).toBe(201)
      await startAgain()
      for (const [key, { body, status }] of answers) {
        const again = await open(key)
        expect(again.headers.get('Idempotency-Replayed')).toBe('true')
        if (status === 201) expect(again.body.id).toBe(body.id)
      }
      const failed = seen.filter((call) => call.includes('(INJECTED)')).length
      report(`F2 keeping fails from call ${first} on`, {
        'calls failed': failed,
        'posts refused': refused.length,
        ...(await expectIncidents(9)),
      })
    })
  })
}

async function startAgain(): Promise<void> {
  await program.kill()
  program = await startProgram(page.url)
}

function open(key: string): Promise<Answer> {
  return post({ origin: program.origin, secret: page.secret }, '/incidents', INCIDENT, key)
}

function expectUnknown(answer: Answer): void {
  expect(answer).toMatchObject({ status: 503, body: { status: 503 } })
  expect(answer.body.type).toBe(`${program.origin}/problems/outcome-unknown`)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.headers.get('Retry-After')).toBe('2')
}

async function expectIncidents(count: number): Promise<Record<string, number>> {
  const rows = await inspect(page.url, (ctx) => ctx.read.selectFrom('incident').select('id').execute())
  expect(rows).toHaveLength(count)
  expect(integrityOf(page.file)).toBe('ok')
  return { 'incidents stored': rows.length }
}

/** From the kernel, for the running process: more than so many bytes no file may have. */
function limitFileSize(bytes: string): void {
  execFileSync('prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:unlimited`])
}

/** Calls that wrote after a failure and before the database was opened again: there must be none. */
function writtenAfterFailure(calls: string[]): string[] {
  let failed = false
  return calls.filter((call) => {
    if (call.includes('(INJECTED)')) failed = true
    else if (call.includes('openat(') && call.includes('avow.db-wal"')) failed = false
    return failed && /pwrite64\(\d+<[^>]*avow\.db/.test(call)
  })
}
