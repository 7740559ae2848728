import type { Selectable } from 'kysely'
import type { MaintenanceTable } from '../../db/schema.ts'
import type { Id } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'

export type MaintenanceId = Id<'maintenance'>

/** The statuses of a maintenance that takes place, in their order. Other systems know no others. */
export const MAINTENANCE_COURSE = ['scheduled', 'in_progress', 'verifying', 'completed'] as const
export const MAINTENANCE_STATUSES = [...MAINTENANCE_COURSE, 'cancelled'] as const
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number]

export interface Maintenance {
  id: MaintenanceId
  name: string
  status: MaintenanceStatus
  scheduledFor: Instant
  scheduledUntil: Instant
  autoInProgress: boolean
  autoCompleted: boolean
  remindedAt: Instant | null
  startedAt: Instant | null
  completedAt: Instant | null
  cancelledAt: Instant | null
  /** iCalendar SEQUENCE. */
  sequence: number
  metadata: Record<string, unknown>
  createdAt: Instant
  updatedAt: Instant
}

export function toMaintenance(row: Selectable<MaintenanceTable>): Maintenance {
  return {
    id: row.id,
    name: row.name,
    status: row.status as MaintenanceStatus,
    scheduledFor: row.scheduled_for,
    scheduledUntil: row.scheduled_until,
    autoInProgress: row.auto_in_progress === 1,
    autoCompleted: row.auto_completed === 1,
    remindedAt: row.reminded_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    cancelledAt: row.cancelled_at,
    sequence: row.sequence,
    metadata: JSON.parse(row.metadata),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
