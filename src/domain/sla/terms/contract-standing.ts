import { addDays, type LocalDate } from '../../../lib/dates.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Contract } from './contracts.ts'
import { policyInForce } from './policies.ts'
import { contractTerms, type TermsBook } from './select-terms.ts'
import { clockStartDay, endOf } from './validity.ts'

/** Whether a contract holds for a clock that is started now. */
export type ContractStanding =
  | { kind: 'in_force'; lastDay: LocalDate | null }
  | { kind: 'to_begin'; firstDay: LocalDate }
  | { kind: 'ended'; lastDay: LocalDate }
  | { kind: 'called_off' }

/** How a contract stands at an instant, by the local day on which a clock would start. */
export function contractStanding(
  book: TermsBook,
  { id, subject }: Pick<Contract, 'id' | 'subject'>,
  now: Instant,
): ContractStanding {
  const versions = book.contracts.get(id) ?? []
  if (contractTerms(book, subject, () => now)?.contract.id === id) {
    // The newest version is the last word on when it ends, also before it has begun itself.
    const end = versions.at(-1)?.validToOn ?? null
    return { kind: 'in_force', lastDay: end === null ? null : addDays(end, -1) }
  }
  const begun = versions.findLast((version) => startDay(book, version, now) >= version.validFromOn)
  // A plan that was replaced, or called off, holds for no day.
  const coming = versions.filter(
    (it) => it.version > (begun?.version ?? 0) && endOf(versions, it) !== it.validFromOn,
  )
  const [firstDay] = coming.map(({ validFromOn }) => validFromOn).sort()
  if (firstDay !== undefined) return { kind: 'to_begin', firstDay }
  const end = begun ? endOf(versions, begun) : null
  return end === null ? { kind: 'called_off' } : { kind: 'ended', lastDay: addDays(end, -1) }
}

function startDay({ policies, calendars }: TermsBook, { policyId }: Contract, now: Instant): LocalDate {
  const terms = policyInForce(policies.get(policyId) ?? [], calendars, now)
  if (!terms) throw new Error(`Policy ${policyId} is not in force.`)
  return clockStartDay(terms.calendar, now)
}
