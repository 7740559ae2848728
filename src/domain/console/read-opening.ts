import { type IncidentTemplate, listIncidentTemplates } from '../incidents/templates.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { ComponentBrief, ComponentSection, PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { readComponentGrid } from './component-grid.ts'

/** What an incident is opened with. */
export interface OpeningDesk {
  page: PageView
  grid: ComponentSection<ComponentBrief>[]
  /** The first made first. */
  templates: IncidentTemplate[]
}

export async function readOpeningDesk(reader: Reader, viewpoint: Viewpoint): Promise<OpeningDesk> {
  return {
    page: await readPageView(reader, viewpoint),
    grid: await readComponentGrid(reader, viewpoint),
    templates: await listIncidentTemplates(reader),
  }
}
