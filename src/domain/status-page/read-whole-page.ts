import { type IncidentCursor, listIncidents } from '../incidents/list-incidents.ts'
import { listMaintenances, type MaintenanceCursor } from '../maintenance/list-maintenances.ts'
import type { Maintenance } from '../maintenance/maintenance.ts'
import type { Reader } from '../tx.ts'
import { readDocumentPage } from './document-page.ts'
import type { ComponentsDocument, DocumentPage, IncidentDetail, MaintenanceDetail } from './document-views.ts'
import { readComponentsDocument } from './read-component-documents.ts'
import { readIncidentDetails } from './read-incident-documents.ts'
import { LISTED, readMaintenanceDetails } from './read-maintenance-documents.ts'
import type { Viewpoint } from './viewpoint.ts'

/** So many at once: a page may have a hundred thousand incidents, and no document holds them all in memory. */
const AT_ONCE = 50

/** Everything that the public documents can tell of a page, its history in parts. */
export interface WholePage extends ComponentsDocument {
  /** The latest to start first. */
  incidents: AsyncIterable<IncidentDetail[]>
  /** The latest to begin first; those that were cancelled have no word in the dialect. */
  maintenances: AsyncIterable<MaintenanceDetail[]>
  count: { incidents: number; maintenances: number; cancelled: number }
}

/**
 * Reads a whole page, for as long as the reader lasts. The page's time is that of the latest change of what is in it, so
 * that two pages with the same content say the same.
 */
export async function readWholePage(reader: Reader, viewpoint: Viewpoint): Promise<WholePage> {
  const { components } = await readComponentsDocument(reader, viewpoint)
  const updatedAt = Math.max(
    ...(await latestChanges(reader)),
    ...components.map((line) => (line.kind === 'group' ? line.group : line.state.component).updatedAt),
  )
  const page: DocumentPage = await readDocumentPage(reader, viewpoint)
  return {
    page: Number.isFinite(updatedAt) ? { ...page, updatedAt } : page,
    components,
    incidents: incidentsOf(reader, viewpoint),
    maintenances: maintenancesOf(reader, viewpoint),
    count: await countHappenings(reader),
  }
}

async function* incidentsOf(reader: Reader, viewpoint: Viewpoint): AsyncIterable<IncidentDetail[]> {
  let below: IncidentCursor | undefined
  do {
    const incidents = await listIncidents(reader, { limit: AT_ONCE, ...(below && { below }) })
    if (incidents.length > 0) yield await readIncidentDetails(reader, incidents, viewpoint)
    below = incidents.length < AT_ONCE ? undefined : incidents.at(-1)
  } while (below !== undefined)
}

async function* maintenancesOf(reader: Reader, viewpoint: Viewpoint): AsyncIterable<MaintenanceDetail[]> {
  let below: MaintenanceCursor | undefined
  do {
    const maintenances: Maintenance[] = await listMaintenances(reader, {
      statuses: LISTED,
      limit: AT_ONCE,
      ...(below && { below }),
    })
    if (maintenances.length > 0) yield await readMaintenanceDetails(reader, maintenances, viewpoint)
    below = maintenances.length < AT_ONCE ? undefined : maintenances.at(-1)
  } while (below !== undefined)
}

async function latestChanges(reader: Reader): Promise<number[]> {
  const { incident } = await reader
    .selectFrom('incident')
    .select((eb) => eb.fn.max('updated_at').as('incident'))
    .executeTakeFirstOrThrow()
  const { maintenance } = await reader
    .selectFrom('maintenance')
    .select((eb) => eb.fn.max('updated_at').as('maintenance'))
    .where('status', 'in', LISTED)
    .executeTakeFirstOrThrow()
  return [incident, maintenance].filter((at) => at !== null)
}

async function countHappenings(reader: Reader): Promise<WholePage['count']> {
  const { incidents } = await reader
    .selectFrom('incident')
    .select((eb) => eb.fn.countAll<number>().as('incidents'))
    .executeTakeFirstOrThrow()
  const rows = await reader
    .selectFrom('maintenance')
    .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute()
  const of = (isCancelled: boolean) =>
    rows
      .filter(({ status }) => (status === 'cancelled') === isCancelled)
      .reduce((sum, { count }) => sum + Number(count), 0)
  return { incidents: Number(incidents), maintenances: of(false), cancelled: of(true) }
}
