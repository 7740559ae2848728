import { findMaintenance, listMaintenances } from '../maintenance/list-maintenances.ts'
import { readMaintenanceViews } from '../status-page/maintenance-views.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { MaintenanceView, PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'

const ON_A_PAGE = 50

export interface MaintenanceList {
  page: PageView
  running: MaintenanceView[]
  /** The next to begin first. */
  upcoming: MaintenanceView[]
  /** Completed and cancelled, the latest first. */
  past: MaintenanceView[]
  /** The last of the past that is shown, where there are more. */
  next: string | null
}

/** What runs and what comes, all of it, and a page of the past, below the one of an id where it is given. */
export async function readMaintenanceList(
  reader: Reader,
  viewpoint: Viewpoint,
  belowId?: string,
): Promise<MaintenanceList> {
  const below = belowId === undefined ? undefined : await findMaintenance(reader, belowId)
  const running = await listMaintenances(reader, { statuses: ['in_progress', 'verifying'] })
  const scheduled = await listMaintenances(reader, { statuses: ['scheduled'] })
  const over = await listMaintenances(reader, {
    statuses: ['completed', 'cancelled'],
    limit: ON_A_PAGE + 1,
    ...(below && { below }),
  })
  const past = over.slice(0, ON_A_PAGE)
  return {
    page: await readPageView(reader, viewpoint),
    running: await readMaintenanceViews(reader, running),
    upcoming: await readMaintenanceViews(reader, scheduled.reverse()),
    past: await readMaintenanceViews(reader, past),
    next: over.length > ON_A_PAGE ? (past.at(-1)?.id ?? null) : null,
  }
}
