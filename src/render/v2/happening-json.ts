import type { IncidentDocument, MaintenanceDocument } from '../../domain/status-page/document-views.ts'
import { type IncidentJson, incidentJson } from './incident-json.ts'
import { type MaintenanceJson, maintenanceJson } from './maintenance-json.ts'
import { type PageJson, pageJson } from './page-json.ts'

/** `/incidents/:id.json`: by its address a maintenance is one of the incidents in the dialect. */
export function happeningJson(
  document: IncidentDocument | MaintenanceDocument,
): IncidentJson | MaintenanceJson {
  return 'incident' in document
    ? incidentJson(document.incident, document.page)
    : maintenanceJson(document.maintenance, document.page)
}

/** `incidents/:id.json` below `/api/v2`. */
export function singleHappeningJson(document: IncidentDocument | MaintenanceDocument): {
  page: PageJson
  incident: IncidentJson | MaintenanceJson
} {
  return { page: pageJson(document.page), incident: happeningJson(document) }
}
