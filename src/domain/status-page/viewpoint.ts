import type { Instant } from '../../lib/instant.ts'
import type { Contract } from '../sla/terms/contracts.ts'

/** For whom and for when a page is read: the public origin, the moment, and the contract or staff if it is theirs. */
export interface Viewpoint {
  url: string
  now: Instant
  /** At a private address: the contract whose own terms and defects are shown as well. */
  contract?: Contract | null
  /** In the console: everything that is promised is shown, to whomever it was. */
  isStaff?: boolean
  /** Staff who only read: with whom there are contracts is not theirs to know. */
  filesNoDefects?: boolean
}
