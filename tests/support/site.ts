import type { Hono } from 'hono'
import { type AppContext, openContext } from '../../src/context.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import type { Actor, Tx } from '../../src/domain/tx.ts'
import { createWeb } from '../../src/web.ts'
import { type Clock, stillClock } from './clock.ts'
import { test as base, type TestDatabase } from './databases.ts'
import { testConfig } from './test-config.ts'

export { describe, expect } from 'vitest'

/** A page of its own for one test: a real database, a still clock, the whole HTTP surface but the HTML pages. */
export interface Site {
  ctx: AppContext
  clock: Clock
  web: Hono
  /** Runs a domain function as a member of the cast, in one transaction. */
  as<Result>(who: keyof typeof CAST, work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Components by name, made in this order: `api`, `checkout`, `reports`. */
  components: { api: string; checkout: string; reports: string }
}

/** The cast of the tests. */
const CAST = {
  responder: { kind: 'staff', id: 'responder', name: 'A responder' },
  administrator: { kind: 'staff', id: 'administrator', name: 'An administrator' },
  job: { kind: 'job', id: null, name: 'Avow' },
} satisfies Record<string, Actor>

/** Thursday noon in India: a working day with a working day after it. */
const START = '2026-11-12T12:00:00+05:30'

export const test = base.extend<{ site: Site }>({
  site: async ({ databases }, use) => {
    const { site, close } = await openSite(await databases.next())
    await use(site)
    await close()
  },
})

/** Opens a page on a prepared database, which is removed when it is closed. */
export async function openSite({
  url,
  database,
  remove,
}: TestDatabase): Promise<{ site: Site; close(): Promise<void> }> {
  const clock = stillClock(START)
  const ctx = openContext(testConfig(url), { now: clock.now, database })
  const as: Site['as'] = (who, work) => ctx.write(CAST[who], work)
  const components = await as('administrator', async (tx) => ({
    api: await createComponent(tx, { name: 'API', start_date: '2026-01-01' }),
    checkout: await createComponent(tx, { name: 'Checkout', start_date: '2026-01-01' }),
    reports: await createComponent(tx, { name: 'Reports', start_date: '2026-01-01' }),
  }))
  let web: Hono | undefined
  const site: Site = {
    ctx,
    clock,
    // Most tests ask the domain alone, and to set up the routes takes longer than they do.
    get web() {
      web ??= createWeb(ctx)
      return web
    },
    as,
    components,
  }
  const close = async () => {
    await ctx.close()
    await remove()
  }
  return { site, close }
}
