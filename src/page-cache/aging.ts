import { type Instant, SECOND_MS } from '../lib/instant.ts'
import { withStaleNotice } from '../render/stale-notice.ts'
import { Entry, headerOf } from './entry.ts'
import { Store } from './store.ts'

/** Bytes that are not good any more, as they are served when there are no better ones. */
export interface Aged {
  /** A page has a sentence about its age in it. */
  entry: Entry
  /** How old it is, and that this is more than it should be (RFC 9211, which took the place of `Warning`). */
  ageLines: string[]
}

/** Copies of pages with the sentence; each is made when it is first wanted. */
const MAX_COPY_BYTES = 16 * 2 ** 20

/** Tells of last good bytes how old they are. */
export class Aging {
  readonly #copies = new Store(MAX_COPY_BYTES)
  readonly #now: () => Instant

  constructor(now: () => Instant) {
    this.#now = now
  }

  aged(entry: Entry): Aged {
    const asOf = entry.state?.confirmedAt ?? entry.content.madeAt
    const seconds = Math.max(0, Math.floor((this.#now() - asOf) / SECOND_MS))
    const isHtml = headerOf(entry.content.headers, 'content-type').startsWith('text/html')
    return {
      entry: isHtml ? this.#withNotice(entry, asOf) : entry,
      ageLines: ['age', String(seconds), 'cache-status', `Avow; hit; ttl=-${seconds}`],
    }
  }

  #withNotice({ content, state }: Entry, asOf: Instant): Entry {
    const known = this.#copies.get(content.key)
    if (known !== undefined && known.state === state && known.content.madeAt === asOf) return known
    const html = withStaleNotice(content.body.toString(), asOf, content.timeZone)
    const copy = new Entry({ ...content, body: Buffer.from(html), madeAt: asOf }, state)
    this.#copies.set(content.key, copy)
    return copy
  }
}
