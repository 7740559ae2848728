import { listOpenIncidents } from '../incidents/list-incidents.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import { type ComponentState, readComponentStates } from './component-states.ts'
import { readDocumentPage } from './document-page.ts'
import type { HeadlineDocument } from './document-views.ts'
import { headlineOf } from './headline.ts'
import { readIncidentViews } from './incident-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { Headline, IncidentView, MaintenanceView, PageView } from './views.ts'

/** The headline, for what shows nothing else: a badge, a card, an image. */
export async function readHeadline(
  reader: Reader,
  viewpoint: Viewpoint,
): Promise<{ page: PageView; headline: Headline }> {
  const { headline } = await readPresent(reader, viewpoint)
  return { page: await readPageView(reader, viewpoint), headline }
}

/** The same for programs. */
export async function readHeadlineDocument(reader: Reader, viewpoint: Viewpoint): Promise<HeadlineDocument> {
  const { headline } = await readPresent(reader, viewpoint)
  return { page: await readDocumentPage(reader, viewpoint), headline }
}

/** How the page is now, and what its headline rests on. */
export interface Present {
  headline: Headline
  /** Every component, in the order of the page. */
  states: ComponentState[]
  openIncidents: IncidentView[]
  /** Maintenances that run. */
  running: MaintenanceView[]
}

export async function readPresent(reader: Reader, viewpoint: Viewpoint): Promise<Present> {
  const states = await readComponentStates(reader, viewpoint)
  const openIncidents = await readIncidentViews(reader, await listOpenIncidents(reader), viewpoint)
  const running = await readMaintenanceViews(
    reader,
    await listMaintenances(reader, { statuses: ['in_progress', 'verifying'] }),
  )
  return { headline: headlineOf(states, openIncidents, running), states, openIncidents, running }
}
