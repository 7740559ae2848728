import { instantWords } from '../../lib/date-words.ts'
import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import { getPage } from '../page.ts'
import type { Reader, Tx } from '../tx.ts'
import { listUpdatesOf } from '../updates/list-updates.ts'
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
      'started_at',
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
    // Begun after its planned end, nobody knows how long it takes: a person says when it is complete.
    const beganInTime = (row.started_at ?? row.scheduled_for) < row.scheduled_until
    if (!scheduled && row.auto_completed && beganInTime) {
      steps.push({ id: row.id, step: 'complete', at: row.scheduled_until })
    }
  }
  return steps.filter((step) => step.at <= now).sort((a, b) => a.at - b.at)[0]
}

/**
 * Takes a due step, if nobody else has and it is still planned for then: the conditional update is the claim. The
 * update is shown at the planned time and says by `created_at` when it was really posted.
 * @returns whether it was taken
 */
export async function takeDueStep(tx: Tx, due: DueStep): Promise<boolean> {
  const { numUpdatedRows } = await claimOf(tx, due).executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  const maintenance = await getMaintenance(tx.db, due.id)
  const status = due.step === 'remind' ? 'scheduled' : due.step === 'start' ? 'in_progress' : 'completed'
  await writeMaintenanceUpdate(tx, maintenance, status, {
    body: due.step === 'remind' ? await reminderBody(tx, maintenance.scheduledFor) : BODIES[due.step],
    displayAt: due.step === 'complete' ? await noEarlierThanSaid(tx, due) : due.at,
    deliverNotifications: true,
  })
  await record(tx, due.step === 'remind' ? 'maintenance.reminded' : 'maintenance.updated', due.id, {
    before: { status: maintenance.status },
    after: { status },
  })
  return true
}

/** Says the time itself: a reminder that goes out late is still true. */
async function reminderBody(tx: Tx, scheduledFor: Instant): Promise<string> {
  const { timeZone } = await getPage(tx.db)
  return `Reminder: this maintenance begins on ${instantWords(scheduledFor, timeZone)}.`
}

function claimOf(tx: Tx, { id, step, at }: DueStep) {
  const claim = tx.db.updateTable('maintenance').where('id', '=', id)
  switch (step) {
    case 'remind':
      return claim
        .set({ reminded_at: tx.now })
        .where('reminded_at', 'is', null)
        .where('status', '=', 'scheduled')
        .where('scheduled_for', '=', at + REMINDER_MS)
    case 'start':
      return claim
        .set({ updated_at: tx.now })
        .where('status', '=', 'scheduled')
        .where('scheduled_for', '=', at)
        .where('auto_in_progress', '=', 1)
    case 'complete':
      return claim
        .set({ updated_at: tx.now })
        .where('status', 'in', ['in_progress', 'verifying'])
        .where('scheduled_until', '=', at)
        .where('auto_completed', '=', 1)
  }
}

/** The end is the last thing to be shown, also when somebody has posted after the planned end. */
async function noEarlierThanSaid(tx: Tx, { id, at }: DueStep): Promise<Instant> {
  const updates = await listUpdatesOf(tx.db, { maintenanceId: id })
  return Math.max(at, ...updates.map((update) => update.displayAt))
}
