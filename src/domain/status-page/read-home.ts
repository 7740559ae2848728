import { addDays, localDateOf, startOfDate } from '../../lib/dates.ts'
import { listComponents } from '../components/components.ts'
import { firstIncidentAt, listIncidents, listOpenIncidents } from '../incidents/list-incidents.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import { headlineOf } from './headline.ts'
import { readHomeComponents } from './home-components.ts'
import { readIncidentViews } from './incident-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { HomeView } from './views.ts'

/** How many days the home page looks back. */
const LOG_DAYS = 7

export async function readHome(reader: Reader, viewpoint: Viewpoint): Promise<HomeView> {
  const page = await readPageView(reader, viewpoint)
  const { timeZone: zone } = page
  const components = await listComponents(reader)
  const shown = await readHomeComponents(reader, components, { zone, now: viewpoint.now })
  const openIncidents = await readIncidentViews(reader, await listOpenIncidents(reader), viewpoint)
  const running = await readMaintenanceViews(
    reader,
    await listMaintenances(reader, { statuses: ['in_progress', 'verifying'] }),
  )
  const scheduled = await listMaintenances(reader, { statuses: ['scheduled'] })
  const days = await readDays(reader, zone, viewpoint)
  return {
    page,
    headline: headlineOf(shown.sections, openIncidents, running, components.length > 0),
    openIncidents,
    components: shown,
    maintenance: { running, upcoming: await readMaintenanceViews(reader, scheduled.reverse()) },
    days,
    hasComponents: components.length > 0,
    hasHistory:
      (await firstIncidentAt(reader)) !== undefined || days.some((day) => day.maintenances.length > 0),
  }
}

/** The last days, newest first: what began on them and is over, or open since then. */
async function readDays(reader: Reader, zone: string, viewpoint: Viewpoint): Promise<HomeView['days']> {
  const last = localDateOf(viewpoint.now, zone)
  const dates = Array.from({ length: LOG_DAYS }, (_, index) => addDays(last, -index))
  const range = {
    from: startOfDate(addDays(last, 1 - LOG_DAYS), zone),
    until: startOfDate(addDays(last, 1), zone),
  }
  const incidents = await readIncidentViews(reader, await listIncidents(reader, range), viewpoint)
  const over = await listMaintenances(reader, { ...range, statuses: ['completed', 'cancelled'] })
  const maintenances = await readMaintenanceViews(reader, over)
  return dates.map((date) => ({
    date,
    incidents: incidents.filter((view) => localDateOf(view.incident.startedAt, zone) === date),
    maintenances: maintenances.filter((view) => localDateOf(view.maintenance.scheduledFor, zone) === date),
  }))
}
