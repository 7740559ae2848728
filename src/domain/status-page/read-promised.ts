import { type LocalMonth, localDateOf, monthOf } from '../../lib/dates.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { readPromises } from '../sla/read-promises.ts'
import {
  readTermsBook,
  standardTerms,
  type Terms,
  type TermsBook,
  termsOfSubject,
} from '../sla/terms/select-terms.ts'
import type { Reader } from '../tx.ts'
import { listShownDefects, readAudience } from './audience.ts'
import type { Viewpoint } from './viewpoint.ts'

/** What everything about commitments is made of: the terms in force and what was promised for every defect shown. */
export interface Promised {
  terms: Terms
  promises: DefectPromises[]
  /** The month that it is now by the calendar of the terms. */
  runningMonth: LocalMonth
}

/** Undefined where no commitments are shown to whom this is for. */
export async function readPromised(reader: Reader, viewpoint: Viewpoint): Promise<Promised | undefined> {
  const audience = await readAudience(reader, viewpoint)
  if (!audience.seesCommitments) return undefined
  const terms = termsShown(await readTermsBook(reader), viewpoint)
  const defects = await listShownDefects(reader, audience)
  return {
    terms,
    promises: [...(await readPromises(reader, defects, viewpoint.now)).values()],
    runningMonth: monthOf(localDateOf(viewpoint.now, terms.calendar.timeZone)),
  }
}

/** The terms for a clock that is started now: the standard ones, or at a private address those of its contract. */
function termsShown(book: TermsBook, { contract, now }: Viewpoint): Terms {
  const terms = contract ? termsOfSubject(book, contract.subject, now) : standardTerms(book, now)
  if (!terms) throw new Error('No SLA policy is in force. The installation is not complete.')
  return terms
}
