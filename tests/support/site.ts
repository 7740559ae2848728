import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Hono } from 'hono'
import pg from 'pg'
import { test as base, inject } from 'vitest'
import { type AppContext, openContext } from '../../src/context.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import type { Actor, Tx } from '../../src/domain/tx.ts'
import { createWeb } from '../../src/web.ts'
import { type Clock, stillClock } from './clock.ts'
import { testConfig } from './test-config.ts'

export { describe, expect } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    engine: 'sqlite' | 'postgres'
    /** The template's file, or the server's address without a database. */
    template: string
    builtSite: { origin: string; emptyOrigin: string }
  }
}

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
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  site: async ({}, use) => {
    const { url, remove } = await copyTemplate()
    const clock = stillClock(START)
    const ctx = openContext(testConfig(url), { now: clock.now })
    const as: Site['as'] = (who, work) => ctx.write(CAST[who], work)
    const components = await as('administrator', async (tx) => ({
      api: await createComponent(tx, { name: 'API', start_date: '2026-01-01' }),
      checkout: await createComponent(tx, { name: 'Checkout', start_date: '2026-01-01' }),
      reports: await createComponent(tx, { name: 'Reports', start_date: '2026-01-01' }),
    }))
    await use({ ctx, clock, web: createWeb(ctx), as, components })
    await ctx.close()
    await remove()
  },
})

/** A database of the engine under test that nobody else uses, prepared and otherwise empty. */
export async function copyTemplate(): Promise<{ url: string; remove(): Promise<void> }> {
  const template = inject('template')
  return inject('engine') === 'sqlite' ? copySqlite(template) : copyPostgres(template)
}

async function copySqlite(template: string): Promise<{ url: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-test-'))
  const file = path.join(folder, 'avow.db')
  await copyFile(template, file)
  return { url: `file:${file}`, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function copyPostgres(server: string): Promise<{ url: string; remove(): Promise<void> }> {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: `${server}/postgres` })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await run(`create database ${name} template avow_template`)
  return { url: `${server}/${name}`, remove: () => run(`drop database ${name} with (force)`) }
}
