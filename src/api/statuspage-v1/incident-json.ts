import type { ComponentStatus } from '../../domain/components/component-status.ts'
import type { Incident } from '../../domain/incidents/incident.ts'
import { listIncidentsById } from '../../domain/incidents/list-incidents.ts'
import { listMaintenanceComponents, listMaintenances } from '../../domain/maintenance/list-maintenances.ts'
import type { Maintenance } from '../../domain/maintenance/maintenance.ts'
import { readComponentStates } from '../../domain/status-page/component-states.ts'
import type { Reader } from '../../domain/tx.ts'
import { listUpdates } from '../../domain/updates/list-updates.ts'
import type { StatusUpdate, Subject } from '../../domain/updates/status-update.ts'
import { toIso } from '../../lib/instant.ts'
import { incidentImpactWord, maintenanceImpactWord } from '../../render/v2/impact-word.ts'
import { updateJsons } from '../admin/update-json.ts'
import { isoOrNull } from '../input.ts'
import { componentJson } from './component-json.ts'
import type { View } from './v1-routes.ts'
import { withoutNulls } from './without-nulls.ts'

/** Incidents and maintenances with all that belongs to them, in the order given. */
export async function readIncidentJsons(reader: Reader, subjects: Subject[], view: View): Promise<object[]> {
  const incidentIds = subjects.flatMap(({ incidentId }) => incidentId ?? [])
  const maintenanceIds = subjects.flatMap(({ maintenanceId }) => maintenanceId ?? [])
  const said = new Map([
    ...(await listUpdates(reader, { incidentIds })),
    ...(await listUpdates(reader, { maintenanceIds })),
  ])
  const planned = await listMaintenanceComponents(reader, maintenanceIds)
  const touched = new Map([...said].map(([id, updates]) => [id, touchedIds(updates, planned.get(id))]))
  const ids = [...new Set([...touched.values()].flatMap((own) => [...own]))]
  const states = await readComponentStates(reader, view, { ids })
  const heads = new Map([
    ...(await listIncidentsById(reader, incidentIds)).map(
      (incident) =>
        [incident.id as string, incidentHead(incident, said.get(incident.id) ?? [], view)] as const,
    ),
    ...(await listMaintenances(reader, { ids: maintenanceIds })).map(
      (maintenance) =>
        [
          maintenance.id as string,
          maintenanceHead(maintenance, said.get(maintenance.id) ?? [], view),
        ] as const,
    ),
  ])
  return subjects.map(({ incidentId, maintenanceId }) => {
    const id = incidentId ?? maintenanceId ?? ''
    return {
      ...heads.get(id),
      page_id: view.page.id,
      incident_updates: incidentUpdateJsons(said.get(id) ?? [], id),
      components: states
        .filter(({ component }) => touched.get(id)?.has(component.id))
        .map((state) => componentJson(state, view)),
    }
  })
}

/** Newest first. Called off is over: Statuspage has no word of its own for it. */
export function incidentUpdateJsons(updates: StatusUpdate[], incidentId: string): object[] {
  return updateJsons(updates).map(({ edited_at: _, status, ...update }) =>
    withoutNulls({
      ...update,
      incident_id: incidentId,
      status: describedState(status),
      wants_twitter_update: false,
    }),
  )
}

function describedState(status: string): string {
  return status === 'cancelled' ? 'completed' : status
}

function incidentHead(incident: Incident, updates: StatusUpdate[], { url }: View): object {
  const monitored = updates.find(({ status }) => status === 'monitoring')
  return withoutNulls({
    id: incident.id,
    name: incident.name,
    status: incident.status,
    impact: incidentImpactWord(incident.impactOverride, givenStatuses(updates)),
    impact_override: incident.impactOverride,
    created_at: toIso(incident.createdAt),
    updated_at: toIso(incident.updatedAt),
    monitoring_at: isoOrNull(monitored?.displayAt ?? null),
    resolved_at: isoOrNull(incident.resolvedAt),
    metadata: incident.metadata,
    shortlink: `${url}/incidents/${incident.id}`,
    postmortem_body: incident.postmortem?.body ?? null,
    postmortem_ignored: false,
    postmortem_notified_subscribers: false,
    postmortem_notified_twitter: false,
  })
}

function maintenanceHead(maintenance: Maintenance, updates: StatusUpdate[], { url }: View): object {
  return withoutNulls({
    id: maintenance.id,
    name: maintenance.name,
    status: describedState(maintenance.status),
    impact: maintenanceImpactWord(givenStatuses(updates)),
    created_at: toIso(maintenance.createdAt),
    updated_at: toIso(maintenance.updatedAt),
    resolved_at: isoOrNull(maintenance.completedAt ?? maintenance.cancelledAt),
    metadata: maintenance.metadata,
    shortlink: `${url}/maintenance/${maintenance.id}`,
    scheduled_for: toIso(maintenance.scheduledFor),
    scheduled_until: toIso(maintenance.scheduledUntil),
    scheduled_auto_in_progress: maintenance.autoInProgress,
    scheduled_auto_completed: maintenance.autoCompleted,
    scheduled_remind_prior: true,
    scheduled_reminded_at: isoOrNull(maintenance.remindedAt),
    auto_transition_to_maintenance_state: true,
    auto_transition_to_operational_state: true,
    auto_transition_deliver_notifications_at_start: true,
    auto_transition_deliver_notifications_at_end: true,
  })
}

function givenStatuses(updates: StatusUpdate[]): ComponentStatus[] {
  return updates.flatMap(({ components }) => components.map(({ newStatus }) => newStatus))
}

function touchedIds(updates: StatusUpdate[], planned: object = {}): Set<string> {
  const touched = updates.flatMap(({ components }) => components.map(({ componentId }) => componentId))
  return new Set([...touched, ...Object.keys(planned)])
}
