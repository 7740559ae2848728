import { SUBJECT_KINDS, type Subject } from '../defects/subject.ts'
import { listContracts } from '../sla/terms/contracts.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { Reader } from '../tx.ts'

/** Customers, plans and products by name, each in alphabetical order: those that a defect or a contract names. */
export type KnownSubjects = Record<Subject['kind'], string[]>

/** Whom one can choose: those that a defect names, and those with whom there are contracts. */
export async function readKnownSubjects(reader: Reader, viewpoint: Viewpoint): Promise<KnownSubjects> {
  const contracts = await readContractSubjects(reader, viewpoint)
  const known: KnownSubjects = { customer: [], plan: [], product: [] }
  for (const kind of SUBJECT_KINDS) {
    const rows = await reader
      .selectFrom('defect')
      .select(kind)
      .distinct()
      .where(kind, 'is not', null)
      .execute()
    const names = new Set([...rows.flatMap((row) => row[kind] ?? []), ...contracts[kind]])
    // Names sort here and not in SQL, because the engines do not agree on how.
    known[kind] = [...names].sort((a, b) => a.localeCompare(b, 'en'))
  }
  return known
}

/**
 * With whom there are contracts, those that are over among them. That is no secret among staff who file defects: what
 * they file for a customer shows whose terms it has. For others there are none, and what a contract says stands elsewhere.
 */
export async function readContractSubjects(reader: Reader, viewpoint: Viewpoint): Promise<KnownSubjects> {
  const known: KnownSubjects = { customer: [], plan: [], product: [] }
  if (viewpoint.filesNoDefects) return known
  for (const [first] of (await listContracts(reader)).values()) {
    if (first !== undefined) known[first.subject.kind].push(first.subject.name)
  }
  return known
}
