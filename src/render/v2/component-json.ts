import type { ComponentStatus } from '../../domain/components/component-status.ts'
import type { ComponentState } from '../../domain/status-page/component-states.ts'
import type {
  ComponentDocument,
  ComponentLine,
  ComponentsDocument,
  DocumentPage,
} from '../../domain/status-page/document-views.ts'
import { toIso } from '../../lib/instant.ts'
import { type PageJson, pageJson } from './page-json.ts'

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
  /** On a group alone: the ids of its members. */
  components?: string[]
}

/** `components.json` */
export function componentsJson({ page, components }: ComponentsDocument): {
  page: PageJson
  components: ComponentJson[]
} {
  return { page: pageJson(page), components: components.map((line) => lineJson(line, page)) }
}

/** `components/:id.json` */
export function singleComponentJson({ page, component }: ComponentDocument): {
  page: PageJson
  component: ComponentJson
} {
  return { page: pageJson(page), component: lineJson(component, page) }
}

/** A line of the list of components; a group has the keys of a component, and its members last. */
export function lineJson(line: ComponentLine, page: DocumentPage): ComponentJson {
  if (line.kind === 'component') return componentJson(line.state, page)
  const { group, status, memberIds } = line
  return {
    id: group.id,
    name: group.name,
    status,
    created_at: toIso(group.createdAt),
    updated_at: toIso(group.updatedAt),
    position: group.position,
    description: group.description,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: page.id,
    group: true,
    only_show_if_degraded: false,
    components: memberIds,
  }
}

export function componentJson(
  { component, status }: ComponentState,
  page: Pick<DocumentPage, 'id'>,
): ComponentJson {
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
