import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type AppContext, prepareContext } from '../../src/context.ts'
import { loadBundle } from '../support/bundle.ts'
import { buildChangingWorld, CHANGING_START, endOutage, goOnHoliday } from '../support/changing-world.ts'
import type { Clock } from '../support/clock.ts'
import { addressesOf, publicPages } from '../support/public-routes.ts'
import { publicIds, type Write } from '../support/public-world.ts'
import { testConfig } from '../support/test-config.ts'
import { goThroughChanges } from '../support/through-changes.ts'

// Every page of the real bundle, in this process, because its clock has to be moved.

let folder: string
let ctx: AppContext
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  folder = await mkdtemp(path.join(tmpdir(), 'avow-changes-'))
  ctx = await prepareContext(testConfig(`file:${path.join(folder, 'avow.db')}`))
})
afterAll(async () => {
  await ctx.close()
  await rm(folder, { recursive: true, force: true })
  vi.useRealTimers()
})

const clock: Pick<Clock, 'now' | 'set'> = {
  now: () => Date.now(),
  set: (iso) => vi.setSystemTime(Temporal.Instant.from(iso).epochMilliseconds),
}

test('no page changes before the next change that is told of', async () => {
  clock.set(CHANGING_START)
  const write: Write = (work) => ctx.write({ kind: 'staff', id: 'responder', name: 'A responder' }, work)
  const world = await buildChangingWorld(write)
  const { get } = await loadBundle({ AVOW_DATABASE: ctx.config.database, AVOW_LOG_LEVEL: 'silent' })
  const page = { ctx, clock, get }
  const addresses = (more: string[] = []) =>
    publicPages()
      .filter((name) => !/^\/(404|500|problems|theme)/.test(name))
      .flatMap((name) =>
        addressesOf(name, {
          ids: [...publicIds(world), ...more],
          months: ['2026-11'],
          days: [CHANGING_START.slice(0, 10)],
        }),
      )

  const running = await goThroughChanges(page, addresses(), 2)
  await endOutage(write, world)
  const days = await goThroughChanges(page, addresses(), 16)
  const late = await goOnHoliday(write, clock)
  const holidays = await goThroughChanges(page, addresses([late]), 8)
  expect([running, days, holidays].flatMap(({ early }) => early)).toEqual([])
  const [checkout] = world.components
  expect([...running.moved]).toEqual(expect.arrayContaining(['/', '/uptime', `/components/${checkout}`]))
  expect([...days.moved]).toEqual(
    expect.arrayContaining([
      '/',
      '/sla',
      `/incidents/${world.incidents.open}`,
      `/defects/${world.defects.open}`,
    ]),
  )
  expect([...holidays.moved]).toEqual(expect.arrayContaining([`/defects/${late}`]))
})
