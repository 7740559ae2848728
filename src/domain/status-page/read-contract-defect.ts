import { isId } from '../../lib/ids.ts'
import { findDefect } from '../defects/defects.ts'
import { listLinkedIncidentIds } from '../defects/links.ts'
import { getIncident } from '../incidents/list-incidents.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { readPromises } from '../sla/read-promises.ts'
import type { Reader } from '../tx.ts'
import { isShown, readAudience } from './audience.ts'
import { readPageView } from './page-view.ts'
import type { ContractViewpoint } from './read-contract-page.ts'
import type { PageView } from './views.ts'

/** One defect with its promises and the incidents that it stands behind. */
export interface ContractDefectView {
  page: PageView
  promises: DefectPromises
  incidents: { id: string; name: string }[]
}

/** A defect as those under a contract see it; undefined when there is none of that id, or none that is shown to them. */
export async function readContractDefect(
  reader: Reader,
  id: string,
  viewpoint: ContractViewpoint,
): Promise<ContractDefectView | undefined> {
  const defect = isId(id) ? await findDefect(reader, id) : undefined
  if (!defect || !isShown(await readAudience(reader, viewpoint), defect)) return undefined
  const promises = (await readPromises(reader, [defect], viewpoint.now)).get(id)
  if (!promises) throw new Error(`Defect ${id} was read without its promises.`)
  const incidents: ContractDefectView['incidents'] = []
  for (const incidentId of (await listLinkedIncidentIds(reader, [id])).get(id) ?? []) {
    const { name } = await getIncident(reader, incidentId)
    incidents.push({ id: incidentId, name })
  }
  return { page: await readPageView(reader, viewpoint), promises, incidents }
}
