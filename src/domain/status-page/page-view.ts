import type { Instant } from '../../lib/instant.ts'
import { getPage } from '../page.ts'
import type { Contract } from '../sla/terms/contracts.ts'
import type { Reader } from '../tx.ts'
import { readAudience } from './audience.ts'
import type { PageView } from './views.ts'

/** For whom and for when a page is read: the public origin, the moment, and the contract if there is one. */
export interface Viewpoint {
  url: string
  now: Instant
  /** At a private address: the contract whose own terms and defects are shown as well. */
  contract?: Contract | null
}

export async function readPageView(reader: Reader, viewpoint: Viewpoint): Promise<PageView> {
  const { name, timeZone, homeUrl, supportUrl, accent, commitmentsNote } = await getPage(reader)
  const { seesCommitments } = await readAudience(reader, viewpoint)
  const { url } = viewpoint
  return {
    name,
    timeZone,
    homeUrl,
    supportUrl,
    accent,
    url,
    showsCommitments: seesCommitments,
    commitmentsNote,
  }
}
