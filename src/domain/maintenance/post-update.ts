import { z } from 'zod'
import { DomainError, invalidField } from '../../errors.ts'
import type { Instant } from '../../lib/instant.ts'
import { listComponents } from '../components/components.ts'
import { replaceImpacts } from '../components/impacts.ts'
import { record } from '../events/record.ts'
import { UpdateBody } from '../incidents/incident.ts'
import type { Tx } from '../tx.ts'
import { type ComponentStatuses, componentChanges } from '../updates/component-changes.ts'
import { impactsFromUpdates } from '../updates/impacts-from-updates.ts'
import { listUpdatesOf } from '../updates/list-updates.ts'
import type { StatusUpdate, StatusUpdateId } from '../updates/status-update.ts'
import { insertUpdate, rewriteUpdate } from '../updates/write-update.ts'
import { getMaintenance, listMaintenanceComponents } from './list-maintenances.ts'
import {
  MAINTENANCE_COURSE,
  type Maintenance,
  type MaintenanceId,
  type MaintenanceStatus,
} from './maintenance.ts'
import { editMaintenance } from './schedule-maintenance.ts'

export const NewMaintenanceUpdate = z.strictObject({
  status: z.enum(MAINTENANCE_COURSE),
  body: UpdateBody,
  deliver_notifications: z.boolean().default(true),
  display_at: z.number().optional(),
  /** The new end, where it takes longer or less long than planned. */
  scheduled_until: z.number().optional(),
})
export type NewMaintenanceUpdate = z.input<typeof NewMaintenanceUpdate>

/**
 * Posts an update. `in_progress` puts the planned impact on the components, `completed` lifts it; `scheduled_until` moves
 * the planned end with it.
 * @throws DomainError `not-found`, `invalid`, `conflict` when it is over or would go back to `scheduled`
 */
export async function postMaintenanceUpdate(
  tx: Tx,
  id: MaintenanceId,
  input: NewMaintenanceUpdate,
): Promise<StatusUpdateId> {
  const update = NewMaintenanceUpdate.parse(input)
  const { scheduled_until } = update
  if (scheduled_until !== undefined) await editMaintenance(tx, id, { scheduled_until })
  const maintenance = await getUnfinished(tx, id)
  if (update.status === 'scheduled' && maintenance.status !== 'scheduled') {
    throw new DomainError('conflict', 'This maintenance has begun.', { current: current(maintenance) })
  }
  const displayAt = update.display_at ?? tx.now
  if (displayAt > tx.now)
    throw invalidField('/display_at', 'An update cannot be shown before its time has come.')
  const updateId = await writeMaintenanceUpdate(tx, maintenance, update.status, {
    body: update.body,
    displayAt,
    deliverNotifications: update.deliver_notifications,
  })
  await record(tx, 'maintenance.updated', id, {
    before: { status: maintenance.status },
    after: { status: update.status, update_id: updateId },
  })
  return updateId
}

export const Cancellation = z.strictObject({
  body: UpdateBody.default('This maintenance will not take place.'),
  deliver_notifications: z.boolean().default(true),
})
export type Cancellation = z.input<typeof Cancellation>

/**
 * Calls a maintenance off, whether it has begun or not, and says so. It stays in the calendar as cancelled.
 * @throws DomainError `not-found`, `conflict` when it is over
 */
export async function cancelMaintenance(tx: Tx, id: MaintenanceId, input: Cancellation): Promise<void> {
  const cancellation = Cancellation.parse(input)
  const maintenance = await getUnfinished(tx, id)
  await writeMaintenanceUpdate(tx, maintenance, 'cancelled', {
    body: cancellation.body,
    displayAt: tx.now,
    deliverNotifications: cancellation.deliver_notifications,
  })
  await record(tx, 'maintenance.cancelled', id, { before: { status: maintenance.status } })
}

export const MaintenanceUpdateChanges = z
  .strictObject({ body: UpdateBody, display_at: z.number(), deliver_notifications: z.boolean() })
  .partial()
export type MaintenanceUpdateChanges = z.infer<typeof MaintenanceUpdateChanges>

/**
 * Edits an update that is already out; the earlier text stays readable. Subscribers are told where that is asked for.
 * @throws DomainError `not-found`, `invalid`
 */
