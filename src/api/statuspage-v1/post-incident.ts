import type { ComponentStatus } from '../../domain/components/component-status.ts'
import { listImpactsOf, readComponentStatuses } from '../../domain/components/impacts.ts'
import { editIncident, IncidentChanges } from '../../domain/incidents/edit-incident.ts'
import type { Incident, IncidentId } from '../../domain/incidents/incident.ts'
import { NewIncident, openIncident } from '../../domain/incidents/open-incident.ts'
import {
  editIncidentUpdate,
  NewIncidentUpdate,
  postIncidentUpdate,
} from '../../domain/incidents/post-update.ts'
import type { Tx } from '../../domain/tx.ts'
import type { ComponentStatuses } from '../../domain/updates/component-changes.ts'
import { listUpdatesOf } from '../../domain/updates/list-updates.ts'
import { invalidField } from '../../errors.ts'
import { isLocalDate, startOfDate } from '../../lib/dates.ts'
import { type Instant, parseIso } from '../../lib/instant.ts'
import { settleIncident } from '../admin/settle.ts'
import { changesFrom } from './changes-from.ts'
import { affectedOf, bodyOf, type IncidentFields, isMaintenanceState } from './incident-fields.ts'
import { newestBody } from './newest-body.ts'
import { checked } from './read-fields.ts'
import type { View } from './v1-routes.ts'

/**
 * Opens an incident; one that is back-dated is over, unless it says otherwise.
 * @throws DomainError `invalid`
 */
export async function openFromFields(tx: Tx, fields: IncidentFields, view: View): Promise<IncidentId> {
  const { name, backfilled = false, impact_override, deliver_notifications, metadata } = fields
  const status = fields.status ?? (backfilled ? 'resolved' : 'investigating')
  if (backfilled && Object.values(fields.components ?? {}).some((said) => said !== '')) {
    throw invalidField('/components', 'A back-dated incident changes the status of no component.')
  }
  const displayAt = backfilledAt(fields, backfilled, view)
  const isOver = backfilled || status === 'resolved'
  const incident = {
    name,
    status,
    body: bodyOf(fields, status),
    components: await withStatuses(tx, affectedOf(fields), isOver),
    backfilled,
    ...changesFrom({ impact_override, deliver_notifications, metadata, display_at: displayAt }),
  }
  return openIncident(tx, checked(NewIncident, incident))
}

/**
 * Changes an incident and posts an update where the fields have a text, another state or another status of a
 * component. The last state and text of one that is over may be repeated, as those do who send all that they know.
 * @throws DomainError `invalid`, `conflict`
 */
export async function changeFromFields(
  tx: Tx,
  incident: Incident,
  fields: IncidentFields,
  view: View,
): Promise<void> {
  const { id } = incident
  const { name, impact_override, metadata, deliver_notifications, status = incident.status } = fields
  if (isMaintenanceState(status)) {
    throw invalidField('/status', 'This is an incident, not a maintenance; its states are others.')
  }
  const before = {
    name: incident.name,
    impact_override: incident.impactOverride,
    metadata: incident.metadata,
  }
  const changes = changesFrom({ name, impact_override, metadata }, before)
  if (Object.keys(changes).length > 0) await editIncident(tx, id, checked(IncidentChanges, changes))
  // Whether anybody was told of it was settled when it was opened; saying so again, or otherwise, only moves its start.
  const { backfilled = incident.backfilled } = fields
  await moveStart(tx, incident, backfilledAt(fields, backfilled, view))

  const components = await changedStatuses(tx, id, fields, status === 'resolved')
  const said = fields.body ?? fields.message
  const isNew =
    status !== incident.status ||
    Object.keys(components).length > 0 ||
    (said !== undefined &&
      !(status === 'resolved' && (await newestBody(tx, { incidentId: id })) === said.trim()))
  if (!isNew) return
  const isOnlyComponents = said === undefined && status === incident.status
  const body = isOnlyComponents ? 'The state of the affected components has changed.' : bodyOf(fields, status)
  const update = { status, body, components, ...changesFrom({ deliver_notifications }) }
  await postIncidentUpdate(tx, id, checked(NewIncidentUpdate, update))
  await settleIncident(tx, id)
}

/** Nothing is deleted: an incident that is open is over from then on, and says why. */
export async function withdrawIncident(tx: Tx, incident: Incident): Promise<void> {
  if (incident.resolvedAt !== null) return
  await postIncidentUpdate(tx, incident.id, {
    status: 'resolved',
    body: 'This incident has been withdrawn.',
  })
  await settleIncident(tx, incident.id)
}

/**
 * When a back-dated incident began: an instant, or a date, which stands for its first moment on the page.
 * @throws DomainError `invalid`
 */
function backfilledAt(
  { backfill_date: text }: IncidentFields,
  backfilled: boolean,
  { page, now }: View,
): Instant | undefined {
  if (text === undefined) return undefined
  if (!backfilled)
    throw invalidField('/backfill_date', 'Only a back-dated incident has one: send “backfilled”.')
  const at = isLocalDate(text) ? startOfDate(text, page.timeZone) : parseIso(text)
  if (at === undefined || at < 0) {
    throw invalidField(
      '/backfill_date',
      'This is no date like 2026-11-13, and no time like 2026-11-13T14:30:00Z.',
    )
  }
  if (at > now) throw invalidField('/backfill_date', 'An incident that is back-dated began in the past.')
  return at
}

async function moveStart(tx: Tx, incident: Incident, startedAt: Instant | undefined): Promise<void> {
  if (startedAt === undefined || startedAt === incident.startedAt) return
  const [first] = await listUpdatesOf(tx.db, { incidentId: incident.id })
  if (first) await editIncidentUpdate(tx, incident.id, first.id, { display_at: startedAt })
}

/** What differs from what the incident says of its components so far. */
async function changedStatuses(
  tx: Tx,
  id: IncidentId,
  fields: IncidentFields,
  isOver: boolean,
): Promise<ComponentStatuses> {
  const updates = await listUpdatesOf(tx.db, { incidentId: id })
  const touched = new Set(updates.flatMap(({ components }) => components.map((one) => one.componentId)))
  const impacts = (await listImpactsOf(tx.db, [id])).get(id) ?? []
  const open = new Map(
    impacts.flatMap((it) => (it.until === null ? [[it.componentId, it.level] as const] : [])),
  )
  const isNew = ([componentId, status]: [string, ComponentStatus | '']) =>
    !touched.has(componentId) || (status !== '' && status !== (open.get(componentId) ?? 'operational'))
  return withStatuses(tx, affectedOf(fields).filter(isNew), isOver)
}

/** A component that is only named is as it is already, and works once the incident is over. */
async function withStatuses(
  tx: Tx,
  affected: [string, ComponentStatus | ''][],
  isOver: boolean,
): Promise<ComponentStatuses> {
  const current = await readComponentStatuses(tx.db, tx.now)
  const asItIs = (id: string) => (isOver ? undefined : current.get(id)) ?? 'operational'
  return Object.fromEntries(affected.map(([id, status]) => [id, status === '' ? asItIs(id) : status]))
}
