import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../src/db/schema.ts'
import type { Reader } from '../../src/domain/tx.ts'

/** Every table with all that is in it. */
export async function allRows(reader: Reader): Promise<Map<string, unknown[]>> {
  // Whatever reads is a Kysely; the type `Reader` only hides what could write.
  const db = reader as Kysely<Schema>
  tables ??= await tablesOf(db)
  const all = new Map<string, unknown[]>()
  for (const name of tables) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db)
    all.set(name, rows)
  }
  return all
}

/** The same in all databases of a run; to ask PostgreSQL takes longer than to read them. */
let tables: string[] | undefined

async function tablesOf(db: Kysely<Schema>): Promise<string[]> {
  const found = await db.introspection.getTables()
  return found.filter(({ schema = 'public' }) => schema === 'public').map(({ name }) => name)
}
