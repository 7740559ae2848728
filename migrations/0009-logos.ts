import type { Kysely } from 'kysely'

// Frozen in time: imports nothing from src. Instants are bigint (exact on both engines).

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no schema but the one it makes
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('logo')
    .addColumn('ground', 'text', (c) => c.primaryKey())
    .addColumn('file', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('set_at', 'bigint', (c) => c.notNull())
    .execute()
  // Beside the other settings, so that no page asks for more than it did.
  await db.schema.alterTable('page').addColumn('logo', 'text').execute()
  await db.schema.alterTable('page').addColumn('dark_logo', 'text').execute()
}
