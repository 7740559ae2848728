import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type AppContext, prepareContext } from '../../src/context.ts'
import { updateComponent } from '../../src/domain/components/components.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { recordDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import { touchedAddresses } from '../../src/domain/status-page/touched-addresses.ts'
import { MINUTE_MS } from '../../src/lib/instant.ts'
import { createWeb } from '../../src/web.ts'
import { loadBundle } from '../support/bundle.ts'
import { buildChangingWorld, CHANGING_START, endOutage, goOnHoliday } from '../support/changing-world.ts'
import type { Clock } from '../support/clock.ts'
import {
  type Answer,
  addressesOf,
  answersOf,
  changed,
  publicPages,
  publicRoutes,
} from '../support/public-routes.ts'
import { type PublicWorld, publicIds, type Write } from '../support/public-world.ts'
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

const write: Write = (work) => ctx.write({ kind: 'staff', id: 'responder', name: 'A responder' }, work)
let world: PublicWorld
let get: (address: string) => Promise<Response>
beforeAll(async () => {
  clock.set(CHANGING_START)
  world = await buildChangingWorld(write)
  get = (await loadBundle({ AVOW_DATABASE: ctx.config.database, AVOW_LOG_LEVEL: 'silent' })).get
})

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

test('no page changes before the next change that is told of', async () => {
  const page = { ctx, clock, get }
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

describe('where a change is told', () => {
  /** Pages, also of one component alone, and documents. */
  const everything = () => [
    ...addresses(),
    ...world.components.flatMap((id) =>
      ['history', 'uptime', 'subscribe'].map((page) => `/${page}?component=${id}`),
    ),
    ...publicRoutes(createWeb(ctx))
      .filter((route) => !/\*|^\/(api\/admin|v1|social|problems|healthz|readyz|logo)/.test(route))
      .flatMap((route) => addressesOf(route, { ids: publicIds(world), months: ['2026-11'], days: [] })),
  ]
  const newestEvent = async () => {
    const { id } = await ctx.read
      .selectFrom('event')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirstOrThrow()
    return id
  }
  /** Each document for programs says when anything was written about last. */
  const undated = (answers: ReadonlyMap<string, Answer>): Map<string, Answer> =>
    new Map(
      [...answers].map(([address, { status, body }]) => {
        const text = Buffer.from(body)
          .toString()
          .replace(/"updated_at":"[^"]*"/, '')
        return [address, { status, headers: '', body: Buffer.from(text) }]
      }),
    )
  const minute = () => clock.set(new Date(clock.now() + MINUTE_MS).toISOString())

  test.each<[what: string, happen: () => Promise<unknown>]>([
    [
      'an update is posted',
      () =>
        write((tx) =>
          postIncidentUpdate(tx, world.incidents.open, {
            status: 'identified',
            body: 'It is back.',
            components: { [world.components[0] ?? '']: 'major_outage' },
          }),
        ),
    ],
    ['an outage goes on', async () => minute()],
    [
      'a defect is fixed',
      () => write((tx) => recordDefectEvent(tx, world.defects.open, { type: 'fixed', at: clock.now() })),
    ],
    [
      'the new name of a component',
      () => write((tx) => updateComponent(tx, world.components[0] ?? '', { name: 'Checkout and basket' })),
    ],
  ])('when %s is known', async (_, happen) => {
    const version = await newestEvent()
    const before = await answersOf(get, everything())
    await happen()
    const after = await answersOf(get, [...before.keys()])
    const told = new Set(await touchedAddresses(ctx.read, version, clock.now()))
    const known = changed(undated(before), undated(after))
    // A page of a day is there for days with very many incidents; documents of other incidents and of maintenances say
    // how their components are now; where one component can be chosen, all are named.
    const later = new RegExp(
      `^/history/|/incidents/(?!${world.incidents.open})\\w+\\.json$|component=(?!${world.components[0]})`,
    )
    expect(known.filter((address) => !told.has(address) && !later.test(address))).toEqual([])
    expect(known.length).toBeGreaterThan(3)
  })
})
