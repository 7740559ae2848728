import { encodedTag, entityTagOf } from '../lib/entity-tag.ts'
import type { Instant } from '../lib/instant.ts'
import { type Encoding, encoded, isCompressible } from './encodings.ts'
import type { SiteState } from './freshness.ts'

/** Names in lower case, with what each says. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** One document as it was made. */
export interface Content {
  /** Its key: path and query. */
  key: string
  /** Those that are the same however it is sent. */
  headers: HeaderList
  body: Buffer
  /** The page that it belongs to, because databases may be exchanged; null for built files, which belong to none. */
  pageId: string | null
  /** The state of the page in which it was made; null for built files. */
  stateId: string | null
  /** The page's zone, for words about its age. */
  timeZone: string
  /** When it was made; of what an earlier run has left, when it was last known to be good. */
  madeAt: Instant
}

/** What is written to a reader: header lines as `writeHead` takes them, and bytes. */
export interface Representation {
  tag: string
  headers: string[]
  body: Buffer
  /** A short body, one sign for each byte; null when it is not short. */
  latin1: string | null
  /** The header lines for who has the bytes already. */
  unchanged: string[]
}

/** Headers, names and what else is kept beside the bytes. */
const OVERHEAD_BYTES = 4_096

/**
 * Up to so many bytes are sent as a text: node:http joins a text to the header and writes both at once, which takes a
 * tenth less processor time than two writes (bare server, 186 to 3,187 bytes). From about 6 kB on copying costs more.
 */
const MOST_JOINED_BYTES = 4_096

/** Names of what a reader who has the bytes is told again (RFC 9110, 15.4.5); what runs with them is known. */
const TOLD_AGAIN = /^(cache-control|content-location|expires|link|vary|access-control-.*)$/

/** One document, and every form in which it is sent, each made when it is first wanted. */
export class Entry {
  readonly content: Content
  /** Strong, of the content; each encoding has its own from it. */
  readonly tag: string
  /** The state of the page that it shows; null: that of another run of the program. */
  readonly state: SiteState | null
  /** About how many bytes of memory it takes: texts shrink to a fifth or less, in three ways. */
  readonly weight: number
  readonly #isCompressible: boolean
  readonly #coming: Map<Encoding, Promise<Representation>>
  readonly #ready: Map<Encoding, Representation>

  /** `alike` is an earlier entry: where it has the same bytes and headers, what was made of them is used again. */
  constructor(content: Content, state: SiteState | null, alike?: Entry) {
    this.content = content
    this.state = state
    this.tag = entityTagOf(content.body)
    this.#isCompressible = isCompressible(headerOf(content.headers, 'content-type'), content.body.length)
    this.weight = content.body.length * (this.#isCompressible ? 2 : 1) + OVERHEAD_BYTES
    const isAlike = alike?.tag === this.tag && String(alike.content.headers) === String(content.headers)
    this.#coming = isAlike ? alike.#coming : new Map()
    this.#ready = isAlike ? alike.#ready : new Map()
  }

  /** How it is sent to a reader who likes this encoding, if that is made already. */
  ready(encoding: Encoding): Representation | undefined {
    return this.#ready.get(this.#used(encoding))
  }

  /** How it is sent to a reader who likes this encoding. */
  async in(encoding: Encoding): Promise<Representation> {
    const used = this.#used(encoding)
    let representation = this.#coming.get(used)
    if (representation === undefined) {
      representation = this.#represent(used)
      this.#coming.set(used, representation)
      // Whoever comes after a failure tries again.
      representation.then(
        (made) => this.#ready.set(used, made),
        () => this.#coming.delete(used),
      )
    }
    return representation
  }

  #used(encoding: Encoding): Encoding {
    return this.#isCompressible ? encoding : 'identity'
  }

  async #represent(encoding: Encoding): Promise<Representation> {
    const body = await encoded(this.content.body, encoding)
    const isEncoded = encoding !== 'identity'
    const tag = isEncoded ? encodedTag(this.tag, encoding) : this.tag
    const always = ['etag', tag, ...(this.#isCompressible ? ['vary', 'accept-encoding'] : [])]
    const { headers } = this.content
    return {
      tag,
      body,
      latin1: body.length <= MOST_JOINED_BYTES ? body.toString('latin1') : null,
      headers: [
        ...headers.flat(),
        ...always,
        ...(isEncoded ? ['content-encoding', encoding] : []),
        'content-length',
        String(body.length),
      ],
      unchanged: [...headers.filter(([name]) => TOLD_AGAIN.test(name)).flat(), ...always],
    }
  }
}

export function headerOf(headers: HeaderList, name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? ''
}
