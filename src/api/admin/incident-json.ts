import { z } from '@hono/zod-openapi'
import type { Component } from '../../domain/components/component.ts'
import { COMPONENT_STATUSES, type ComponentStatus } from '../../domain/components/component-status.ts'
import { listComponents } from '../../domain/components/components.ts'
import { readComponentStatuses } from '../../domain/components/impacts.ts'
import { listLinkedDefects } from '../../domain/defects/links.ts'
import { readVersions } from '../../domain/events/newest-event.ts'
import {
  INCIDENT_IMPACTS,
  INCIDENT_STATUSES,
  type Incident,
  incidentImpact,
} from '../../domain/incidents/incident.ts'
import type { Reader } from '../../domain/tx.ts'
import { listUpdates } from '../../domain/updates/list-updates.ts'
import type { StatusUpdate } from '../../domain/updates/status-update.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut, isoOrNull } from '../input.ts'
import { DefectJson, DefectSlaJson, defectSla, readDefectJsons } from './defect-json.ts'
import { UpdateJson, updateJsons, Version } from './update-json.ts'
import type { View } from './view.ts'

export const IncidentJson = z
  .object({
    id: z.string(),
    version: Version,
    name: z.string(),
    status: z.enum(INCIDENT_STATUSES),
    impact: z.enum(INCIDENT_IMPACTS),
    impact_override: z.enum(INCIDENT_IMPACTS).nullable(),
    started_at: InstantOut,
    resolved_at: InstantOut.nullable(),
    created_at: InstantOut,
    updated_at: InstantOut,
    backfilled: z.boolean(),
    metadata: z.record(z.string(), z.unknown()),
    components: z
      .array(z.object({ id: z.string(), name: z.string(), status: z.enum(COMPONENT_STATUSES) }))
      .openapi({ description: 'Every component it has touched, as it is now.' }),
    incident_updates: z.array(UpdateJson).openapi({ description: 'Newest first.' }),
    postmortem: z.object({ body: z.string(), published_at: InstantOut }).nullable(),
    defects: z.array(DefectJson),
    sla: z
      .object({ defects: z.array(DefectSlaJson) })
      .openapi({ description: 'As in the public documents, with the defects that are not public as well.' }),
    url: z.string(),
  })
  .openapi('Incident')

/** Incidents with all that belongs to them, in the order given. */
export async function readIncidentJsons(
  reader: Reader,
  incidents: Incident[],
  { now, url }: View,
): Promise<z.input<typeof IncidentJson>[]> {
  const ids = incidents.map(({ id }) => id)
  const updates = await listUpdates(reader, { incidentIds: ids })
  const linked = await listLinkedDefects(reader, ids)
  const defects = new Map([...linked.values()].flat().map((defect) => [defect.id, defect]))
  const defectJsons = await readDefectJsons(reader, [...defects.values()], { now, url })
  const touched = new Set([...updates.values()].flat().flatMap(componentIdsOf))
  const components = await listComponents(reader, { ids: [...touched], archived: true })
  const statuses = await readComponentStatuses(reader, now)
  const versions = await readVersions(reader, ids)
  return incidents.map((incident) => {
    const said = updates.get(incident.id) ?? []
    const defectIds = (linked.get(incident.id) ?? []).map(({ id }) => id)
    const own = defectIds.flatMap((id) => defectJsons.filter((defect) => defect.id === id))
    return {
      ...incidentJson(incident, said, url),
      version: versions.get(incident.id) ?? 0,
      components: touchedComponents(said, components, statuses),
      defects: own,
      sla: { defects: own.map(defectSla) },
    }
  })
}

function incidentJson(incident: Incident, updates: StatusUpdate[], url: string) {
  const { postmortem } = incident
  return {
    id: incident.id,
    name: incident.name,
    status: incident.status,
    impact: incidentImpact(incident.impactOverride, updates),
    impact_override: incident.impactOverride,
    started_at: toIso(incident.startedAt),
    resolved_at: isoOrNull(incident.resolvedAt),
    created_at: toIso(incident.createdAt),
    updated_at: toIso(incident.updatedAt),
    backfilled: incident.backfilled,
    metadata: incident.metadata,
    incident_updates: updateJsons(updates),
    postmortem: postmortem && { body: postmortem.body, published_at: toIso(postmortem.publishedAt) },
    url: `${url}/incidents/${incident.id}`,
  }
}

/** In the order of the page. */
function touchedComponents(
  updates: StatusUpdate[],
  components: Component[],
  statuses: Map<string, ComponentStatus>,
) {
  const touched = new Set(updates.flatMap(componentIdsOf))
  return components
    .filter(({ id }) => touched.has(id))
    .map(({ id, name }) => ({ id, name, status: statuses.get(id) ?? ('operational' as const) }))
}

function componentIdsOf({ components }: StatusUpdate): string[] {
  return components.map(({ componentId }) => componentId)
}
