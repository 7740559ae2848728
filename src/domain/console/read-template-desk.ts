import { readVersions } from '../events/newest-event.ts'
import { findIncidentTemplate, type IncidentTemplate } from '../incidents/templates.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { ComponentBrief, ComponentSection, PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { readComponentGrid } from './component-grid.ts'

/** A template as those who edit it need it. */
export interface TemplateDesk {
  page: PageView
  template: IncidentTemplate
  /** What a change to it is decided upon. */
  version: number
  grid: ComponentSection<ComponentBrief>[]
}

/** Undefined when there is no template of that id. */
export async function readTemplateDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<TemplateDesk | undefined> {
  const template = await findIncidentTemplate(reader, id)
  if (template === undefined) return undefined
  return {
    page: await readPageView(reader, viewpoint),
    template,
    version: (await readVersions(reader, [id])).get(id) ?? 0,
    grid: await readComponentGrid(reader, viewpoint),
  }
}
