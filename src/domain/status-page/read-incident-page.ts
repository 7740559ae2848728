import { findIncident } from '../incidents/list-incidents.ts'
import type { Reader } from '../tx.ts'
import { readIncidentViews } from './incident-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { IncidentView, PageView } from './views.ts'

/** One incident with its page; undefined when there is none of that id. */
export async function readIncidentPage(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<{ page: PageView; view: IncidentView } | undefined> {
  const incident = await findIncident(reader, id)
  if (!incident) return undefined
  const [view] = await readIncidentViews(reader, [incident], viewpoint)
  return view && { page: await readPageView(reader, viewpoint), view }
}
