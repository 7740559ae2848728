import { findMaintenance, listMaintenances } from '../maintenance/list-maintenances.ts'
import { MAINTENANCE_COURSE, type Maintenance, type MaintenanceStatus } from '../maintenance/maintenance.ts'
import type { Reader } from '../tx.ts'
import { readComponentStates } from './component-states.ts'
import { readDocumentPage } from './document-page.ts'
import type { MaintenanceDetail, MaintenanceDocument, MaintenancesDocument } from './document-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import type { Viewpoint } from './viewpoint.ts'

/** As many as tools that read such documents know. */
const MAINTENANCES_LISTED = 50

/** Programs know no cancelled maintenance; whoever has seen it announced learns that it is not planned any more. */
export const LISTED: MaintenanceStatus[] = [...MAINTENANCE_COURSE]
const UPCOMING: MaintenanceStatus[] = ['scheduled']
const ACTIVE: MaintenanceStatus[] = ['in_progress', 'verifying']

/** The maintenances planned last, the latest first, or all that are to come or running, the earliest first. */
export async function readMaintenancesDocument(
  reader: Reader,
  which: 'newest' | 'upcoming' | 'active',
  viewpoint: Viewpoint,
): Promise<MaintenancesDocument> {
  return {
    page: await readDocumentPage(reader, viewpoint),
    maintenances: await readMaintenanceDetails(reader, await listWhich(reader, which), viewpoint),
  }
}

async function listWhich(reader: Reader, which: 'newest' | 'upcoming' | 'active'): Promise<Maintenance[]> {
  if (which === 'newest') return listMaintenances(reader, { statuses: LISTED, limit: MAINTENANCES_LISTED })
  const statuses = which === 'upcoming' ? UPCOMING : ACTIVE
  return (await listMaintenances(reader, { statuses })).reverse()
}

/** What runs and what is still to come, the earliest first. */
export async function listUnfinishedMaintenances(reader: Reader): Promise<Maintenance[]> {
  return (await listMaintenances(reader, { statuses: [...ACTIVE, ...UPCOMING] })).reverse()
}

/** One maintenance; undefined when there is none of that id that programs have a word for. */
export async function readMaintenanceDocument(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<MaintenanceDocument | undefined> {
  const found = await findMaintenance(reader, id)
  if (!found || !LISTED.includes(found.status)) return undefined
  const [maintenance] = await readMaintenanceDetails(reader, [found], viewpoint)
  return maintenance && { page: await readDocumentPage(reader, viewpoint), maintenance }
}

/** Maintenances with everything that a document tells of them, in the order given. */
export async function readMaintenanceDetails(
  reader: Reader,
  maintenances: Maintenance[],
  viewpoint: Viewpoint,
): Promise<MaintenanceDetail[]> {
  const views = await readMaintenanceViews(reader, maintenances)
  const ids = new Set(views.flatMap(({ components }) => components.map(({ id }) => id)))
  const states = await readComponentStates(reader, viewpoint, { ids: [...ids] })
  return views.map((view) => {
    const workedOn = new Set(view.components.map(({ id }) => id))
    return { view, components: states.filter(({ component }) => workedOn.has(component.id)) }
  })
}
