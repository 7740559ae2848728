import type {
  DocumentPage,
  StatusDocument,
  SummaryDocument,
} from '../../domain/status-page/document-views.ts'
import type { Indicator, RollUp } from '../../domain/status-page/roll-up.ts'
import { type ComponentJson, lineJson } from './component-json.ts'
import { type IncidentJson, incidentJson } from './incident-json.ts'
import { type MaintenanceJson, maintenanceJson } from './maintenance-json.ts'
import { type PageJson, pageJson } from './page-json.ts'

export interface StatusJson {
  indicator: Indicator
  description: string
}

/** `status.json` */
export function statusDocumentJson({ page, status }: StatusDocument): { page: PageJson; status: StatusJson } {
  return { page: pageJson(page), status: statusJson(status) }
}

/** `summary.json`. The order of the keys is that of the dialect. */
export interface SummaryJson {
  page: PageJson
  components: ComponentJson[]
  /** Those that are unresolved. */
  incidents: IncidentJson[]
  /** Those that are to come or running. */
  scheduled_maintenances: MaintenanceJson[]
  status: StatusJson
}

export function summaryJson(summary: SummaryDocument): SummaryJson {
  const { page } = summary
  const each = <Item, Json>(items: Item[], json: (item: Item, page: DocumentPage) => Json) =>
    items.map((item) => json(item, page))
  return {
    page: pageJson(page),
    components: each(summary.components, lineJson),
    incidents: each(summary.incidents, incidentJson),
    scheduled_maintenances: each(summary.maintenances, maintenanceJson),
    status: statusJson(summary.status),
  }
}

function statusJson({ indicator, description }: RollUp): StatusJson {
  return { indicator, description }
}
