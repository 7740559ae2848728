import type { ComponentStatus } from '../components/component-status.ts'
import { readVersions } from '../events/newest-event.ts'
import { listMaintenanceComponents } from '../maintenance/list-maintenances.ts'
import { readMaintenancePage } from '../status-page/read-maintenance-page.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { ComponentBrief, ComponentSection, MaintenanceView, PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { readComponentGrid } from './component-grid.ts'

/** A maintenance as those who work on it need it. */
export interface MaintenanceDesk {
  page: PageView
  view: MaintenanceView
  /** What a change to it is decided upon. */
  version: number
  grid: ComponentSection<ComponentBrief>[]
  /** How each component is while it runs. */
  planned: ReadonlyMap<string, ComponentStatus>
}

/** Undefined when there is no maintenance of that id. */
export async function readMaintenanceDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<MaintenanceDesk | undefined> {
  const found = await readMaintenancePage(reader, id, viewpoint)
  if (found === undefined) return undefined
  return {
    ...found,
    version: (await readVersions(reader, [id])).get(id) ?? 0,
    grid: await readComponentGrid(reader, viewpoint),
    planned: new Map(Object.entries((await listMaintenanceComponents(reader, [id])).get(id) ?? {})),
  }
}
