import type { Kysely } from 'kysely'

// Frozen in time: imports nothing from src. Instants are bigint (exact on both engines).

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no schema but the one it makes
export async function up(db: Kysely<any>): Promise<void> {
  // A table of its own: whoever reads incidents for everybody does not come across it.
  await db.schema
    .createTable('postmortem_draft')
    .addColumn('incident_id', 'text', (c) => c.primaryKey().references('incident.id'))
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('saved_at', 'bigint', (c) => c.notNull())
    .execute()
}
