import { addDays, type LocalDate } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Contract } from './contracts.ts'
import { policyInForce } from './policies.ts'
import { contractTerms, type Terms, type TermsBook, termsForDefect } from './select-terms.ts'
import { clockStartDay } from './validity.ts'

/** Whether a contract holds for a clock that is started now. */
export type ContractStanding =
  | { kind: 'in_force'; lastDay: LocalDate | null }
  | { kind: 'to_begin'; firstDay: LocalDate }
  | { kind: 'ended'; lastDay: LocalDate }

/** How a contract stands at an instant, by the local day on which a clock would start. */
export function contractStanding(book: TermsBook, contractId: string, now: Instant): ContractStanding {
  const versions = book.contracts.get(contractId) ?? []
  const end = versions.at(-1)?.validToOn ?? null
  const lastDay = end === null ? null : addDays(end, -1)
  if (contractTerms(book, contractId, now)) return { kind: 'in_force', lastDay }
  const coming = versions.find((version) => startDay(book, version, now) < version.validFromOn)
  if (coming) return { kind: 'to_begin', firstDay: coming.validFromOn }
  if (lastDay === null) throw new Error(`Contract ${contractId} has no end and is not in force.`)
  return { kind: 'ended', lastDay }
}

/** The terms for a defect of just this customer, plan or product whose clocks are started now. */
export function termsOfSubject(book: TermsBook, { subject }: Contract, now: Instant): Terms {
  const nobody = { customer: null, plan: null, product: null }
  const defect = { ...nobody, [subject.kind]: subject.name, reportedAt: now }
  return termsForDefect(book, defect, now).terms
}

function startDay({ policies, calendars }: TermsBook, { policyId }: Contract, now: Instant): LocalDate {
  const terms = policyInForce(policies.get(policyId) ?? [], calendars, now)
  if (!terms) throw new Error(`Policy ${policyId} is not in force.`)
  return clockStartDay(terms.calendar, now)
}
