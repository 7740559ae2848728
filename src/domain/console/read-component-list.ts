import type { Component, ComponentId } from '../components/component.ts'
import {
  type ComponentGroup,
  type ComponentGroupId,
  findComponentGroup,
  listComponentGroups,
} from '../components/component-groups.ts'
import { findComponent, listComponents } from '../components/components.ts'
import { readVersions } from '../events/newest-event.ts'
import { inSections, type Section } from '../status-page/component-sections.ts'
import { readComponentStates } from '../status-page/component-states.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'

/** What the page is made of, and what was taken off it. */
export interface ComponentListView {
  page: PageView
  /** In the order of the page; groups without components as well. */
  sections: Section[]
  /** By name. */
  archived: Component[]
}

export async function readComponentList(reader: Reader, viewpoint: Viewpoint): Promise<ComponentListView> {
  const all = await listComponents(reader, { archived: true })
  return {
    page: await readPageView(reader, viewpoint),
    sections: inSections(await listComponentGroups(reader), await readComponentStates(reader, viewpoint)),
    archived: all
      .filter(({ archivedAt }) => archivedAt !== null)
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
  }
}

/** A component with what a form about it offers; undefined when there is none of that id. */
export async function readComponentDesk(reader: Reader, id: ComponentId, viewpoint: Viewpoint) {
  const component = await findComponent(reader, id)
  if (component === undefined) return undefined
  return {
    page: await readPageView(reader, viewpoint),
    component,
    groups: await listComponentGroups(reader),
    version: (await readVersions(reader, [id])).get(id) ?? 0,
  }
}

/** A group with its components; undefined when there is none of that id. */
export async function readGroupDesk(
  reader: Reader,
  id: ComponentGroupId,
  viewpoint: Viewpoint,
): Promise<{ page: PageView; group: ComponentGroup; components: Component[]; version: number } | undefined> {
  const group = await findComponentGroup(reader, id)
  if (group === undefined) return undefined
  const components = await listComponents(reader)
  return {
    page: await readPageView(reader, viewpoint),
    group,
    components: components.filter(({ groupId }) => groupId === id),
    version: (await readVersions(reader, [id])).get(id) ?? 0,
  }
}
