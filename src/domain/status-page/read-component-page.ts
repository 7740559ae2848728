import { localDateOf, monthOf } from '../../lib/dates.ts'
import { findComponentGroup } from '../components/component-groups.ts'
import { findComponent } from '../components/components.ts'
import { readComponentStatuses } from '../components/impacts.ts'
import { listIncidents } from '../incidents/list-incidents.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import { readComponentViews } from './component-views.ts'
import { readIncidentViews } from './incident-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import { readUptimeMonths } from './uptime-months.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { ComponentPageView } from './views.ts'

const INCIDENTS_SHOWN = 20

/** One component with twelve months and its latest incidents; undefined when there is none of that id. */
export async function readComponentPage(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<ComponentPageView | undefined> {
  const component = await findComponent(reader, id)
  if (!component) return undefined
  const page = await readPageView(reader, viewpoint)
  const moment = { zone: page.timeZone, now: viewpoint.now }
  const status = (await readComponentStatuses(reader, viewpoint.now)).get(id) ?? 'operational'
  const [view] = await readComponentViews(reader, [{ component, status }], moment)
  if (view === undefined) throw new Error(`Component ${id} was not read.`)
  const group = component.groupId === null ? null : await findComponentGroup(reader, component.groupId)
  const incidents = await listIncidents(reader, { componentId: id, limit: INCIDENTS_SHOWN })
  const maintenances = await listMaintenances(reader, { componentId: id, limit: INCIDENTS_SHOWN })
  return {
    page,
    component: view,
    section: group ? { id: group.id, name: group.name } : null,
    archived: component.archivedAt !== null,
    months: await readUptimeMonths(
      reader,
      component,
      { newest: monthOf(localDateOf(moment.now, moment.zone)), count: 12 },
      moment,
    ),
    incidents: await readIncidentViews(reader, incidents, viewpoint),
    maintenances: await readMaintenanceViews(reader, maintenances),
  }
}
