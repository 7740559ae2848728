import { z } from 'zod'
import { DomainError, invalidField } from '../../errors.ts'
import { toIso } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import { ComponentStatuses, componentChanges } from '../updates/component-changes.ts'
import type { StatusUpdateId } from '../updates/status-update.ts'
import { insertUpdate, rewriteUpdate } from '../updates/write-update.ts'
import { followUpdates } from './follow-updates.ts'
import { INCIDENT_STATUSES, type IncidentId, UpdateBody } from './incident.ts'
import { getIncident } from './list-incidents.ts'
import { liftedComponents } from './resolving.ts'

export const NewIncidentUpdate = z.strictObject({
  status: z.enum(INCIDENT_STATUSES),
  body: UpdateBody,
  components: ComponentStatuses.default({}),
  deliver_notifications: z.boolean().default(true),
  display_at: z.number().optional(),
})
export type NewIncidentUpdate = z.input<typeof NewIncidentUpdate>

/**
 * Posts an update. `resolved` lifts the incident's impact from every component.
 * Resolving twice is a `conflict`, so that two responders cannot both announce it; any other state reopens it.
 * @throws DomainError `not-found`, `conflict`, `invalid`
 */
export async function postIncidentUpdate(
  tx: Tx,
  id: IncidentId,
  input: NewIncidentUpdate,
): Promise<StatusUpdateId> {
  const update = NewIncidentUpdate.parse(input)
  const incident = await getIncident(tx.db, id)
  const displayAt = update.display_at ?? tx.now
  if (displayAt > tx.now)
    throw invalidField('/display_at', 'An update cannot be shown before its time has come.')
  // Without a time of its own it is the newest, even by a clock that another responder's is ahead of.
  const { resolvedAt } = incident
  const isNewest = resolvedAt !== null && (update.display_at === undefined || displayAt >= resolvedAt)
  if (update.status === 'resolved' && isNewest) {
    throw new DomainError('conflict', 'This incident is already resolved.', {
      current: { id, status: incident.status, resolved_at: toIso(resolvedAt) },
    })
  }
  const components =
    update.status === 'resolved' ? await liftedComponents(tx, id, update.components) : update.components
  const updateId = await insertUpdate(
    tx,
    { incidentId: id },
    {
      status: update.status,
      body: update.body,
      createdAt: tx.now,
      displayAt,
      deliverNotifications: update.deliver_notifications && !incident.backfilled,
      authorKind: tx.actor.kind,
      components: await componentChanges(tx, components),
    },
  )
  await followUpdates(tx, id)
  await record(tx, 'incident.updated', id, {
    before: { status: incident.status },
    after: { status: update.status, update_id: updateId, components },
  })
  return updateId
}

export const IncidentUpdateChanges = z
  .strictObject({
    status: z.enum(INCIDENT_STATUSES),
    body: UpdateBody,
    display_at: z.number(),
    deliver_notifications: z.boolean(),
  })
  .partial()
export type IncidentUpdateChanges = z.infer<typeof IncidentUpdateChanges>

/**
 * Edits an update that is already out; the earlier text stays readable. Subscribers are told where that is asked for: most
 * edits mend a word.
 * @throws DomainError `not-found`, `invalid`
 */
export async function editIncidentUpdate(
  tx: Tx,
  id: IncidentId,
  updateId: StatusUpdateId,
  changes: IncidentUpdateChanges,
): Promise<void> {
  if (changes.display_at !== undefined && changes.display_at > tx.now) {
    throw invalidField('/display_at', 'An update cannot be shown before its time has come.')
  }
  const { deliver_notifications = false, ...text } = changes
  const { backfilled } = await getIncident(tx.db, id)
  await rewriteUpdate(tx, { incidentId: id }, updateId, text)
  await followUpdates(tx, id)
  await record(tx, 'incident.update_edited', id, {
    after: { update_id: updateId, ...text, deliver_notifications: deliver_notifications && !backfilled },
  })
}
