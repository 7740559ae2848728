import BetterSqlite from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepingStatements, type StatementKeeper } from '../../src/db/sqlite-statements.ts'

interface Songs {
  song: { id: number; name: string; year?: number }
}

describe('a connection that keeps its statements', () => {
  let prepared: string[]
  let database: StatementKeeper
  let db: Kysely<Songs>
  beforeEach(async () => {
    const songs = new BetterSqlite(':memory:')
    songs.exec(
      `create table song (id integer primary key, name text); insert into song values (1, 'A'), (2, 'B')`,
    )
    prepared = []
    const prepare = songs.prepare.bind(songs)
    songs.prepare = ((text: string) => {
      prepared.push(text)
      return prepare(text)
    }) as typeof songs.prepare
    database = keepingStatements(songs)
    db = new Kysely<Songs>({ dialect: new SqliteDialect({ database }) })
  })
  afterEach(() => db.destroy())

  const nameOf = (id: number) => db.selectFrom('song').select('name').where('id', '=', id).executeTakeFirst()

  test('compiles a query once, and gives each its own answer', async () => {
    expect([await nameOf(1), await nameOf(2), await nameOf(3)]).toEqual([
      { name: 'A' },
      { name: 'B' },
      undefined,
    ])
    expect(prepared).toHaveLength(1)
  })

  test('counts what each write has changed, and returns its rows', async () => {
    const rename = (id: number, name: string) => db.updateTable('song').set({ name }).where('id', '=', id)
    const changed = [await rename(1, 'C').execute(), await rename(9, 'C').execute()]
    expect(changed.map(([one]) => one?.numUpdatedRows)).toEqual([1n, 0n])
    const add = (name: string) =>
      db
        .insertInto('song')
        .values({ id: sql`null`, name } as never)
        .returning('id')
    expect([await add('D').execute(), await add('E').execute()]).toEqual([[{ id: 3 }], [{ id: 4 }]])
    expect(prepared).toHaveLength(2)
  })

  test('can be asked again after a query that failed', async () => {
    const add = (id: number) => db.insertInto('song').values({ id, name: 'F' }).execute()
    await expect(add(1)).rejects.toThrow('UNIQUE')
    await add(5)
    expect(await nameOf(5)).toEqual({ name: 'F' })
    await expect(add(5)).rejects.toThrow('UNIQUE')
  })

  test('sees columns that another statement has added, renamed or dropped', async () => {
    const all = () => db.selectFrom('song').selectAll().where('id', '=', 1).execute()
    expect(await all()).toEqual([{ id: 1, name: 'A' }])
    await sql`alter table song add column year integer default 1999`.execute(db)
    expect(await all()).toEqual([{ id: 1, name: 'A', year: 1999 }])
    await sql`alter table song rename column name to title`.execute(db)
    expect(await all()).toEqual([{ id: 1, title: 'A', year: 1999 }])
    await sql`alter table song drop column title`.execute(db)
    expect(await all()).toEqual([{ id: 1, year: 1999 }])
    await expect(nameOf(1)).rejects.toThrow('no such column')
  })

  test('gives a query that is asked again while its rows are read one by one a statement of its own', () => {
    const query = () => database.prepare('select name from song order by id')
    const rows = query().iterate([])
    expect(rows.next().value).toEqual({ name: 'A' })
    expect(query().all([])).toEqual([{ name: 'A' }, { name: 'B' }])
    expect([...rows]).toEqual([{ name: 'B' }])
    expect(query().all([])).toHaveLength(2)
    expect(prepared).toHaveLength(2)
  })

  test('is free again when nobody wants the rest of the rows', async () => {
    const query = () => db.selectFrom('song').select('name').orderBy('id')
    for await (const { name } of query().stream()) {
      expect(name).toBe('A')
      break
    }
    expect(await query().execute()).toHaveLength(2)
    expect(prepared).toHaveLength(1)
  })

  test('keeps those used last, of very many', async () => {
    const some = (count: number) =>
      sql`select ${sql.join(Array.from({ length: count }, () => 1))}`.execute(db)
    await some(1)
    for (let count = 2; count <= 300; count += 1) await some(count)
    await some(1)
    expect(prepared).toHaveLength(300)
    await some(301)
    await some(1)
    expect(prepared).toHaveLength(301)
    await some(2)
    expect(prepared).toHaveLength(302)
  })

  test('keeps no pragma, which may do its work while it is compiled', async () => {
    for (let time = 0; time < 2; time += 1) await sql`pragma defer_foreign_keys = on`.execute(db)
    expect(prepared).toHaveLength(2)
  })
})
