import { z } from 'zod'
import { invalidField } from '../../errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
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
  type IncidentStatus,
  Metadata,
  UpdateBody,
} from './incident.ts'
import { postIncidentUpdate } from './post-update.ts'
import { assertNothingAffected } from './resolving.ts'

const Resolution = z.strictObject({ body: UpdateBody, display_at: z.number().optional() })

export const NewIncident = z.strictObject({
  name: IncidentName,
  status: z.enum(INCIDENT_STATUSES).default('investigating'),
  body: UpdateBody,
  impact_override: z.enum(INCIDENT_IMPACTS).nullable().default(null),
  components: ComponentStatuses.default({}),
  deliver_notifications: z.boolean().default(true),
  display_at: z.number().optional(),
  backfilled: z.boolean().default(false),
  /** How it ended, for one that is entered when it is over. */
  resolution: Resolution.optional(),
  metadata: Metadata.default({}),
})
export type NewIncident = z.input<typeof NewIncident>

/**
 * Opens an incident with its first update and puts its impact on the components it names.
 * A backfilled one tells nobody; `display_at` says when it really began. With a `resolution` it is over already: a second
 * update says so, and the impact has ended.
 * @throws DomainError `invalid` for an unknown component, a display time in the future, one that is resolved and still
 * affects something, or one that ends before it begins
 */
export async function openIncident(tx: Tx, input: NewIncident): Promise<IncidentId> {
  const incident = NewIncident.parse(input)
  const displayAt = incident.display_at ?? tx.now
  if (displayAt > tx.now)
    throw invalidField('/display_at', 'An update cannot be shown before its time has come.')
  if (incident.status === 'resolved') assertNothingAffected(incident.components)
  const { resolution } = incident
  if (resolution !== undefined)
    assertResolvable(incident.status, displayAt, resolution.display_at ?? tx.now, tx.now)
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
  if (resolution !== undefined) {
    const { deliver_notifications } = incident
    await postIncidentUpdate(tx, id, { ...resolution, status: 'resolved', deliver_notifications })
  }
  return id
}

/** @throws DomainError `invalid` */
function assertResolvable(status: IncidentStatus, from: Instant, until: Instant, now: Instant): void {
  if (status === 'resolved') {
    throw invalidField('/resolution', 'An incident that begins as resolved is over without a resolution.')
  }
  if (until < from) throw invalidField('/resolution/display_at', 'It cannot have ended before it began.')
  if (until > now)
    throw invalidField('/resolution/display_at', 'An update cannot be shown before its time has come.')
}
