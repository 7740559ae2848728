import { isId } from '../../lib/ids.ts'
import type { Defect } from '../defects/defect.ts'
import { findDefect } from '../defects/defects.ts'
import type { Incident } from '../incidents/incident.ts'
import { findIncident } from '../incidents/list-incidents.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { type KnownSubjects, readContractSubjects, readKnownSubjects } from './known-subjects.ts'

/** What somebody who files a defect chooses from. */
export interface DefectFiling {
  page: PageView
  subjects: KnownSubjects
  contracts: KnownSubjects
}

export async function readDefectFiling(reader: Reader, viewpoint: Viewpoint): Promise<DefectFiling> {
  return {
    page: await readPageView(reader, viewpoint),
    subjects: await readKnownSubjects(reader, viewpoint),
    contracts: await readContractSubjects(reader, viewpoint),
  }
}

/** What a defect comes from: the incident that it stands behind, and the defect that came back; undefined for neither. */
export async function readDefectOrigin(
  reader: Reader,
  { incidentId, followsId }: { incidentId: string; followsId: string },
): Promise<{ incident: Incident | undefined; follows: Defect | undefined }> {
  // An address can hold anything, also what a database refuses to look for.
  return {
    incident: isId(incidentId) ? await findIncident(reader, incidentId) : undefined,
    follows: isId(followsId) ? await findDefect(reader, followsId) : undefined,
  }
}
