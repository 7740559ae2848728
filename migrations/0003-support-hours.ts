import { type Kysely, sql } from 'kysely'

// Frozen in time: imports nothing from src. Instants are bigint (exact on both engines).

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no schema but the one it makes
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('support_hours')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('product', 'text')
    .addColumn('plan', 'text')
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('hours', 'text', (c) => c.notNull())
    .addColumn('excluded_dates', 'text', (c) => c.notNull())
    .addColumn('contact', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  // A unique constraint takes two nulls for different, but "every product" is the same as "every product".
  await db.schema
    .createIndex('support_hours_for')
    .on('support_hours')
    .unique()
    .columns(['channel', sql`coalesce(product, '')`, sql`coalesce(plan, '')`])
    .execute()
}
