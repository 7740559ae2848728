import { invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Defect } from '../../defects/defect.ts'
import { isSameSubject, type Subject } from '../../defects/subject.ts'
import type { Reader } from '../../tx.ts'
import { type CalendarVersion, listCalendars } from './calendars.ts'
import { type Contract, listContracts } from './contracts.ts'
import { listPolicies, type Policy, policyInForce, STANDARD_POLICY_ID } from './policies.ts'
import { clockStartDay, versionInForce } from './validity.ts'

/** A policy with its calendar: the terms that a clock runs under. */
export interface Terms {
  /** Null: the standard terms. */
  contract: Contract | null
  policy: Policy
  calendar: CalendarVersion
}

/** Every version of everything that terms are made of. */
export interface TermsBook {
  contracts: ReadonlyMap<string, Contract[]>
  policies: ReadonlyMap<string, Policy[]>
  calendars: ReadonlyMap<string, CalendarVersion[]>
}

export async function readTermsBook(reader: Reader): Promise<TermsBook> {
  return {
    contracts: await listContracts(reader),
    policies: await listPolicies(reader),
    calendars: await listCalendars(reader),
  }
}

/**
 * The terms for a defect's clocks and the instant that starts them (rule 18): those of the customer's contract, else of
 * the plan's, else of the product's, else the standard ones; each in the version of the local day on which the clock
 * starts.
 * @throws DomainError `invalid` when no terms were in force on that day
 */
export function termsForDefect(
  book: TermsBook,
  defect: Pick<Defect, 'customer' | 'plan' | 'product' | 'reportedAt'>,
  confirmedAt: Instant,
): { terms: Terms; startAt: Instant } {
  for (const subject of subjectsOf(defect)) {
    for (const versions of book.contracts.values()) {
      if (!versions[0] || !isSameSubject(versions[0].subject, subject)) continue
      const startAt = (contract: Contract) =>
        contract.clockStarts === 'report' ? defect.reportedAt : confirmedAt
      const contract = contractInForce(book, versions, startAt)
      const terms = contract && termsOfPolicy(book, contract, startAt(contract))
      if (contract && terms) return { terms, startAt: startAt(contract) }
    }
  }
  const terms = standardTerms(book, confirmedAt)
  if (!terms) throw invalidField('/confirmed_at', 'No terms were in force on that day.')
  return { terms, startAt: confirmedAt }
}

/** The terms for a defect of just this customer, plan or product whose clocks are started now. */
export function termsOfSubject(book: TermsBook, subject: Subject, now: Instant): Terms {
  const nobody = { customer: null, plan: null, product: null }
  const defect = { ...nobody, [subject.kind]: subject.name, reportedAt: now }
  return termsForDefect(book, defect, now).terms
}

/** The standard terms for a clock that is started at an instant; undefined before their first version. */
export function standardTerms(book: TermsBook, startAt: Instant): Terms | undefined {
  const found = policyInForce(book.policies.get(STANDARD_POLICY_ID) ?? [], book.calendars, startAt)
  return found && { contract: null, ...found }
}

/** The terms of a contract for a clock that is started at an instant; undefined when it is not in force. */
export function contractTerms(book: TermsBook, contractId: string, startAt: Instant): Terms | undefined {
  const contract = contractInForce(book, book.contracts.get(contractId) ?? [], () => startAt)
  return contract && termsOfPolicy(book, contract, startAt)
}

function contractInForce(
  book: TermsBook,
  versions: readonly Contract[],
  startAt: (contract: Contract) => Instant,
): Contract | undefined {
  return versionInForce(versions, (contract) => {
    const terms = termsOfPolicy(book, contract, startAt(contract))
    // Before its policy began, so before anything that is in force.
    return terms ? clockStartDay(terms.calendar, startAt(contract)) : ''
  })
}

function termsOfPolicy(book: TermsBook, contract: Contract, startAt: Instant): Terms | undefined {
  const found = policyInForce(book.policies.get(contract.policyId) ?? [], book.calendars, startAt)
  return found && { contract, ...found }
}

/** Most specific first. */
function subjectsOf({ customer, plan, product }: Pick<Defect, 'customer' | 'plan' | 'product'>): Subject[] {
  const subjects: [kind: Subject['kind'], name: string | null][] = [
    ['customer', customer],
    ['plan', plan],
    ['product', product],
  ]
  return subjects.flatMap(([kind, name]) => (name === null ? [] : [{ kind, name }]))
}
