import { findIncident, listIncidents } from '../incidents/list-incidents.ts'
import { readIncidentViews } from '../status-page/incident-views.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { IncidentView, PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'

const ON_A_PAGE = 50

/** Incidents by start, the latest first, below the one of an id where it is given. */
export async function readIncidentList(
  reader: Reader,
  viewpoint: Viewpoint,
  belowId?: string,
): Promise<{ page: PageView; incidents: IncidentView[]; next: string | null }> {
  const below = belowId === undefined ? undefined : await findIncident(reader, belowId)
  const found = await listIncidents(reader, { limit: ON_A_PAGE + 1, ...(below && { below }) })
  const shown = found.slice(0, ON_A_PAGE)
  return {
    page: await readPageView(reader, viewpoint),
    incidents: await readIncidentViews(reader, shown, viewpoint),
    next: found.length > ON_A_PAGE ? (shown.at(-1)?.id ?? null) : null,
  }
}
