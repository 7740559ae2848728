import type { Instant } from '../../lib/instant.ts'
import type { ImpactLevel } from '../components/component-status.ts'
import { record } from '../events/record.ts'
import type { ImportOutcome } from '../incidents/import-incident.ts'
import type { Tx } from '../tx.ts'
import { type ImportedUpdate, importUpdates } from '../updates/import-updates.ts'
import { listUpdatesOf } from '../updates/list-updates.ts'
import type { StatusUpdateId } from '../updates/status-update.ts'
import { findMaintenance } from './list-maintenances.ts'
import type { Maintenance, MaintenanceId } from './maintenance.ts'
import { followMaintenanceUpdates } from './post-update.ts'
import { REMINDER_MS } from './schedule-maintenance.ts'

/** A maintenance as another system published it. */
export interface ImportedMaintenance {
  id: MaintenanceId
  name: string
  scheduledFor: Instant
  scheduledUntil: Instant
  createdAt: Instant
  updatedAt: Instant
  /** What it does to each component while it runs; the name is that of then. */
  components: { componentId: string; name: string; level: ImpactLevel }[]
  /** At least one. */
  updates: ImportedUpdate[]
  /** The id of the closing update that is made up where the source says that it is over and no update does. */
  standInId: StatusUpdateId
}

/**
 * Stores a maintenance with its ids and times, or brings it up to date; the same record again changes nothing at all.
 * One that is still to come starts and completes by itself; one whose time has passed is left as it was published.
 */
export async function importMaintenance(tx: Tx, maintenance: ImportedMaintenance): Promise<ImportOutcome> {
  const before = await findMaintenance(tx.db, maintenance.id)
  if (before === undefined) await insertMaintenance(tx, maintenance)
  const updatesChanged = await importUpdates(tx, { maintenanceId: maintenance.id }, maintenance)
  const changed = before !== undefined && fieldsChanged(before, maintenance)
  if (before !== undefined && !updatesChanged && !changed) return 'unchanged'
  await tx.db
    .updateTable('maintenance')
    .set({
      ...(changed && {
        name: maintenance.name,
        scheduled_for: maintenance.scheduledFor,
        scheduled_until: maintenance.scheduledUntil,
      }),
      ...(before && { sequence: before.sequence + 1 }),
      ...(await stateFromUpdates(tx, maintenance.id)),
      updated_at: Math.max(maintenance.updatedAt, before?.updatedAt ?? maintenance.updatedAt),
    })
    .where('id', '=', maintenance.id)
    .execute()
  await followMaintenanceUpdates(tx, maintenance.id)
  await record(tx, 'maintenance.imported', maintenance.id, {
    after: { name: maintenance.name, updates: maintenance.updates.length },
  })
  return before === undefined ? 'new' : 'brought-up-to-date'
}

async function insertMaintenance(tx: Tx, maintenance: ImportedMaintenance): Promise<void> {
  const { scheduledFor, scheduledUntil } = maintenance
  await tx.db
    .insertInto('maintenance')
    .values({
      id: maintenance.id,
      name: maintenance.name,
      // State, start and end follow from the updates.
      status: 'scheduled',
      scheduled_for: scheduledFor,
      scheduled_until: scheduledUntil,
      auto_in_progress: scheduledFor > tx.now ? 1 : 0,
      auto_completed: scheduledUntil > tx.now ? 1 : 0,
      reminded_at: scheduledFor - tx.now <= REMINDER_MS ? tx.now : null,
      started_at: null,
      completed_at: null,
      cancelled_at: null,
      sequence: 0,
      metadata: '{}',
      created_at: maintenance.createdAt,
      updated_at: maintenance.updatedAt,
    })
    .execute()
  if (maintenance.components.length === 0) return
  await tx.db
    .insertInto('maintenance_component')
    .values(
      maintenance.components.map(({ componentId, level }) => ({
        maintenance_id: maintenance.id,
        component_id: componentId,
        level,
      })),
    )
    .execute()
}

/** Whether its source has changed it since the last change here. */
function fieldsChanged(before: Maintenance, maintenance: ImportedMaintenance): boolean {
  if (before.updatedAt >= maintenance.updatedAt) return false
  return (
    before.name !== maintenance.name ||
    before.scheduledFor !== maintenance.scheduledFor ||
    before.scheduledUntil !== maintenance.scheduledUntil
  )
}

/** The state of the newest update by display time, and when it first ran and last ended. */
async function stateFromUpdates(tx: Tx, id: MaintenanceId) {
  const updates = await listUpdatesOf(tx.db, { maintenanceId: id })
  const status = updates.at(-1)?.status ?? 'scheduled'
  const began = updates.find((update) => update.status === 'in_progress' || update.status === 'verifying')
  const ended = updates.findLast((update) => update.status === status)
  return {
    status,
    started_at: began?.displayAt ?? null,
    completed_at: status === 'completed' ? (ended?.displayAt ?? null) : null,
    cancelled_at: status === 'cancelled' ? (ended?.displayAt ?? null) : null,
  }
}
