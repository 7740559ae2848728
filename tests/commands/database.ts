import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from 'vitest'
import { type AppContext, openContext } from '../../src/context.ts'
import { copyTemplate } from '../support/databases.ts'
import { testConfig } from '../support/test-config.ts'

/** A prepared database for commands to work on, a look into it, and a folder for files. */
export const test = base.extend<{ url: string; ctx: AppContext; folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  url: async ({}, use) => {
    const { url, remove } = await copyTemplate()
    await use(url)
    await remove()
  },
  ctx: async ({ url }, use) => {
    const ctx = openContext(testConfig(url))
    await use(ctx)
    await ctx.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-commands-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
})
