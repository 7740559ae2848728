import { z } from 'zod'
import { invalidField } from '../../errors.ts'
import { newId } from '../../lib/ids.ts'
import { record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import { ComponentStatuses, componentChanges } from '../updates/component-changes.ts'
import { insertUpdate } from '../updates/write-update.ts'
import { followUpdates } from './follow-updates.ts'
import {
  INCIDENT_IMPACTS,
  INCIDENT_STATUSES,
  type IncidentId,
  IncidentName,
  Metadata,
  UpdateBody,
} from './incident.ts'
import { assertNothingAffected } from './resolving.ts'

export const NewIncident = z.strictObject({
  name: IncidentName,
  status: z.enum(INCIDENT_STATUSES).default('investigating'),
  body: UpdateBody,
  impact_override: z.enum(INCIDENT_IMPACTS).nullable().default(null),
  components: ComponentStatuses.default({}),
  deliver_notifications: z.boolean().default(true),
  display_at: z.number().optional(),
  backfilled: z.boolean().default(false),
  metadata: Metadata.default({}),
})
export type NewIncident = z.input<typeof NewIncident>

/**
 * Opens an incident with its first update and puts its impact on the components it names.
 * A backfilled one tells nobody; `display_at` says when it really began.
 * @throws DomainError `invalid` for an unknown component, a display time in the future, or one that is resolved and
 * still affects something
 */
export async function openIncident(tx: Tx, input: NewIncident): Promise<IncidentId> {
  const incident = NewIncident.parse(input)
  const displayAt = incident.display_at ?? tx.now
  if (displayAt > tx.now)
    throw invalidField('/display_at', 'An update cannot be shown before its time has come.')
  if (incident.status === 'resolved') assertNothingAffected(incident.components)
  const id = newId<'incident'>()
  await tx.db
    .insertInto('incident')
    .values({
      id,
      name: incident.name,
      status: incident.status,
      impact_override: incident.impact_override,
      started_at: displayAt,
      resolved_at: null,
      backfilled: incident.backfilled ? 1 : 0,
      metadata: JSON.stringify(incident.metadata),
      postmortem_body: null,
      postmortem_published_at: null,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .execute()
  await insertUpdate(
    tx,
    { incidentId: id },
    {
      status: incident.status,
      body: incident.body,
      createdAt: tx.now,
      displayAt,
      deliverNotifications: incident.deliver_notifications && !incident.backfilled,
      authorKind: tx.actor.kind,
      components: await componentChanges(tx, incident.components),
    },
  )
  await followUpdates(tx, id)
  await record(tx, 'incident.opened', id, { after: { name: incident.name, status: incident.status } })
  return id
}
