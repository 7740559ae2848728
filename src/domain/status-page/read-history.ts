import { addDays, addMonths, datesOfMonth, localDateOf, monthOf, startOfDate } from '../../lib/dates.ts'
import { findComponent, listComponents } from '../components/components.ts'
import { firstIncidentAt, listIncidents } from '../incidents/list-incidents.ts'
import { firstMaintenanceAt, listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import { readIncidentViews } from './incident-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { HistoryView } from './views.ts'

export const MONTHS_PER_PAGE = 3

/** Three months of the past, page 1 being the newest; undefined for an unknown component or a page beyond the first month. */
export async function readHistory(
  reader: Reader,
  asked: { number: number; componentId: string | null },
  viewpoint: Viewpoint,
): Promise<HistoryView | undefined> {
  const page = await readPageView(reader, viewpoint)
  const { timeZone: zone } = page
  const component = asked.componentId === null ? null : await findComponent(reader, asked.componentId)
  if (component === undefined) return undefined
  const newest = addMonths(monthOf(localDateOf(viewpoint.now, zone)), -(asked.number - 1) * MONTHS_PER_PAGE)
  const oldest = addMonths(newest, 1 - MONTHS_PER_PAGE)
  const begins = Math.min(
    (await firstIncidentAt(reader)) ?? viewpoint.now,
    (await firstMaintenanceAt(reader)) ?? viewpoint.now,
  )
  const firstMonth = monthOf(localDateOf(begins, zone))
  if (asked.number > 1 && newest < firstMonth) return undefined

  const range = {
    from: startOfDate(datesOfMonth(oldest).first, zone),
    until: startOfDate(addDays(datesOfMonth(newest).last, 1), zone),
    ...(component !== null && { componentId: component.id }),
  }
  const incidents = await readIncidentViews(reader, await listIncidents(reader, range), viewpoint)
  const past = await listMaintenances(reader, {
    ...range,
    statuses: ['in_progress', 'verifying', 'completed', 'cancelled'],
  })
  const maintenances = await readMaintenanceViews(reader, past)
  const months = Array.from({ length: MONTHS_PER_PAGE }, (_, index) => addMonths(newest, -index))
  return {
    page,
    number: asked.number,
    isLast: oldest <= firstMonth,
    components: (await listComponents(reader)).map(({ id, name }) => ({ id, name })),
    component: component && { id: component.id, name: component.name },
    months: months
      .filter((month) => month >= firstMonth)
      .map((month) => ({
        month,
        incidents: incidents.filter((view) => monthOf(localDateOf(view.incident.startedAt, zone)) === month),
        maintenances: maintenances.filter(
          (view) => monthOf(localDateOf(view.maintenance.scheduledFor, zone)) === month,
        ),
      })),
  }
}
