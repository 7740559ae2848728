import { termsOfSubject } from '../sla/terms/contract-standing.ts'
import { standardTerms, type Terms, type TermsBook } from '../sla/terms/select-terms.ts'
import type { Viewpoint } from './page-view.ts'

/** The terms for a clock that is started now: the standard ones, or at a private address those of its contract. */
export function termsShown(book: TermsBook, { contract, now }: Viewpoint): Terms {
  const terms = contract ? termsOfSubject(book, contract, now) : standardTerms(book, now)
  if (!terms) throw new Error('No SLA policy is in force. The installation is not complete.')
  return terms
}
