import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import pg from 'pg'
import { test as base, inject } from 'vitest'
import { type Database, openDatabase } from '../../src/db/open.ts'
import { fastFolder } from './fast-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    engine: 'sqlite' | 'postgres'
    /** The template's file, or the server's address without a database. */
    template: string
  }
}

/** A prepared and otherwise empty database of the engine under test. */
export interface TestDatabase {
  url: string
  /** Where it is open already. */
  database?: Database
  remove(): Promise<void>
}

/** A database that nobody else uses or will use, whatever is done to it. */
export async function copyTemplate(): Promise<TestDatabase> {
  const template = inject('template')
  return inject('engine') === 'sqlite' ? copySqlite(template) : copyPostgres(template)
}

async function copySqlite(template: string): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(await fastFolder(), 'avow-test-'))
  const file = path.join(folder, 'avow.db')
  await copyFile(template, file)
  return { url: `file:${file}`, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function copyPostgres(server: string): Promise<TestDatabase> {
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

export const test = base.extend<{ $worker: { databases: DatabaseSupply } }>({
  databases: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
    async ({}, use) => {
      const supply = await openSupply()
      await use(supply)
      await supply.close()
    },
    { scope: 'worker' },
  ],
})

/** Databases for one test after another, each for as long as the test lasts. */
interface DatabaseSupply {
  next(): Promise<TestDatabase>
  close(): Promise<void>
}

/**
 * A supply for tests that change rows and nothing else of their database. To make one, to connect to it and to drop it
 * takes as long as many a test, so it is the same one, with its rows put back.
 */
async function openSupply(): Promise<DatabaseSupply> {
  const { url, remove } = await copyTemplate()
  const rows = url.startsWith('file:') ? rowsOfSqlite(url) : await rowsOfPostgres(url)
  const database = openDatabase(url)
  return {
    next: async () => {
      await rows.putBack()
      return { url, database, remove: async () => {} }
    },
    close: async () => {
      await database.close()
      await rows.close()
      await remove()
    },
  }
}

/** Every row of a database as it is at first. */
interface Rows {
  putBack(): Promise<unknown>
  close(): Promise<unknown>
}

/** The template has them. */
function rowsOfSqlite(url: string): Rows {
  const client = new BetterSqlite(url.slice('file:'.length))
  client.pragma('foreign_keys = off')
  client.pragma('synchronous = off')
  client.prepare('attach ? as remembered').run(inject('template'))
  const tables = client.prepare<[], string>(`select name from sqlite_master where type = 'table'`).pluck()
  const names = tables.all()
  const filled = names.filter(
    (name) => client.prepare(`select 1 from remembered.${name}`).get() !== undefined,
  )
  const statements = puttingBack(names, filled, 'main').map((text) => client.prepare(text))
  const putBack = client.transaction(() => {
    for (const statement of statements) statement.run()
  })
  return { putBack: async () => putBack.immediate(), close: async () => client.close() }
}

/** A schema remembers them. */
async function rowsOfPostgres(url: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const tables = rows.map(({ name }) => name)
  await client.query('create schema remembered')
  const filled: string[] = []
  for (const name of tables) {
    const { rowCount } = await client.query(`create table remembered.${name} as table public.${name}`)
    if (rowCount !== 0) filled.push(name)
  }
  // Rows are taken out and put in table by table, whichever refers to which.
  await client.query('set session_replication_role = replica')
  const statements = puttingBack(tables, filled, 'public').join(';')
  const atWork = `from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
    and pid <> pg_backend_pid() and state <> 'idle'`
  const putBack = async () => {
    // What is written behind an answer is done in a moment. A session that is ended may be the next test's, so it is
    // only ended when it stays, and the pool hears of it first.
    for (let tries = 0; (await client.query(`select 1 ${atWork} limit 1`)).rowCount !== 0; tries += 1) {
      if (tries >= 25) await client.query(`select pg_terminate_backend(pid) ${atWork}`)
      await delay(20)
    }
    await client.query(statements)
  }
  return { putBack, close: () => client.end() }
}

/** `filled` are the tables that have rows at first. */
function puttingBack(tables: string[], filled: string[], schema: string): string[] {
  return [
    ...tables.map((name) => `delete from ${schema}.${name}`),
    ...filled.map((name) => `insert into ${schema}.${name} select * from remembered.${name}`),
  ]
}
