import { listOpenIncidents } from '../incidents/list-incidents.ts'
import type { Reader } from '../tx.ts'
import { readComponentStates } from './component-states.ts'
import { readDocumentPage } from './document-page.ts'
import type { StatusDocument, SummaryDocument } from './document-views.ts'
import { readComponentLines } from './read-component-documents.ts'
import { readIncidentDetails } from './read-incident-documents.ts'
import { listUnfinishedMaintenances, readMaintenanceDetails } from './read-maintenance-documents.ts'
import { rollUp } from './roll-up.ts'
import type { Viewpoint } from './viewpoint.ts'

/** The state of the whole page. */
export async function readStatusDocument(reader: Reader, viewpoint: Viewpoint): Promise<StatusDocument> {
  const states = await readComponentStates(reader, viewpoint)
  return {
    page: await readDocumentPage(reader, viewpoint),
    status: rollUp(states.map(({ status }) => status)),
  }
}

/** The state of the whole page, and everything that it comes from. */
export async function readSummaryDocument(reader: Reader, viewpoint: Viewpoint): Promise<SummaryDocument> {
  const states = await readComponentStates(reader, viewpoint)
  const incidents = await listOpenIncidents(reader)
  const maintenances = await listUnfinishedMaintenances(reader)
  return {
    page: await readDocumentPage(reader, viewpoint),
    components: await readComponentLines(reader, states),
    incidents: await readIncidentDetails(reader, incidents, viewpoint),
    maintenances: await readMaintenanceDetails(reader, maintenances, viewpoint),
    status: rollUp(states.map(({ status }) => status)),
  }
}
