import type { Incident } from '../incidents/incident.ts'
import { findIncident, listIncidents, listOpenIncidents } from '../incidents/list-incidents.ts'
import type { Reader } from '../tx.ts'
import { readComponentStates } from './component-states.ts'
import { readDocumentPage } from './document-page.ts'
import type { IncidentDetail, IncidentDocument, IncidentsDocument } from './document-views.ts'
import { readIncidentViews } from './incident-views.ts'
import type { Viewpoint } from './viewpoint.ts'

/** As many as tools that read such documents know. */
const INCIDENTS_LISTED = 50

/** The newest incidents, or all that nobody has resolved yet; the latest to start first. */
export async function readIncidentsDocument(
  reader: Reader,
  which: 'newest' | 'unresolved',
  viewpoint: Viewpoint,
): Promise<IncidentsDocument> {
  const incidents =
    which === 'newest'
      ? await listIncidents(reader, { limit: INCIDENTS_LISTED })
      : await listOpenIncidents(reader)
  return {
    page: await readDocumentPage(reader, viewpoint),
    incidents: await readIncidentDetails(reader, incidents, viewpoint),
  }
}

/** One incident; undefined when there is none of that id. */
export async function readIncidentDocument(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<IncidentDocument | undefined> {
  const found = await findIncident(reader, id)
  if (!found) return undefined
  const [incident] = await readIncidentDetails(reader, [found], viewpoint)
  return incident && { page: await readDocumentPage(reader, viewpoint), incident }
}

/** Incidents with everything that a document tells of them, in the order given. */
export async function readIncidentDetails(
  reader: Reader,
  incidents: Incident[],
  viewpoint: Viewpoint,
): Promise<IncidentDetail[]> {
  const views = await readIncidentViews(reader, incidents, viewpoint)
  const ids = new Set(views.flatMap(({ components }) => components.map(({ id }) => id)))
  const states = await readComponentStates(reader, viewpoint, { ids: [...ids] })
  return views.map((view) => {
    const touched = new Set(view.components.map(({ id }) => id))
    return {
      view,
      components: states.filter(({ component }) => touched.has(component.id)),
    }
  })
}
