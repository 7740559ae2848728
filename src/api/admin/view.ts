import type { Instant } from '../../lib/instant.ts'

/** What an answer depends on besides the rows: as of when it holds, and the public origin that its links begin with. */
export interface View {
  now: Instant
  url: string
}
