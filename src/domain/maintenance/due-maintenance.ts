import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { getMaintenance } from './list-maintenances.ts'
import type { MaintenanceId } from './maintenance.ts'
import { writeMaintenanceUpdate } from './post-update.ts'
import { REMINDER_MS } from './schedule-maintenance.ts'

/** Something that a maintenance does by itself, and when it is due. */
export interface DueStep {
  id: MaintenanceId
  step: 'remind' | 'start' | 'complete'
  at: Instant
}

const BODIES = {
  remind: 'This maintenance begins in 60 minutes.',
  start: 'The maintenance has begun as planned. We will post updates as needed.',
  complete: 'The maintenance is complete.',
} as const

/** The step that is due first at `now`; undefined when there is none. */
export async function findDueStep(reader: Reader, now: Instant): Promise<DueStep | undefined> {
  const rows = await reader
    .selectFrom('maintenance')
    .select([
      'id',
      'status',
      'scheduled_for',
      'scheduled_until',
      'auto_in_progress',
      'auto_completed',
      'reminded_at',
    ])
    .where('status', 'in', ['scheduled', 'in_progress', 'verifying'])
    .execute()
  const steps: DueStep[] = []
  for (const row of rows) {
    const scheduled = row.status === 'scheduled'
    if (scheduled && row.reminded_at === null && now < row.scheduled_for) {
      steps.push({ id: row.id, step: 'remind', at: row.scheduled_for - REMINDER_MS })
    }
    if (scheduled && row.auto_in_progress) steps.push({ id: row.id, step: 'start', at: row.scheduled_for })
    if (!scheduled && row.auto_completed)
      steps.push({ id: row.id, step: 'complete', at: row.scheduled_until })
  }
  return steps.filter((step) => step.at <= now).sort((a, b) => a.at - b.at)[0]
}

/**
 * Takes a due step, if nobody else has: the conditional update is the claim. The update is shown at the planned time
 * and says by `created_at` when it was really posted.
 * @returns whether it was taken
 */
export async function takeDueStep(tx: Tx, due: DueStep): Promise<boolean> {
  const claim = tx.db.updateTable('maintenance').where('id', '=', due.id)
  const { numUpdatedRows } = await (due.step === 'remind'
    ? claim.set({ reminded_at: tx.now }).where('reminded_at', 'is', null).where('status', '=', 'scheduled')
    : due.step === 'start'
      ? claim.set({ updated_at: tx.now }).where('status', '=', 'scheduled')
      : claim.set({ updated_at: tx.now }).where('status', 'in', ['in_progress', 'verifying'])
  ).executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  const maintenance = await getMaintenance(tx.db, due.id)
  const status = due.step === 'remind' ? 'scheduled' : due.step === 'start' ? 'in_progress' : 'completed'
  await writeMaintenanceUpdate(tx, maintenance, status, {
    body: BODIES[due.step],
    displayAt: due.at,
    deliverNotifications: true,
  })
  await record(tx, due.step === 'remind' ? 'maintenance.reminded' : 'maintenance.updated', due.id, {
    before: { status: maintenance.status },
    after: { status },
  })
  return true
}
