import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareContext } from '../../src/context.ts'
import { updatePage } from '../../src/domain/page.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { testConfig } from '../support/test-config.ts'

// The real program on a page that tells nobody what is promised.

let folder: string
let program: RunningProgram

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-off-'))
  const database = `file:${path.join(folder, 'avow.db')}`
  const ctx = await prepareContext(testConfig(database))
  const actor = { kind: 'operator', id: null, name: 'a test' } as const
  await ctx.write(actor, (tx) => updatePage(tx, { commitments: 'off' }))
  await ctx.close()
  program = await startProgram(database)
})
afterAll(async () => {
  await program.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a page without commitments neither offers nor has their calendar', async () => {
  const home = await (await fetch(program.origin)).text()
  expect(home).toContain('href="/calendar.ics"')
  expect(home).not.toContain('commitments.ics')
  const calendar = await fetch(`${program.origin}/commitments.ics`)
  expect([calendar.status, await calendar.text()]).toEqual([404, 'This page shows no commitments.\n'])
})
