import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import type { CalendarView } from './feed-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'

/** Calendars keep what they have read, so that only the latest windows need to be in it. */
const WINDOWS_SHOWN = 200

export async function readCalendar(reader: Reader, viewpoint: Viewpoint): Promise<CalendarView> {
  return {
    page: await readPageView(reader, viewpoint),
    maintenances: await readMaintenanceViews(
      reader,
      await listMaintenances(reader, { limit: WINDOWS_SHOWN }),
    ),
  }
}
