import type { ComponentStatus } from '../../domain/components/component-status.ts'
import { listMaintenanceComponents } from '../../domain/maintenance/list-maintenances.ts'
import type { Maintenance, MaintenanceId } from '../../domain/maintenance/maintenance.ts'
import {
  cancelMaintenance,
  NewMaintenanceUpdate,
  postMaintenanceUpdate,
} from '../../domain/maintenance/post-update.ts'
import {
  editMaintenance,
  MaintenanceChanges,
  NewMaintenance,
  scheduleMaintenance,
} from '../../domain/maintenance/schedule-maintenance.ts'
import type { Tx } from '../../domain/tx.ts'
import { DomainError, type FieldError, invalidField } from '../../errors.ts'
import { changesFrom } from './changes-from.ts'
import { affectedOf, bodyOf, type IncidentFields, isMaintenanceState } from './incident-fields.ts'
import { newestBody } from './newest-body.ts'
import { checked } from './read-fields.ts'

/**
 * Announces a maintenance, which starts and completes by itself only where that is asked for; one that is to be in a
 * later state gets there by an update of its own.
 * @throws DomainError `invalid`
 */
export async function scheduleFromFields(tx: Tx, fields: IncidentFields): Promise<MaintenanceId> {
  assertPossible(fields)
  const {
    name,
    status = 'scheduled',
    scheduled_for,
    scheduled_until,
    deliver_notifications,
    metadata,
  } = fields
  const { scheduled_auto_in_progress = false, scheduled_auto_completed = false } = steps(fields)
  const affected = affectedOf(fields).map(([id, said]) => [id, said === '' ? 'under_maintenance' : said])
  const maintenance = {
    name,
    body: bodyOf(fields, 'scheduled'),
    scheduled_for,
    scheduled_until,
    scheduled_auto_in_progress,
    scheduled_auto_completed,
    components: Object.fromEntries(affected),
    ...changesFrom({ deliver_notifications, metadata }),
  }
  const id = await scheduleMaintenance(tx, checked(NewMaintenance, maintenance))
  if (status !== 'scheduled') {
    const update = { status, body: bodyOf({}, status), ...changesFrom({ deliver_notifications }) }
    await postMaintenanceUpdate(tx, id, checked(NewMaintenanceUpdate, update))
  }
  return id
}

/**
 * Changes a maintenance and posts an update where the fields have a text or another state. The last state and text of
 * one that is over may be repeated.
 * @throws DomainError `invalid`, `conflict`
 */
export async function changeMaintenanceFromFields(
  tx: Tx,
  maintenance: Maintenance,
  fields: IncidentFields,
): Promise<void> {
  const { id } = maintenance
  const { status = stateOf(maintenance), deliver_notifications } = fields
  if (!isMaintenanceState(status)) {
    throw invalidField('/status', 'This is a maintenance, not an incident; its states are others.')
  }
  assertPossible(fields)
  await assertPlanned(tx, id, fields, status)
  const { name, scheduled_for, scheduled_until, metadata } = fields
  const before = {
    name: maintenance.name,
    scheduled_for: maintenance.scheduledFor,
    scheduled_until: maintenance.scheduledUntil,
    scheduled_auto_in_progress: maintenance.autoInProgress,
    scheduled_auto_completed: maintenance.autoCompleted,
    metadata: maintenance.metadata,
  }
  const changes = changesFrom({ name, scheduled_for, scheduled_until, metadata, ...steps(fields) }, before)
  if (Object.keys(changes).length > 0) await editMaintenance(tx, id, checked(MaintenanceChanges, changes))

  const said = fields.body ?? fields.message
  const isRepeated = status === 'completed' && (await newestBody(tx, { maintenanceId: id })) === said?.trim()
  if (status === stateOf(maintenance) && (said === undefined || isRepeated)) return
  const update = { status, body: bodyOf(fields, status), ...changesFrom({ deliver_notifications }) }
  await postMaintenanceUpdate(tx, id, checked(NewMaintenanceUpdate, update))
}

/** Nothing is deleted: a maintenance that is not over is called off. */
export async function withdrawMaintenance(tx: Tx, maintenance: Maintenance): Promise<void> {
  if (stateOf(maintenance) !== 'completed') await cancelMaintenance(tx, maintenance.id, {})
}

/** Called off is over: Statuspage has no word of its own for it. */
function stateOf({ status }: Maintenance) {
  return status === 'cancelled' ? 'completed' : status
}

function steps({
  scheduled_auto_in_progress,
  scheduled_auto_transition,
  scheduled_auto_completed,
}: IncidentFields) {
  return {
    scheduled_auto_in_progress: scheduled_auto_in_progress ?? scheduled_auto_transition,
    scheduled_auto_completed,
  }
}

/** What every maintenance does; to take it upon oneself not to do it would not be kept. */
const ALWAYS = {
  scheduled_remind_prior: 'Every maintenance reminds 60 minutes before it begins.',
  auto_transition_to_maintenance_state: 'While a maintenance runs, its components say so.',
  auto_transition_to_operational_state: 'Once a maintenance is over, its components say so.',
  auto_transition_deliver_notifications_at_start: 'A start that comes by itself is announced.',
  auto_transition_deliver_notifications_at_end: 'An end that comes by itself is announced.',
} as const

/** @throws DomainError `invalid` naming everything that no maintenance here can be */
function assertPossible(fields: IncidentFields): void {
  const names = Object.keys(ALWAYS) as (keyof typeof ALWAYS)[]
  const errors: FieldError[] = names
    .filter((name) => fields[name] === false)
    .map((name) => ({ pointer: `/${name}`, message: ALWAYS[name] }))
  if ((fields.impact_override ?? 'maintenance') !== 'maintenance') {
    errors.push({ pointer: '/impact_override', message: 'The impact of a maintenance is “maintenance”.' })
  }
  if (fields.backfilled === true) {
    errors.push({ pointer: '/backfilled', message: 'A maintenance is announced before it begins.' })
  }
  if (errors.length > 0) throw new DomainError('invalid', 'No maintenance can be so.', { fields: errors })
}

/**
 * The components of a maintenance are set when it is announced; whoever names them again says what is so anyway.
 * @throws DomainError `invalid` naming every component that is not planned so
 */
async function assertPlanned(
  tx: Tx,
  id: MaintenanceId,
  fields: IncidentFields,
  status: string,
): Promise<void> {
  const planned = (await listMaintenanceComponents(tx.db, [id])).get(id) ?? {}
  const runs = status === 'in_progress' || status === 'verifying'
  const isSo = (level: ComponentStatus | undefined, said: ComponentStatus | '') =>
    level !== undefined && (said === '' || (runs ? said === level : said === 'operational'))
  const errors = affectedOf(fields)
    .filter(([componentId, said]) => !isSo(planned[componentId], said))
    .map(([componentId]) => ({
      pointer: `/components/${componentId}`,
      message: 'What a maintenance does to its components is set when it is announced.',
    }))
  if (errors.length > 0) throw new DomainError('invalid', 'It is planned otherwise.', { fields: errors })
}
