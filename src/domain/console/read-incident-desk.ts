import type { ComponentStatus } from '../components/component-status.ts'
import type { Defect } from '../defects/defect.ts'
import { readVersions } from '../events/newest-event.ts'
import { readIncidentPage } from '../status-page/read-incident-page.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { ComponentBrief, ComponentSection, IncidentView, PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { readComponentGrid } from './component-grid.ts'
import { listLinkableDefects } from './linkable-defects.ts'

/** An incident as those who work on it need it. */
export interface IncidentDesk {
  page: PageView
  view: IncidentView
  /** What a change to it is decided upon. */
  version: number
  grid: ComponentSection<ComponentBrief>[]
  /** How it affects components at present. */
  affected: ReadonlyMap<string, ComponentStatus>
  /** Some that it could be linked to: those that were asked for, or the latest. */
  linkable: Defect[]
}

/**
 * Undefined when there is no incident of that id.
 * @param asked a part of the key or title of a defect that it is to be linked to
 */
export async function readIncidentDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
  asked = '',
): Promise<IncidentDesk | undefined> {
  const found = await readIncidentPage(reader, id, viewpoint)
  if (found === undefined) return undefined
  const { components } = found.view
  return {
    ...found,
    version: (await readVersions(reader, [id])).get(id) ?? 0,
    grid: await readComponentGrid(reader, viewpoint),
    affected: new Map(
      components.filter(({ status }) => status !== 'operational').map(({ id, status }) => [id, status]),
    ),
    linkable: await listLinkableDefects(reader, id, asked),
  }
}
