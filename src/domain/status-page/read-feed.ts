import { findComponent } from '../components/components.ts'
import type { Incident } from '../incidents/incident.ts'
import { listIncidents } from '../incidents/list-incidents.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Maintenance } from '../maintenance/maintenance.ts'
import { getPage } from '../page.ts'
import type { Reader } from '../tx.ts'
import type { FeedView } from './feed-views.ts'
import { readIncidentViews } from './incident-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'

const ITEMS_SHOWN = 50

/** The latest incidents and maintenances of the page, or of one component; undefined when there is none of that id. */
export async function readFeed(
  reader: Reader,
  { componentId }: { componentId?: string },
  viewpoint: Viewpoint,
): Promise<FeedView | undefined> {
  const component = componentId === undefined ? null : await findComponent(reader, componentId)
  if (component === undefined) return undefined
  const { incidents, maintenances } = await listFeedSubjects(reader, { componentId })
  const changes = [...incidents, ...maintenances].map(({ updatedAt }) => updatedAt)
  return {
    page: await readPageView(reader, viewpoint),
    component: component && { id: component.id, name: component.name },
    incidents: await readIncidentViews(reader, incidents, viewpoint),
    maintenances: await readMaintenanceViews(reader, maintenances),
    updatedAt: changes.length > 0 ? Math.max(...changes) : (await getPage(reader)).updatedAt,
  }
}

/** What a feed has items about, the latest first. */
export async function listFeedSubjects(
  reader: Reader,
  { componentId }: { componentId?: string | undefined },
): Promise<{ incidents: Incident[]; maintenances: Maintenance[] }> {
  const chosen = { limit: ITEMS_SHOWN, ...(componentId !== undefined && { componentId }) }
  return {
    incidents: await listIncidents(reader, chosen),
    maintenances: await listMaintenances(reader, chosen),
  }
}
