import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
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
 * A supply for tests that change rows and nothing else of their database. Copying a file is quick. On PostgreSQL to make
 * a database, to connect to it and to drop it takes longer than most tests, so there it is the same one, with its rows
 * put back.
 */
async function openSupply(): Promise<DatabaseSupply> {
  if (inject('engine') === 'sqlite') return { next: copyTemplate, close: async () => {} }
  const { url, remove } = await copyTemplate()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const putRowsBack = await rowsOf(client)
  const database = openDatabase(url)
  return {
    next: async () => {
      await putRowsBack()
      return { url, database, remove: async () => {} }
    },
    close: async () => {
      await database.close()
      await client.end()
      await remove()
    },
  }
}

/** Remembers every row of a database; what is returned puts them back, and ends sessions that are still at work. */
async function rowsOf(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  await client.query('create schema remembered')
  for (const { name } of rows) await client.query(`create table remembered.${name} as table public.${name}`)
  // Rows are taken out and put in table by table, whichever refers to which.
  await client.query('set session_replication_role = replica')
  const statements = [
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
     and state <> 'idle'`,
    ...rows.map(({ name }) => `delete from public.${name}`),
    ...rows.map(({ name }) => `insert into public.${name} table remembered.${name}`),
  ]
  return async () => {
    await client.query(statements.join(';'))
  }
}
