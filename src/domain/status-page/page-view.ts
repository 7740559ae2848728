import type { Instant } from '../../lib/instant.ts'
import { getPage } from '../page.ts'
import type { Reader } from '../tx.ts'
import type { PageView } from './views.ts'

/** For whom and for when a page is read: the public origin and the moment. */
export interface Viewpoint {
  url: string
  now: Instant
}

export async function readPageView(reader: Reader, { url }: Viewpoint): Promise<PageView> {
  const { name, timeZone, homeUrl, supportUrl, accent } = await getPage(reader)
  return { name, timeZone, homeUrl, supportUrl, accent, url }
}
