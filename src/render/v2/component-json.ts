import type { ComponentStatus } from '../../domain/components/component-status.ts'
import type { ComponentState, DocumentPage } from '../../domain/status-page/document-views.ts'
import { toIso } from '../../lib/instant.ts'

/** A component, whole, wherever a document names one. The order of the keys is that of the dialect. */
export interface ComponentJson {
  id: string
  name: string
  status: ComponentStatus
  created_at: string
  updated_at: string
  /** From 1. */
  position: number
  description: string | null
  showcase: boolean
  /** `YYYY-MM-DD` */
  start_date: string | null
  group_id: string | null
  page_id: string
  group: boolean
  only_show_if_degraded: boolean
}

export function componentJson({ component, status }: ComponentState, page: DocumentPage): ComponentJson {
  return {
    id: component.id,
    name: component.name,
    status,
    created_at: toIso(component.createdAt),
    updated_at: toIso(component.updatedAt),
    position: component.position,
    description: component.description,
    showcase: component.showcase,
    start_date: component.startOn,
    group_id: component.groupId,
    page_id: page.id,
    group: false,
    only_show_if_degraded: component.onlyShowIfDegraded,
  }
}
