import { invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Defect } from '../../defects/defect.ts'
import type { Subject } from '../../defects/subject.ts'
import type { Reader } from '../../tx.ts'
import { type CalendarVersion, listCalendars } from './calendars.ts'
import { type Contract, heldBy, listContracts } from './contracts.ts'
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
  const startAt = ({ clockStarts }: Contract) => (clockStarts === 'report' ? defect.reportedAt : confirmedAt)
  for (const subject of subjectsOf(defect)) {
    const terms = contractTerms(book, subject, startAt)
    if (terms) return { terms, startAt: startAt(terms.contract) }
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

/** The terms of the contract of a customer, plan or product for a clock; undefined when none is in force. */
export function contractTerms(
  book: TermsBook,
  subject: Subject,
  startAt: (contract: Contract) => Instant,
): (Terms & { contract: Contract }) | undefined {
  const termsOf = (contract: Contract) => termsOfPolicy(book, contract, startAt(contract))
  const contract = versionInForce(heldBy(subject, book.contracts), (version) => {
    const terms = termsOf(version)
    // Before its policy began, so before anything that is in force.
    return terms ? clockStartDay(terms.calendar, startAt(version)) : ''
  })
  return contract && termsOf(contract)
}

function termsOfPolicy(book: TermsBook, contract: Contract, startAt: Instant) {
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
