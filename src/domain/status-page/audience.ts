import type { Defect } from '../defects/defect.ts'
import { listDefects } from '../defects/defects.ts'
import { type Commitments, getPage } from '../page.ts'
import type { Contract } from '../sla/terms/contracts.ts'
import type { Reader } from '../tx.ts'
import type { Viewpoint } from './viewpoint.ts'

/** For whom a page is made: everybody, those under one contract, at their private address, or staff, in the console. */
export interface Audience {
  /** Null: everybody, or staff. */
  contract: Contract | null
  isStaff: boolean
  /** Whether they see anything of what is promised. */
  seesCommitments: boolean
}

export async function readAudience(
  reader: Reader,
  { contract = null, isStaff = false }: Viewpoint,
): Promise<Audience> {
  const { commitments } = await getPage(reader)
  return { contract, isStaff, seesCommitments: isStaff || seesCommitments(commitments, contract) }
}

/** Whether a defect and its promises are shown to them: what is public, and what is their own. */
export function isShown({ contract, isStaff, seesCommitments }: Audience, defect: Defect): boolean {
  if (isStaff) return true
  return seesCommitments && (defect.public || (contract !== null && isUnder(contract, defect)))
}

/** Every defect that is shown to them, the latest filed first, their own before everybody's. */
export async function listShownDefects(reader: Reader, audience: Audience): Promise<Defect[]> {
  if (audience.isStaff) return listDefects(reader)
  if (!audience.seesCommitments) return []
  const own = audience.contract ? await listDefects(reader, { of: audience.contract.subject }) : []
  const everybodys = await listDefects(reader, { publicOnly: true })
  return [...own.filter((defect) => !defect.public && isShown(audience, defect)), ...everybodys]
}

/** The page's switch: public commitments are everybody's, internal ones those of contracts. */
function seesCommitments(commitments: Commitments, contract: Contract | null): boolean {
  return commitments === 'public' || (commitments === 'internal' && contract !== null)
}

/** One customer's defects are theirs alone, although others are on the same plan or use the same product. */
function isUnder({ subject: { kind, name } }: Contract, defect: Defect): boolean {
  if (kind !== 'customer' && defect.customer !== null) return false
  // The contract of its plan comes before that of its product, so its terms are the plan's.
  if (kind === 'product' && defect.plan !== null) return false
  return defect[kind] === name
}
