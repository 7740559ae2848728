import { type ContractStanding, contractStanding, termsOfSubject } from '../sla/contract-standing.ts'
import type { Contract } from '../sla/contracts.ts'
import { isOpen } from '../sla/goal-state.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { readPromises } from '../sla/read-promises.ts'
import { readTermsBook } from '../sla/select-terms.ts'
import type { Reader } from '../tx.ts'
import { listShownDefects, readAudience } from './audience.ts'
import type { Viewpoint } from './page-view.ts'
import { readHome } from './read-home.ts'
import { readSla } from './read-sla.ts'
import type { HomeView, SlaView } from './views.ts'

/** A viewpoint of those under one contract. */
export type ContractViewpoint = Viewpoint & { contract: Contract }

/** What those under a contract see at their private address: the page as everybody sees it, and what is their own. */
export interface ContractPageView extends Pick<HomeView, 'page' | 'headline' | 'openIncidents'> {
  contract: Contract
  standing: ContractStanding
  /** Whose terms apply to what is confirmed now: usually the same contract; null: nobody's, the standard ones. */
  termsOf: Contract | null
  sla: SlaView
  /** What is open, and what stands behind open incidents: the soonest deadline first, what has none at the end. */
  promised: DefectPromises[]
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
  const book = await readTermsBook(reader)
  const { page, headline, openIncidents } = await readHome(reader, viewpoint)
  const shown = await listShownDefects(reader, await readAudience(reader, viewpoint))
  const promises = [...(await readPromises(reader, shown, now)).values()]
  const behindIncidents = new Set(
    openIncidents.flatMap(({ defects }) => defects.map(({ defect }) => defect.id)),
  )
  return {
    page,
    headline,
    openIncidents,
    contract,
    standing: contractStanding(book, contract.id, now),
    termsOf: termsOfSubject(book, contract, now).contract,
    sla,
    promised: promises
      .filter((it) => isAnyOpen(it) || behindIncidents.has(it.defect.id))
      .sort((a, b) => dueOrder(a) - dueOrder(b)),
    own: promises
      .filter(({ defect }) => !defect.public)
      .sort((a, b) => b.defect.reportedAt - a.defect.reportedAt),
  }
}

function isAnyOpen({ goals }: DefectPromises): boolean {
  return goals.some(({ state }) => isOpen(state.verdict))
}

/** By the soonest open deadline; then what is open without one, then what is not open. */
function dueOrder({ goals }: DefectPromises): number {
  const open = goals.filter(({ state }) => isOpen(state.verdict))
  const withoutDeadline = Number.MAX_SAFE_INTEGER - (open.length > 0 ? 1 : 0)
  return Math.min(withoutDeadline, ...open.flatMap(({ state }) => state.deadlineAt ?? []))
}
