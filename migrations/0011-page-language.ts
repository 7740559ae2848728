import type { Kysely } from 'kysely'

// Frozen in time: imports nothing from src.

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no schema but the one it makes
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .alterTable('page')
    .addColumn('language', 'text', (c) => c.notNull().defaultTo('en'))
    .execute()
}
