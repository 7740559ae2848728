import { type AppContext, openContext } from '../../src/context.ts'
import { type Clock, stillClock } from '../support/clock.ts'
import { test as base } from '../support/databases.ts'
import { testConfig } from '../support/test-config.ts'

/** A prepared database with nothing on its page yet, long after everything that is imported into it. */
export const test = base.extend<{ clock: Clock; ctx: AppContext }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  clock: async ({}, use) => use(stillClock('2026-11-12T12:00:00+05:30')),
  ctx: async ({ clock, databases }, use) => {
    const { url, database, remove } = await databases.next()
    const ctx = openContext(testConfig(url), { now: clock.now, database })
    await use(ctx)
    await ctx.close()
    await remove()
  },
})
