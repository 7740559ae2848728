import { listDefects } from '../defects/defects.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { readPromises } from '../sla/read-promises.ts'
import { type ContractStanding, contractStanding } from '../sla/terms/contract-standing.ts'
import type { Contract } from '../sla/terms/contracts.ts'
import { readTermsBook } from '../sla/terms/select-terms.ts'
import type { Reader } from '../tx.ts'
import { isShown, readAudience } from './audience.ts'
import { readHome } from './read-home.ts'
import { readSla } from './read-sla.ts'
import { readSupportHours, type SupportHoursView } from './read-support-hours.ts'
import type { SlaView } from './sla-views.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { HomeView } from './views.ts'

/** A viewpoint of those under one contract. */
export type ContractViewpoint = Viewpoint & { contract: Contract }

/** What those under a contract see at their private address: the page as everybody sees it, and what is their own. */
export interface ContractPageView extends Pick<HomeView, 'page' | 'headline' | 'openIncidents'> {
  standing: ContractStanding
  /** The promises behind open incidents, those of the headline first. */
  behindIncidents: DefectPromises[]
  /** In it, the contract whose terms apply now: usually their own, or null for the standard terms. */
  sla: SlaView
  support: SupportHoursView[]
  /** Every defect of their own, the latest reported first. */
  own: DefectPromises[]
}

/** Undefined where the page shows no commitments to anybody. */
export async function readContractPage(
  reader: Reader,
  viewpoint: ContractViewpoint,
): Promise<ContractPageView | undefined> {
  const { contract, now } = viewpoint
  const sla = await readSla(reader, viewpoint)
  if (sla === undefined) return undefined
  const { page, headline, openIncidents } = await readHome(reader, viewpoint)
  const first = openIncidents.filter(({ incident }) => incident.id === headline.incident?.incident.id)
  const behind = [...first, ...openIncidents].flatMap(({ defects }) => defects)
  return {
    page,
    headline,
    openIncidents,
    standing: contractStanding(await readTermsBook(reader), contract, now),
    behindIncidents: [...new Map(behind.map((promises) => [promises.defect.id, promises])).values()],
    sla,
    support: await readSupportHours(reader, now),
    own: await readOwn(reader, viewpoint),
  }
}

async function readOwn(reader: Reader, viewpoint: ContractViewpoint): Promise<DefectPromises[]> {
  const audience = await readAudience(reader, viewpoint)
  const defects = await listDefects(reader, { of: viewpoint.contract.subject })
  const own = defects.filter((defect) => !defect.public && isShown(audience, defect))
  const promises = await readPromises(reader, own, viewpoint.now)
  return [...promises.values()].sort((a, b) => b.defect.reportedAt - a.defect.reportedAt)
}
