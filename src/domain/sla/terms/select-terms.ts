import { invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Defect } from '../../defects/defect.ts'
import { SUBJECT_KINDS, type Subject } from '../../defects/subject.ts'
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

type ContractTerms = Terms & { contract: Contract }

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

/** What says which terms a defect has. */
type Concerned = Pick<Defect, 'customer' | 'plan' | 'product' | 'reportedAt'>

/**
 * The terms for a defect's clocks and the instant that starts them (rule 18): those of the customer's contract, else of
 * the plan's, else of the product's, else the standard ones; each in the version of the local day on which the clock
 * starts. A clock that the report has started keeps its terms, whatever begins before the confirmation.
 * @throws DomainError `invalid` when no terms were in force on that day
 */
export function termsForDefect(
  book: TermsBook,
  defect: Concerned,
  confirmedAt: Instant,
): { terms: Terms; startAt: Instant } {
  const started = termsFromReport(book, defect)
  if (started) return { terms: started, startAt: defect.reportedAt }
  const startAt = ({ clockStarts }: Contract) => (clockStarts === 'report' ? defect.reportedAt : confirmedAt)
  const own = ownTerms(book, defect, startAt)
  if (own) return { terms: own, startAt: startAt(own.contract) }
  const terms = standardTerms(book, confirmedAt)
  if (!terms) throw invalidField('/confirmed_at', 'No terms were in force on that day.')
  return { terms, startAt: confirmedAt }
}

/** The terms under which the report has started a defect's clocks; undefined where that is left to the confirmation. */
export function termsFromReport(book: TermsBook, defect: Concerned): Terms | undefined {
  const terms = ownTerms(book, defect, () => defect.reportedAt)
  return terms?.contract.clockStarts === 'report' ? terms : undefined
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
): ContractTerms | undefined {
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

/** Those of the most specific contract. */
function ownTerms(
  book: TermsBook,
  defect: Concerned,
  startAt: (contract: Contract) => Instant,
): ContractTerms | undefined {
  for (const kind of SUBJECT_KINDS) {
    const name = defect[kind]
    const terms = name === null ? undefined : contractTerms(book, { kind, name }, startAt)
    if (terms) return terms
  }
  return undefined
}