export async function editMaintenanceUpdate(
  tx: Tx,
  id: MaintenanceId,
  updateId: StatusUpdateId,
  changes: MaintenanceUpdateChanges,
): Promise<void> {
  if (changes.display_at !== undefined && changes.display_at > tx.now) {
    throw invalidField('/display_at', 'An update cannot be shown before its time has come.')
  }
  const { deliver_notifications = false, ...text } = changes
  await getMaintenance(tx.db, id)
  await rewriteUpdate(tx, { maintenanceId: id }, updateId, text)
  await tx.db
    .updateTable('maintenance')
    .set(timesSaid(await listUpdatesOf(tx.db, { maintenanceId: id })))
    .where('id', '=', id)
    .execute()
  await followMaintenanceUpdates(tx, id)
  await record(tx, 'maintenance.update_edited', id, {
    after: { update_id: updateId, ...text, deliver_notifications },
  })
}

/** Stores the update, moves the maintenance to its state, and lets the impacts follow. The caller records. */
export async function writeMaintenanceUpdate(
  tx: Tx,
  maintenance: Maintenance,
  status: MaintenanceStatus,
  text: { body: string; displayAt: Instant; deliverNotifications: boolean },
): Promise<StatusUpdateId> {
  const { id } = maintenance
  const planned = await plannedLevels(tx, id)
  const updateId = await insertUpdate(
    tx,
    { maintenanceId: id },
    {
      ...text,
      status,
      createdAt: tx.now,
      authorKind: tx.actor.kind,
      components: await componentChanges(tx, levelsIn(maintenance.status, status, planned)),
    },
  )
  await tx.db
    .updateTable('maintenance')
    .set({
      status,
      ...(runs(status) && maintenance.startedAt === null && { started_at: text.displayAt }),
      ...(status === 'completed' && { completed_at: text.displayAt }),
      ...(status === 'cancelled' && { cancelled_at: text.displayAt }),
      sequence: maintenance.sequence + (status === maintenance.status ? 0 : 1),
      updated_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  await followMaintenanceUpdates(tx, id)
  return updateId
}

/** Lets the impacts of a maintenance be what its updates say. */
export async function followMaintenanceUpdates(tx: Tx, id: MaintenanceId): Promise<void> {
  const updates = await listUpdatesOf(tx.db, { maintenanceId: id })
  const said = updates.map((update) => ({
    ...update,
    ends: update.status === 'completed' || update.status === 'cancelled',
  }))
  const spans = impactsFromUpdates(said)
  // Said to have ended before it began: what is over affects nothing any longer.
  const isOver = said.some((update) => update.ends)
  await replaceImpacts(
    tx,
    { maintenanceId: id },
    isOver ? spans.filter((span) => span.until !== null) : spans,
  )
}

/** When it began and ended, as its updates say. */
function timesSaid(updates: StatusUpdate[]) {
  const at = (...statuses: string[]) =>
    updates.find(({ status }) => statuses.includes(status))?.displayAt ?? null
  return {
    started_at: at('in_progress', 'verifying'),
    completed_at: at('completed'),
    cancelled_at: at('cancelled'),
  }
}

/** What was planned, without components that have left the page since. */
async function plannedLevels(tx: Tx, id: MaintenanceId): Promise<ComponentStatuses> {
  const planned = (await listMaintenanceComponents(tx.db, [id])).get(id) ?? {}
  const components = await listComponents(tx.db, { ids: Object.keys(planned) })
  const onPage = new Set<string>(components.map(({ id }) => id))
  return Object.fromEntries(Object.entries(planned).filter(([componentId]) => onPage.has(componentId)))
}

function runs(status: MaintenanceStatus): boolean {
  return status === 'in_progress' || status === 'verifying'
}

/** Beginning puts the planned levels on; ending takes them off; anything between leaves them. */
function levelsIn(
  before: MaintenanceStatus,
  after: MaintenanceStatus,
  planned: ComponentStatuses,
): ComponentStatuses {
  if (!runs(before) && runs(after)) return planned
  if (runs(before) && !runs(after)) {
    return Object.fromEntries(Object.keys(planned).map((id) => [id, 'operational' as const]))
  }
  return {}
}

/** @throws DomainError `not-found`, `conflict` when it is over */
async function getUnfinished(tx: Tx, id: MaintenanceId): Promise<Maintenance> {
  const maintenance = await getMaintenance(tx.db, id)
  if (maintenance.status === 'completed' || maintenance.status === 'cancelled') {
    throw new DomainError('conflict', `This maintenance is already ${maintenance.status}.`, {
      current: current(maintenance),
    })
  }
  return maintenance
}

function current(maintenance: Maintenance): { id: string; status: MaintenanceStatus } {
  return { id: maintenance.id, status: maintenance.status }
}
