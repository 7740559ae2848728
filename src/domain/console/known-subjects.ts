import { SUBJECT_KINDS, type Subject } from '../defects/subject.ts'
import { listContracts } from '../sla/terms/contracts.ts'
import type { Reader } from '../tx.ts'

/** Customers, plans and products by name, each in alphabetical order: those that a defect or a contract names. */
export type KnownSubjects = Record<Subject['kind'], string[]>

/**
 * Whom one can choose. That there is a contract with somebody is no secret among staff who file defects: what they file
 * for a customer shows whose terms it has. What a contract says stands elsewhere.
 */
export async function readKnownSubjects(reader: Reader): Promise<KnownSubjects> {
  const contracts = await readContractSubjects(reader)
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

/** With whom there are contracts, those that are over among them. */
export async function readContractSubjects(reader: Reader): Promise<KnownSubjects> {
  const known: KnownSubjects = { customer: [], plan: [], product: [] }
  for (const [first] of (await listContracts(reader)).values()) {
    if (first !== undefined) known[first.subject.kind].push(first.subject.name)
  }
  return known
}
