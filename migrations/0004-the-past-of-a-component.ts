import type { Kysely } from 'kysely'

// Frozen in time: imports nothing from src.

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no schema but the one it makes
export async function up(db: Kysely<any>): Promise<void> {
  // What touched one component: the primary keys begin with what touched it.
  await db.schema
    .createIndex('status_update_component_component')
    .on('status_update_component')
    .columns(['component_id', 'update_id'])
    .execute()
  await db.schema
    .createIndex('maintenance_component_component')
    .on('maintenance_component')
    .columns(['component_id', 'maintenance_id'])
    .execute()
  // Of some states and some days: nearly all are completed.
  await db.schema.dropIndex('maintenance_status').execute()
  await db.schema
    .createIndex('maintenance_status')
    .on('maintenance')
    .columns(['status', 'scheduled_for desc', 'id desc'])
    .execute()
}
