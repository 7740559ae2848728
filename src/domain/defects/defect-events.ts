import { z } from 'zod'
import { invalidField } from '../../errors.ts'
import { type Id, newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import type { DefectId } from './defect.ts'
import { getDefect } from './defects.ts'
import { listLinkedIncidentIds } from './links.ts'
import { findRelease } from './releases.ts'

/** What can happen to a defect, from the weakest to the strongest; a stronger one satisfies the weaker goals. */
export const DEFECT_EVENT_TYPES = ['responded', 'workaround', 'fixed', 'deferred'] as const
export type DefectEventType = (typeof DEFECT_EVENT_TYPES)[number]

export interface DefectEvent {
  id: Id<'defect_event'>
  defectId: DefectId
  type: DefectEventType
  at: Instant
  /** The public update that says so. */
  incidentUpdateId: string | null
  releaseId: string | null
  /** For `deferred`: the day it is deferred to. */
  untilOn: string | null
  note: string | null
  createdAt: Instant
}

export const NewDefectEvent = z.strictObject({
  type: z.enum(DEFECT_EVENT_TYPES),
  /** When it happened; when left out: the release's publication, or the update's posting, or now. */
  at: z.number().optional(),
  incident_update_id: z.string().optional(),
  release_id: z.string().optional(),
  until: z.iso.date('This is not a date like 2026-12-02.').optional(),
  note: z.string().trim().min(1).max(5_000).optional(),
})
export type NewDefectEvent = z.input<typeof NewDefectEvent>

/**
 * Records what happened to a confirmed defect. Events are never changed or taken away.
 * @throws DomainError `not-found`; `invalid` before the confirmation or in the future, for an update of an incident
 * that is not linked, for a release that is not out, for a deferral without the message that the customer was given
 */
export async function recordDefectEvent(
  tx: Tx,
  id: DefectId,
  input: NewDefectEvent,
): Promise<Id<'defect_event'>> {
  const event = NewDefectEvent.parse(input)
  const defect = await getDefect(tx.db, id)
  if (defect.confirmedAt === null) throw invalidField('/type', 'Confirm the defect first: no clock runs yet.')
  if (event.type === 'deferred' && !event.note) {
    throw invalidField('/note', 'A deferral needs the message that the customer was given.')
  }
  // What was missed before the customer was told stays missed.
  if (event.type === 'deferred' && event.at !== undefined && event.at < tx.now) {
    throw invalidField('/at', 'A deferral counts from when it is recorded.')
  }
  const update = event.incident_update_id ? await linkedUpdate(tx, id, event.incident_update_id) : undefined
  const release = event.release_id ? await publishedRelease(tx, event.type, event.release_id) : undefined
  const at = event.at ?? release?.publishedAt ?? update?.created_at ?? tx.now
  if (at > tx.now) throw invalidField('/at', 'An event cannot be recorded before it has happened.')
  if (at < defect.confirmedAt) {
    throw invalidField('/at', 'An event cannot be earlier than the confirmation of its defect.')
  }
  // A response or a workaround that an update tells is there when the update is: by when it was really posted.
  if (update && event.type !== 'fixed' && at < update.created_at) {
    throw invalidField('/at', 'An event cannot be earlier than the posting of the update that tells it.')
  }
  const eventId = newId<'defect_event'>()
  await tx.db
    .insertInto('defect_event')
    .values({
      id: eventId,
      defect_id: id,
      type: event.type,
      at,
      incident_update_id: event.incident_update_id ?? null,
      release_id: event.release_id ?? null,
      until_on: event.until ?? null,
      note: event.note ?? null,
      created_at: tx.now,
      actor_name: tx.actor.name,
    })
    .execute()
  await tx.db.updateTable('defect').set({ updated_at: tx.now }).where('id', '=', id).execute()
  await record(tx, 'defect.event', id, { after: { ...event, at } })
  return eventId
}

/** The events of each defect, oldest first. */
export async function listDefectEvents(
  reader: Reader,
  defectIds: DefectId[],
): Promise<Map<DefectId, DefectEvent[]>> {
  const byDefect = new Map<DefectId, DefectEvent[]>(defectIds.map((id) => [id, []]))
  if (defectIds.length === 0) return byDefect
  const rows = await reader
    .selectFrom('defect_event')
    .selectAll()
    .where('defect_id', 'in', defectIds)
    .orderBy('at')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  for (const row of rows) {
    byDefect.get(row.defect_id)?.push({
      id: row.id,
      defectId: row.defect_id,
      type: row.type as DefectEventType,
      at: row.at,
      incidentUpdateId: row.incident_update_id,
      releaseId: row.release_id,
      untilOn: row.until_on,
      note: row.note,
      createdAt: row.created_at,
    })
  }
  return byDefect
}

async function linkedUpdate(tx: Tx, defectId: DefectId, updateId: string): Promise<{ created_at: Instant }> {
  const incidentIds = (await listLinkedIncidentIds(tx.db, [defectId])).get(defectId) ?? []
  const update = await tx.db
    .selectFrom('status_update')
    .select(['created_at', 'incident_id'])
    .where('id', '=', updateId)
    .executeTakeFirst()
  if (!update?.incident_id || !incidentIds.includes(update.incident_id)) {
    throw invalidField(
      '/incident_update_id',
      'This is not an update of an incident that the defect is linked to.',
    )
  }
  return update
}

async function publishedRelease(
  tx: Tx,
  type: DefectEventType,
  releaseId: string,
): Promise<{ publishedAt: Instant }> {
  if (type !== 'fixed') throw invalidField('/release_id', 'Only a fix is published in a release.')
  const release = await findRelease(tx.db, releaseId)
  if (!release) throw invalidField('/release_id', `There is no release ${releaseId}.`)
  if (release.publishedAt === null) throw invalidField('/release_id', 'This release is not published yet.')
  return { publishedAt: release.publishedAt }
}
