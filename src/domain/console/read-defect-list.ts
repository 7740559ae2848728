import type { Defect, DefectId, Severity } from '../defects/defect.ts'
import { findDefect, listDefects } from '../defects/defects.ts'
import type { Subject } from '../defects/subject.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { readPromises } from '../sla/read-promises.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { type KnownSubjects, readKnownSubjects } from './known-subjects.ts'

/** How a defect stands, for somebody who looks for those that stand so. */
export const DEFECT_STANDINGS = ['reported', 'open', 'at_risk', 'missed', 'deferred', 'fixed'] as const
export type DefectStanding = (typeof DEFECT_STANDINGS)[number]

export interface DefectFilter {
  standing?: DefectStanding | undefined
  severity?: Severity | undefined
  of?: Subject | undefined
  /** In the key or the title. */
  text?: string | undefined
}

const ON_A_PAGE = 50
const BATCH = 200

/** Defects with their promises, the latest filed first, below the one of an id where it is given. */
export async function readDefectList(
  reader: Reader,
  viewpoint: Viewpoint,
  filter: DefectFilter,
  belowId?: DefectId,
): Promise<{ page: PageView; defects: DefectPromises[]; next: DefectId | null; subjects: KnownSubjects }> {
  const found = await findStanding(reader, viewpoint, filter, belowId)
  const shown = found.slice(0, ON_A_PAGE)
  return {
    page: await readPageView(reader, viewpoint),
    defects: shown,
    next: found.length > ON_A_PAGE ? (shown.at(-1)?.defect.id ?? null) : null,
    subjects: await readKnownSubjects(reader, viewpoint),
  }
}

/** How a defect stands is computed, so those that stand otherwise are read as well, until a page is full. */
async function findStanding(
  reader: Reader,
  { now }: Viewpoint,
  { standing, of, ...rest }: DefectFilter,
  belowId: DefectId | undefined,
): Promise<DefectPromises[]> {
  const found: DefectPromises[] = []
  let below: Defect | undefined = belowId === undefined ? undefined : await findDefect(reader, belowId)
  const limit = standing === undefined ? ON_A_PAGE + 1 : BATCH
  while (found.length <= ON_A_PAGE) {
    const batch = await listDefects(reader, { ...rest, limit, ...(of && { of }), ...(below && { below }) })
    const promises = [...(await readPromises(reader, batch, now)).values()]
    found.push(...promises.filter((one) => standing === undefined || standsAs(standing, one)))
    below = batch.at(-1)
    if (batch.length < limit) break
  }
  return found
}

/** Whether a defect stands so; what is fixed may have missed a promise, and what is open may be at risk. */
function standsAs(standing: DefectStanding, { status, goals }: DefectPromises): boolean {
  switch (standing) {
    case 'reported':
    case 'deferred':
    case 'fixed':
      return status === standing
    case 'open':
      return status !== 'fixed'
    case 'at_risk':
    case 'missed':
      return goals.some(({ state }) => state.verdict === standing)
  }
}
