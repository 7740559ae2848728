import type { Selectable } from 'kysely'
import type { StatusUpdateTable } from '../../db/schema.ts'
import { DomainError } from '../../errors.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import type { Reader } from '../tx.ts'
import {
  byDisplay,
  type StatusUpdate,
  type StatusUpdateEdit,
  type StatusUpdateId,
  type Subject,
  toStatusUpdate,
  type UpdateComponent,
} from './status-update.ts'

/** The updates of several incidents or maintenances by the subject's id, each list oldest first by display time. */
export async function listUpdates(
  reader: Reader,
  subjects: { incidentIds: string[] } | { maintenanceIds: string[] },
): Promise<Map<string, StatusUpdate[]>> {
  const [column, ids] =
    'incidentIds' in subjects
      ? (['incident_id', subjects.incidentIds] as const)
      : (['maintenance_id', subjects.maintenanceIds] as const)
  const bySubject = new Map<string, StatusUpdate[]>(ids.map((id) => [id, []]))
  if (ids.length === 0) return bySubject
  const rows = await reader.selectFrom('status_update').selectAll().where(column, 'in', ids).execute()
  for (const update of await withComponents(reader, rows)) {
    bySubject.get(update.subject.incidentId ?? update.subject.maintenanceId ?? '')?.push(update)
  }
  for (const updates of bySubject.values()) updates.sort(byDisplay)
  return bySubject
}

/** The updates of one incident or maintenance, oldest first by display time. */
export async function listUpdatesOf(reader: Reader, subject: Subject): Promise<StatusUpdate[]> {
  const [subjects, id] =
    subject.incidentId === undefined
      ? [{ maintenanceIds: [subject.maintenanceId] }, subject.maintenanceId]
      : [{ incidentIds: [subject.incidentId] }, subject.incidentId]
  return (await listUpdates(reader, subjects)).get(id) ?? []
}

/** The newest updates of the whole page by the time they were really posted, newest first. */
export async function listNewestUpdates(reader: Reader, limit: number): Promise<StatusUpdate[]> {
  const rows = await reader
    .selectFrom('status_update')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return withComponents(reader, rows)
}

/** @throws DomainError `not-found`, also when the update belongs to something else */
export async function getUpdate(reader: Reader, subject: Subject, id: StatusUpdateId): Promise<StatusUpdate> {
  const row = await reader
    .selectFrom('status_update')
    .selectAll()
    .where('id', '=', id)
    .where('incident_id', subject.incidentId === undefined ? 'is' : '=', subject.incidentId ?? null)
    .where('maintenance_id', subject.maintenanceId === undefined ? 'is' : '=', subject.maintenanceId ?? null)
    .executeTakeFirst()
  const [update] = row ? await withComponents(reader, [row]) : []
  if (!update) throw new DomainError('not-found', `There is no update ${id} here.`)
  return update
}

/** Earlier texts by update id, newest first. */
export async function listEdits(
  reader: Reader,
  updateIds: string[],
): Promise<Map<string, StatusUpdateEdit[]>> {
  const byUpdate = new Map<string, StatusUpdateEdit[]>()
  if (updateIds.length === 0) return byUpdate
  const rows = await reader
    .selectFrom('status_update_edit')
    .selectAll()
    .where('update_id', 'in', updateIds)
    .orderBy('replaced_at', 'desc')
    .orderBy('id')
    .execute()
  for (const row of rows) {
    const edit = {
      updateId: row.update_id,
      status: row.status,
      body: row.body,
      displayAt: row.display_at,
      replacedAt: row.replaced_at,
      actorName: row.actor_name,
    }
    byUpdate.set(row.update_id, [...(byUpdate.get(row.update_id) ?? []), edit])
  }
  return byUpdate
}

async function withComponents(
  reader: Reader,
  rows: Selectable<StatusUpdateTable>[],
): Promise<StatusUpdate[]> {
  const components = new Map<string, UpdateComponent[]>()
  const ids = rows.map((row) => row.id)
  // Statements take a bounded number of values.
  for (let start = 0; start < ids.length; start += 1_000) {
    const touched = await reader
      .selectFrom('status_update_component')
      .selectAll()
      .where('update_id', 'in', ids.slice(start, start + 1_000))
      .orderBy('position')
      .execute()
    for (const row of touched) {
      const component = {
        componentId: row.component_id,
        name: row.name,
        oldStatus: row.old_status as ComponentStatus,
        newStatus: row.new_status as ComponentStatus,
      }
      components.set(row.update_id, [...(components.get(row.update_id) ?? []), component])
    }
  }
  return rows.map((row) => toStatusUpdate(row, components.get(row.id) ?? []))
}
