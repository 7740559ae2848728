import type { MaintenanceStatus } from '../../domain/maintenance/maintenance.ts'
import type {
  DocumentPage,
  MaintenanceDetail,
  MaintenancesDocument,
} from '../../domain/status-page/document-views.ts'
import { toIso } from '../../lib/instant.ts'
import { type ComponentJson, componentJson } from './component-json.ts'
import { type ImpactWord, maintenanceImpactWord } from './impact-word.ts'
import { type PageJson, pageJson } from './page-json.ts'
import { firstShownAt, givenStatuses, isoOrNull, type UpdateJson, updateJson } from './update-json.ts'

/** A maintenance in the public JSON: much like an incident. The order of the keys is that of the dialect. */
export interface MaintenanceJson {
  id: string
  name: string
  status: MaintenanceStatus
  created_at: string
  updated_at: string
  /** The time shown at its first verifying update. */
  monitoring_at: string | null
  resolved_at: string | null
  impact: ImpactWord
  shortlink: string
  /** When it is, or was, planned to begin. */
  started_at: string
  page_id: string
  /** Newest first. */
  incident_updates: UpdateJson[]
  /** As they are now. */
  components: ComponentJson[]
  scheduled_for: string
  scheduled_until: string
}

/** `scheduled-maintenances.json`, `…/upcoming.json` and `…/active.json`. */
export function maintenancesJson({ page, maintenances }: MaintenancesDocument): {
  page: PageJson
  scheduled_maintenances: MaintenanceJson[]
} {
  return {
    page: pageJson(page),
    scheduled_maintenances: maintenances.map((maintenance) => maintenanceJson(maintenance, page)),
  }
}

export function maintenanceJson(
  { view: { maintenance, updates }, components }: MaintenanceDetail,
  page: DocumentPage,
): MaintenanceJson {
  return {
    id: maintenance.id,
    name: maintenance.name,
    status: maintenance.status,
    created_at: toIso(maintenance.createdAt),
    updated_at: toIso(maintenance.updatedAt),
    monitoring_at: firstShownAt(updates, 'verifying'),
    resolved_at: isoOrNull(maintenance.completedAt),
    impact: maintenanceImpactWord(givenStatuses(updates)),
    shortlink: `${page.url}/maintenance/${maintenance.id}`,
    started_at: toIso(maintenance.scheduledFor),
    page_id: page.id,
    incident_updates: updates.map((update) => updateJson(update, maintenance.id)),
    components: components.map((component) => componentJson(component, page)),
    scheduled_for: toIso(maintenance.scheduledFor),
    scheduled_until: toIso(maintenance.scheduledUntil),
  }
}
