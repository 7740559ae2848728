import { z } from 'zod'
import { DomainError, invalidField } from '../../errors.ts'
import { newId } from '../../lib/ids.ts'
import { MINUTE_MS } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import { Metadata, UpdateBody } from '../incidents/incident.ts'
import type { Tx } from '../tx.ts'
import { assertOnPage, ComponentStatuses } from '../updates/component-changes.ts'
import { insertUpdate } from '../updates/write-update.ts'
import { getMaintenance, listMaintenanceComponents } from './list-maintenances.ts'
import type { MaintenanceId } from './maintenance.ts'

/** How long before its start a maintenance reminds its followers. */
export const REMINDER_MS = 60 * MINUTE_MS

const fields = {
  name: z.string().trim().min(1, 'A maintenance needs a name.').max(200),
  scheduled_for: z.number(),
  scheduled_until: z.number(),
  scheduled_auto_in_progress: z.boolean(),
  scheduled_auto_completed: z.boolean(),
  components: ComponentStatuses,
  metadata: Metadata,
}

export const NewMaintenance = z.strictObject({
  ...fields,
  body: UpdateBody,
  components: fields.components.default({}),
  scheduled_auto_in_progress: fields.scheduled_auto_in_progress.default(true),
  scheduled_auto_completed: fields.scheduled_auto_completed.default(true),
  deliver_notifications: z.boolean().default(true),
  metadata: fields.metadata.default({}),
})
export type NewMaintenance = z.input<typeof NewMaintenance>

/**
 * Announces a maintenance. `components` says how each is while it runs; until then nothing changes for them.
 * One announced less than 60 minutes ahead sends no reminder: the announcement is one.
 * @throws DomainError `invalid` for an unknown component, an end before the start, a start in the past
 */
export async function scheduleMaintenance(tx: Tx, input: NewMaintenance): Promise<MaintenanceId> {
  const maintenance = NewMaintenance.parse(input)
  assertWindow(maintenance.scheduled_for, maintenance.scheduled_until)
  if (maintenance.scheduled_for < tx.now) {
    throw invalidField('/scheduled_for', 'A maintenance is announced before it begins.')
  }
  const id = newId<'maintenance'>()
  await tx.db
    .insertInto('maintenance')
    .values({
      id,
      name: maintenance.name,
      status: 'scheduled',
      scheduled_for: maintenance.scheduled_for,
      scheduled_until: maintenance.scheduled_until,
      auto_in_progress: maintenance.scheduled_auto_in_progress ? 1 : 0,
      auto_completed: maintenance.scheduled_auto_completed ? 1 : 0,
      reminded_at: maintenance.scheduled_for - tx.now <= REMINDER_MS ? tx.now : null,
      started_at: null,
      completed_at: null,
      cancelled_at: null,
      sequence: 0,
      metadata: JSON.stringify(maintenance.metadata),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .execute()
  await writePlannedComponents(tx, id, maintenance.components)
  await insertUpdate(
    tx,
    { maintenanceId: id },
    {
      status: 'scheduled',
      body: maintenance.body,
      createdAt: tx.now,
      displayAt: tx.now,
      deliverNotifications: maintenance.deliver_notifications,
      authorKind: tx.actor.kind,
      components: [],
    },
  )
  await record(tx, 'maintenance.scheduled', id, {
    after: {
      name: maintenance.name,
      scheduled_for: maintenance.scheduled_for,
      scheduled_until: maintenance.scheduled_until,
    },
  })
  return id
}

export const MaintenanceChanges = z.strictObject(fields).partial()
export type MaintenanceChanges = z.infer<typeof MaintenanceChanges>

/**
 * Changes a maintenance that is not over: its name, its window, what it does by itself, and until it begins what it does to
 * components.
 * @throws DomainError `not-found`, `invalid`, `conflict` when it is over, or when a start that has happened or what it
 * works on would move
 */
export async function editMaintenance(tx: Tx, id: MaintenanceId, changes: MaintenanceChanges): Promise<void> {
  const before = await getMaintenance(tx.db, id)
  if (before.status === 'completed' || before.status === 'cancelled') {
    throw new DomainError('conflict', `This maintenance is ${before.status}.`, {
      current: { id, status: before.status },
    })
  }
  const scheduledFor = changes.scheduled_for ?? before.scheduledFor
  const scheduledUntil = changes.scheduled_until ?? before.scheduledUntil
  assertWindow(scheduledFor, scheduledUntil)
  const moved = scheduledFor !== before.scheduledFor
  const { components } = changes
  if ((moved || components !== undefined) && before.status !== 'scheduled') {
    const what = moved ? 'its start cannot move' : 'what it works on cannot change'
    throw new DomainError('conflict', `This maintenance has begun; ${what}.`, {
      current: { id, status: before.status },
    })
  }
  if (moved && scheduledFor < tx.now) {
    throw invalidField('/scheduled_for', 'A maintenance is announced before it begins.')
  }
  await tx.db
    .updateTable('maintenance')
    .set({
      ...(changes.name !== undefined && { name: changes.name }),
      scheduled_for: scheduledFor,
      scheduled_until: scheduledUntil,
      ...(changes.scheduled_auto_in_progress !== undefined && {
        auto_in_progress: changes.scheduled_auto_in_progress ? 1 : 0,
      }),
      ...(changes.scheduled_auto_completed !== undefined && {
        auto_completed: changes.scheduled_auto_completed ? 1 : 0,
      }),
      ...(changes.metadata !== undefined && { metadata: JSON.stringify(changes.metadata) }),
      // A start that moves ahead again reminds again.
      ...(moved && { reminded_at: scheduledFor - tx.now <= REMINDER_MS ? tx.now : null }),
      sequence: before.sequence + 1,
      updated_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  const planned = (await listMaintenanceComponents(tx.db, [id])).get(id)
  if (components !== undefined) {
    await tx.db.deleteFrom('maintenance_component').where('maintenance_id', '=', id).execute()
    await writePlannedComponents(tx, id, components)
  }
  await record(tx, 'maintenance.edited', id, {
    before: {
      name: before.name,
      scheduled_for: before.scheduledFor,
      scheduled_until: before.scheduledUntil,
      ...(components !== undefined && { components: planned }),
    },
    after: changes,
  })
}

/** A component that is named at all is in maintenance at least. */
async function writePlannedComponents(tx: Tx, id: MaintenanceId, planned: ComponentStatuses): Promise<void> {
  await assertOnPage(tx.db, Object.keys(planned))
  if (Object.keys(planned).length === 0) return
  await tx.db
    .insertInto('maintenance_component')
    .values(
      Object.entries(planned).map(([componentId, status]) => ({
        maintenance_id: id,
        component_id: componentId,
        level: status === 'operational' ? 'under_maintenance' : status,
      })),
    )
    .execute()
}

function assertWindow(from: number, until: number): void {
  if (until <= from) throw invalidField('/scheduled_until', 'A maintenance ends after it begins.')
}
