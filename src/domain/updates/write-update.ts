import type { Flag } from '../../db/schema.ts'
import { DomainError } from '../../errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Actor, Tx } from '../tx.ts'
import { getUpdate } from './list-updates.ts'
import type { StatusUpdateId, Subject, UpdateComponent } from './status-update.ts'

/** An update as it is about to be stored. */
export interface UpdateToWrite {
  id?: StatusUpdateId
  status: string
  body: string
  createdAt: Instant
  displayAt: Instant
  updatedAt?: Instant
  deliverNotifications: boolean
  authorKind: Actor['kind']
  components: UpdateComponent[]
}

/** A statement takes a bounded number of values on both engines. */
const ROWS_AT_ONCE = 500

/** Stores an update as the subject's next one and returns its id. The caller records the event. */
export async function insertUpdate(tx: Tx, subject: Subject, update: UpdateToWrite): Promise<StatusUpdateId> {
  const id = update.id ?? newId<'status_update'>()
  await insertUpdates(tx, subject, [{ ...update, id }])
  return id
}

/** Stores updates as the subject's next ones, in the order given. The caller records the event. */
export async function insertUpdates(
  tx: Tx,
  subject: Subject,
  updates: (UpdateToWrite & { id: StatusUpdateId })[],
): Promise<void> {
  const last = await lastNumber(tx, subject)
  const rows = updates.map((update, index) => ({
    id: update.id,
    incident_id: subject.incidentId ?? null,
    maintenance_id: subject.maintenanceId ?? null,
    number: last + index + 1,
    status: update.status,
    body: update.body,
    created_at: update.createdAt,
    display_at: update.displayAt,
    updated_at: update.updatedAt ?? update.createdAt,
    edited_at: null,
    deliver_notifications: flag(update.deliverNotifications),
    author_kind: update.authorKind,
  }))
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await tx.db
      .insertInto('status_update')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute()
  }
  await writeUpdateComponents(tx, updates)
}

/** Makes these what an update said about components, instead of all it said. */
export async function replaceUpdateComponents(
  tx: Tx,
  id: StatusUpdateId,
  components: UpdateComponent[],
): Promise<void> {
  await tx.db.deleteFrom('status_update_component').where('update_id', '=', id).execute()
  await writeUpdateComponents(tx, [{ id, components }])
}

async function writeUpdateComponents(
  tx: Tx,
  updates: { id: StatusUpdateId; components: UpdateComponent[] }[],
): Promise<void> {
  const rows = updates.flatMap(({ id, components }) =>
    components.map((component, index) => ({
      update_id: id,
      component_id: component.componentId,
      position: index,
      name: component.name,
      old_status: component.oldStatus,
      new_status: component.newStatus,
    })),
  )
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await tx.db
      .insertInto('status_update_component')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute()
  }
}

function flag(value: boolean): Flag {
  return value ? 1 : 0
}

/** What staff may change in an update that is already out; every earlier text is kept. */
export interface UpdateChanges {
  status?: string
  body?: string
  display_at?: Instant
}

/**
 * Rewrites an update and keeps its earlier text. `created_at` never changes: promises are judged by it.
 * @throws DomainError `not-found`, `invalid` when nothing would change
 */
export async function rewriteUpdate(
  tx: Tx,
  subject: Subject,
  id: StatusUpdateId,
  changes: UpdateChanges,
): Promise<void> {
  const before = await getUpdate(tx.db, subject, id)
  const after = {
    status: changes.status ?? before.status,
    body: changes.body ?? before.body,
    display_at: changes.display_at ?? before.displayAt,
  }
  if (after.status === before.status && after.body === before.body && after.display_at === before.displayAt) {
    throw new DomainError('invalid', 'This is what the update says already.')
  }
  await tx.db
    .insertInto('status_update_edit')
    .values({
      id: newId(),
      update_id: id,
      status: before.status,
      body: before.body,
      display_at: before.displayAt,
      replaced_at: tx.now,
      actor_name: tx.actor.name,
    })
    .execute()
  await tx.db
    .updateTable('status_update')
    .set({ ...after, updated_at: tx.now, edited_at: tx.now })
    .where('id', '=', id)
    .execute()
}

async function lastNumber(tx: Tx, subject: Subject): Promise<number> {
  const query = tx.db.selectFrom('status_update').select((eb) => eb.fn.max('number').as('last'))
  const { last } = await (subject.incidentId === undefined
    ? query.where('maintenance_id', '=', subject.maintenanceId)
    : query.where('incident_id', '=', subject.incidentId)
  ).executeTakeFirstOrThrow()
  return last ?? 0
}
