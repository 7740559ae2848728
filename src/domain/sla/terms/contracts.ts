import type { Selectable } from 'kysely'
import type { SlaContractTable } from '../../../db/schema.ts'
import { DomainError } from '../../../errors.ts'
import type { LocalDate } from '../../../lib/dates.ts'
import type { Subject } from '../../defects/subject.ts'
import type { Reader } from '../../tx.ts'
import { type Held, heldOf, type Recorded, type Version } from './validity.ts'

/** Goals that a contract may let rest while it waits for the customer (rule 21). */
export const PAUSABLE_GOALS = ['workaround', 'fix'] as const
/** What a contract's clocks start with: the confirmation, as in the standard terms, or the report. */
export const CLOCK_STARTS = ['confirmation', 'report'] as const

/** One version of a contract: the policy that a customer, a plan or a product has instead of the standard one. */
export interface Contract extends Version {
  id: string
  name: string
  subject: Subject
  policyId: string
  clockStarts: (typeof CLOCK_STARTS)[number]
  pausableGoals: (typeof PAUSABLE_GOALS)[number][]
  validToOn: LocalDate | null
}

/** All versions of all contracts, by contract, the first made first, of each the oldest version first. */
export async function listContracts(reader: Reader): Promise<Map<string, Recorded<Contract>[]>> {
  const rows = await reader
    .selectFrom('sla_contract')
    .selectAll()
    .orderBy('version')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows.map(toContract), ({ id }) => id)
}

/** @throws DomainError `not-found` */
export async function getContractVersions(reader: Reader, id: string): Promise<Recorded<Contract>[]> {
  const versions = (await listContracts(reader)).get(id)
  if (!versions) throw new DomainError('not-found', `There is no contract ${id}.`)
  return versions
}

/** The days of every contract with a customer, plan or product. */
export function heldBy(
  { kind, name }: Subject,
  contracts: ReadonlyMap<string, Contract[]>,
): Held<Contract>[] {
  return [...contracts.values()]
    .filter(([first]) => first?.subject.kind === kind && first.subject.name === name)
    .flatMap(heldOf)
}

function toContract(row: Selectable<SlaContractTable>): Recorded<Contract> {
  const subject: Subject =
    row.customer !== null
      ? { kind: 'customer', name: row.customer }
      : row.plan !== null
        ? { kind: 'plan', name: row.plan }
        : { kind: 'product', name: row.product ?? '' }
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    subject,
    policyId: row.policy_id,
    clockStarts: row.clock_starts as Contract['clockStarts'],
    pausableGoals: JSON.parse(row.pausable_goals),
    validFromOn: row.valid_from_on,
    validToOn: row.valid_to_on,
    createdAt: row.created_at,
  }
}
