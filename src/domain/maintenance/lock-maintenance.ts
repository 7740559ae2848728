import type { Tx } from '../tx.ts'
import { getMaintenance } from './list-maintenances.ts'
import type { Maintenance, MaintenanceId } from './maintenance.ts'

/**
 * A maintenance whose other writers wait until this transaction ends: on PostgreSQL by its row, on SQLite anyway.
 * @throws DomainError `not-found`
 */
export async function lockMaintenance(tx: Tx, id: MaintenanceId): Promise<Maintenance> {
  await tx.db.updateTable('maintenance').set({ updated_at: tx.now }).where('id', '=', id).execute()
  return getMaintenance(tx.db, id)
}
