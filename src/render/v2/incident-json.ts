import type { IncidentStatus } from '../../domain/incidents/incident.ts'
import type {
  DocumentPage,
  IncidentDetail,
  IncidentsDocument,
} from '../../domain/status-page/document-views.ts'
import type { IncidentView } from '../../domain/status-page/views.ts'
import { toIso } from '../../lib/instant.ts'
import { postmortemPlace } from '../postmortem-place.ts'
import { type ComponentJson, componentJson } from './component-json.ts'
import { type ImpactWord, incidentImpactWord } from './impact-word.ts'
import { type IncidentSlaJson, incidentSlaJson } from './incident-sla-json.ts'
import { type PageJson, pageJson } from './page-json.ts'
import {
  firstShownAt,
  givenStatuses,
  isoOrNull,
  postmortemJson,
  type UpdateJson,
  updateJson,
} from './update-json.ts'

/** An incident in the public JSON. The order of the keys is that of the dialect; `sla` is ours and comes last. */
export interface IncidentJson {
  id: string
  name: string
  status: IncidentStatus | 'postmortem'
  created_at: string
  updated_at: string
  /** The time shown at its first monitoring update. */
  monitoring_at: string | null
  resolved_at: string | null
  impact: ImpactWord
  shortlink: string
  started_at: string
  page_id: string
  /** Newest first. */
  incident_updates: UpdateJson[]
  /** As they are now. */
  components: ComponentJson[]
  /** How often staff are reminded of an open incident: they are not. */
  reminder_intervals: null
  sla: IncidentSlaJson
}

/** `incidents.json` and `incidents/unresolved.json`. */
export function incidentsJson({ page, incidents }: IncidentsDocument): {
  page: PageJson
  incidents: IncidentJson[]
} {
  return { page: pageJson(page), incidents: incidents.map((incident) => incidentJson(incident, page)) }
}

export function incidentJson({ view, components }: IncidentDetail, page: DocumentPage): IncidentJson {
  const { incident } = view
  return {
    id: incident.id,
    name: incident.name,
    status: incident.status === 'resolved' && incident.postmortem !== null ? 'postmortem' : incident.status,
    created_at: toIso(incident.createdAt),
    updated_at: toIso(incident.updatedAt),
    monitoring_at: firstShownAt(view.updates, 'monitoring'),
    resolved_at: isoOrNull(incident.resolvedAt),
    impact: incidentImpactWord(incident.impactOverride, givenStatuses(view.updates)),
    shortlink: `${page.url}/incidents/${incident.id}`,
    started_at: toIso(incident.startedAt),
    page_id: page.id,
    incident_updates: incidentUpdates(view),
    components: components.map((component) => componentJson(component, page)),
    reminder_intervals: null,
    sla: incidentSlaJson(view.defects, page.url),
  }
}

/** Newest first; the postmortem stands where its publication puts it. */
export function incidentUpdates({ incident, updates }: IncidentView): UpdateJson[] {
  const jsons = updates.map((update) => updateJson(update, incident.id))
  if (incident.postmortem === null) return jsons
  const place = postmortemPlace(updates, incident.postmortem.publishedAt)
  return jsons.toSpliced(place, 0, postmortemJson(incident.postmortem, incident.id))
}
