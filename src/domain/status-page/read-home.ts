import { addDays, localDateOf, startOfDate } from '../../lib/dates.ts'
import { firstIncidentAt } from '../incidents/list-incidents.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import { countOf, inParts, readBegun, readBegunViews } from './begun.ts'
import { readHomeComponents } from './home-components.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import { readPresent } from './read-headline.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { HomeDay, HomeView } from './views.ts'

/** How many days the home page looks back. */
const LOG_DAYS = 7
/** So many incidents, and so many maintenances, of one day; the history has the others. */
const MOST_A_DAY = 10

export async function readHome(reader: Reader, viewpoint: Viewpoint): Promise<HomeView> {
  const page = await readPageView(reader, viewpoint)
  const { timeZone: zone } = page
  const { headline, states, openIncidents, running } = await readPresent(reader, viewpoint)
  const shown = await readHomeComponents(reader, states, { zone, now: viewpoint.now })
  const scheduled = await listMaintenances(reader, { statuses: ['scheduled'] })
  const days = await readDays(reader, zone, viewpoint)
  return {
    page,
    headline,
    openIncidents,
    components: shown,
    maintenance: { running, upcoming: await readMaintenanceViews(reader, scheduled.reverse()) },
    days,
    hasComponents: states.length > 0,
    hasHistory:
      (await firstIncidentAt(reader)) !== undefined || days.some((day) => day.maintenances.length > 0),
  }
}

/** The last days, newest first: what began on them and is over, or open since then. */
async function readDays(reader: Reader, zone: string, viewpoint: Viewpoint): Promise<HomeDay[]> {
  const last = localDateOf(viewpoint.now, zone)
  const begun = await readBegun(reader, {
    from: startOfDate(addDays(last, 1 - LOG_DAYS), zone),
    until: startOfDate(addDays(last, 1), zone),
    statuses: ['completed', 'cancelled'],
  })
  const onDay = inParts(begun, (at) => localDateOf(at, zone))
  const days = Array.from({ length: LOG_DAYS }, (_, index) => {
    const date = addDays(last, -index)
    const all = onDay(date)
    const latest = {
      incidents: all.incidents.slice(0, MOST_A_DAY),
      maintenances: all.maintenances.slice(0, MOST_A_DAY),
    }
    return { date, ...latest, others: countOf(all) - countOf(latest) }
  })
  return readBegunViews(reader, days, viewpoint)
}
