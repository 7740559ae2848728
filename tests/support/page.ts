import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import BetterSqlite from 'better-sqlite3'
import pg from 'pg'
import { inject } from 'vitest'
import { type AppContext, openContext, prepareContext } from '../../src/context.ts'
import { SCOPES } from '../../src/domain/staff/scopes.ts'
import { createToken } from '../../src/domain/staff/tokens.ts'
import { pagesFolderOf } from './running-program.ts'
import { testConfig } from './test-config.ts'

export type Engine = 'sqlite' | 'postgres'
export const ENGINES: Engine[] = ['sqlite', 'postgres']

/** A prepared page of its own, and a token that may do everything. */
export interface Page {
  /** As `AVOW_DATABASE` names it. */
  url: string
  /** The database's file; empty on PostgreSQL. */
  file: string
  secret: string
  remove(): Promise<void>
}

/** Who writes beside the program. */
export const OPERATOR = { kind: 'operator', id: null, name: 'a test' } as const

export async function makePage(engine: Engine): Promise<Page> {
  const { url, remove } = await emptyDatabase(engine)
  const secret = await preparePage(url)
  return { url, file: engine === 'sqlite' ? url.slice('file:'.length) : '', secret, remove }
}

/** Makes an empty database a page, and a token that may do everything. */
export async function preparePage(url: string): Promise<string> {
  const ctx = await prepareContext(testConfig(url))
  const { secret } = await ctx.write(OPERATOR, (tx) => createToken(tx, { name: 'test', scopes: [...SCOPES] }))
  await ctx.close()
  return secret
}

/** A database with nothing in it; on SQLite not even the file is there. */
export async function emptyDatabase(engine: Engine): Promise<{ url: string; remove(): Promise<void> }> {
  return engine === 'sqlite' ? newFile() : newPostgres()
}

/** Looks into a page's database from outside the program. */
export async function inspect<Result>(
  url: string,
  look: (ctx: AppContext) => Promise<Result>,
): Promise<Result> {
  const ctx = openContext(testConfig(url))
  try {
    return await look(ctx)
  } finally {
    await ctx.close()
  }
}

/** What SQLite's own check says of a file. */
export function integrityOf(file: string): unknown {
  const database = new BetterSqlite(file, { readonly: true })
  try {
    return database.pragma('integrity_check', { simple: true })
  } finally {
    database.close()
  }
}

/** Runs a statement as PostgreSQL's superuser, beside every page. */
export async function asSuperuser(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: `${inject('template')}/postgres` })
  await client.connect()
  try {
    return await client.query(statement)
  } finally {
    await client.end()
  }
}

async function newFile(): Promise<{ url: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-faults-'))
  const url = `file:${path.join(folder, 'avow.db')}`
  return { url, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function newPostgres(): Promise<{ url: string; remove(): Promise<void> }> {
  const name = `f_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(`create database ${name}`)
  const url = `${inject('template')}/${name}`
  const remove = async () => {
    await asSuperuser(`drop database ${name} with (force)`)
    await rm(pagesFolderOf(url), { recursive: true, force: true })
  }
  return { url, remove }
}
