import { findMaintenance } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { MaintenanceView, PageView } from './views.ts'

/** One maintenance with its page; undefined when there is none of that id. */
export async function readMaintenancePage(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<{ page: PageView; view: MaintenanceView } | undefined> {
  const maintenance = await findMaintenance(reader, id)
  if (!maintenance) return undefined
  const [view] = await readMaintenanceViews(reader, [maintenance])
  return view && { page: await readPageView(reader, viewpoint), view }
}
