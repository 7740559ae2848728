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
  /** The page's zone, for words about its age. */
  timeZone: string
  madeAt: Instant
}

/** What is written to a reader: header lines as `writeHead` takes them, and bytes. */
export interface Representation {
  headers: string[]
  body: Buffer
}

/** Too small to become smaller. */
const SMALLEST_COMPRESSED = 256

/** Headers, names and what else is kept beside the bytes. */
const OVERHEAD_BYTES = 4_096

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
  readonly #representations: Map<Encoding, Promise<Representation>>
  readonly #unchanged = new Map<Encoding, string[]>()
  readonly #isCompressible: boolean

  /** `alike` is an earlier entry: where it has the same bytes and headers, what was made of them is used again. */
  constructor(content: Content, state: SiteState | null, alike?: Entry) {
    this.content = content
    this.state = state
    this.tag = entityTagOf(content.body)
    this.#isCompressible =
      content.body.length >= SMALLEST_COMPRESSED && isCompressible(headerOf(content.headers, 'content-type'))
    this.weight = content.body.length * (this.#isCompressible ? 2 : 1) + OVERHEAD_BYTES
    const isAlike = alike?.tag === this.tag && String(alike.content.headers) === String(content.headers)
    this.#representations = isAlike ? alike.#representations : new Map()
  }

  /** How it is sent to a reader who likes this encoding. */
  async in(encoding: Encoding): Promise<Representation> {
    const used = this.#used(encoding)
    let representation = this.#representations.get(used)
    if (representation === undefined) {
      representation = this.#represent(used)
      this.#representations.set(used, representation)
    }
    return representation
  }

  /** What a reader is told who has the bytes already. */
  unchangedIn(encoding: Encoding): string[] {
    const used = this.#used(encoding)
    let headers = this.#unchanged.get(used)
    if (headers === undefined) {
      const again = this.content.headers.filter(([name]) => TOLD_AGAIN.test(name))
      headers = [...again.flat(), 'etag', this.#tagIn(used), ...this.#vary()]
      this.#unchanged.set(used, headers)
    }
    return headers
  }

  #used(encoding: Encoding): Encoding {
    return this.#isCompressible ? encoding : 'identity'
  }

  async #represent(encoding: Encoding): Promise<Representation> {
    const body = await encoded(this.content.body, encoding)
    return {
      body,
      headers: [
        ...this.content.headers.flat(),
        'etag',
        this.#tagIn(encoding),
        ...this.#vary(),
        ...(encoding === 'identity' ? [] : ['content-encoding', encoding]),
        'content-length',
        String(body.length),
      ],
    }
  }

  #tagIn(encoding: Encoding): string {
    return encoding === 'identity' ? this.tag : encodedTag(this.tag, encoding)
  }

  #vary(): string[] {
    return this.#isCompressible ? ['vary', 'accept-encoding'] : []
  }
}

export function headerOf(headers: HeaderList, name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? ''
}
