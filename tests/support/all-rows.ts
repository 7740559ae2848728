import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../src/db/schema.ts'
import type { Reader } from '../../src/domain/tx.ts'

/** Every table with all that is in it. */
export async function allRows(reader: Reader): Promise<Map<string, unknown[]>> {
  // Whatever reads is a Kysely; the type `Reader` only hides what could write.
  const db = reader as Kysely<Schema>
  const all = new Map<string, unknown[]>()
  const tables = await db.introspection.getTables()
  for (const { name } of tables.filter(({ schema = 'public' }) => schema === 'public')) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db)
    all.set(name, rows)
  }
  return all
}
