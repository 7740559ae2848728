import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../context.ts'
import type { Instant } from '../lib/instant.ts'
import { Aging } from './aging.ts'
import { answerEntry, answerEntryNow, answerRendered } from './answer.ts'
import { DiskCopy } from './disk-copy.ts'
import { ENCODINGS } from './encodings.ts'
import { type Content, Entry } from './entry.ts'
import type { Freshness, SiteState } from './freshness.ts'
import { keyOf } from './key.ts'
import { mayBeKept, type Rendered } from './render.ts'
import { type Flight, SingleFlight } from './single-flight.ts'
import { Store } from './store.ts'

/** Pages are made for whoever has signed in, but files of the build are the same for everybody. */
function fileAskedFor({ method, url = '' }: IncomingMessage): string {
  return method === 'GET' || method === 'HEAD' ? url : ''
}

/** What makes documents, and knows when they are good no longer. */
export interface Origin {
  freshness: Pick<Freshness, 'current' | 'currentNow' | 'last'>
  render(path: string): Promise<Rendered>
}

/** What readers get: the page as it is, the last pages with their age, or nothing. */
export type Serving = 'page' | 'last pages' | 'nothing'

/** How a request was answered: from memory, by rendering, with the last good bytes, or with what is not kept. */
export type Outcome = 'hit' | 'miss' | 'stale' | 'unkept'

export interface PageCacheSettings {
  /** Where the latest documents are kept for a start without a database. */
  folder: string
  builtFiles: readonly Content[]
  log: Log
  now: () => Instant
  /** Bytes of memory, and as many of disk. */
  maxBytes?: number
  /** What is larger is served and not kept. */
  maxEntryBytes?: number
  /** So long readers wait for a rendering while there are last good bytes; it goes on without them. */
  patienceMs?: number
}

const MAX_BYTES = 64 * 2 ** 20
const MAX_ENTRY_BYTES = 4 * 2 ** 20
const PATIENCE_MS = 5_000
/** How often the disk learns that what it has is still good. */
const CONFIRM_EVERY_MS = 60_000
/** So long nobody renders again what could not be rendered, while there are good bytes. */
const FAILURE_HOLDS_MS = 1_000

type Found =
  | { outcome: 'hit' | 'miss'; entry: Entry }
  | { outcome: 'stale'; entry: Entry; ageLines: string[] }
  | { outcome: 'unkept'; rendered: Rendered }

/**
 * Bytes by address in front of everything that everybody may read. An entry is good for the state of the page in which
 * it was made; then it is made anew, once, for the next reader. What cannot be made anew is served as it was, with its
 * age.
 */
export class PageCache {
  readonly #built: Map<string, Entry>
  readonly #store: Store
  readonly #aging: Aging
  readonly #disk: DiskCopy
  readonly #log: Log
  readonly #now: () => Instant
  readonly #maxEntryBytes: number
  readonly #renderings: SingleFlight<SiteState | undefined, Entry | Rendered>
  readonly #confirming: NodeJS.Timeout
  #origin: Origin | undefined
  #isBlind = false

  /** Reads what an earlier run has kept. Until `connect` nothing else is served. */
  static async open(settings: PageCacheSettings): Promise<PageCache> {
    const { folder, log, maxBytes = MAX_BYTES } = settings
    const { copy, pages } = await DiskCopy.open(folder, maxBytes, log)
    return new PageCache(settings, copy, pages)
  }

  private constructor(settings: PageCacheSettings, disk: DiskCopy, pages: readonly Content[]) {
    const { builtFiles, maxBytes = MAX_BYTES, maxEntryBytes = MAX_ENTRY_BYTES } = settings
    this.#disk = disk
    this.#log = settings.log
    this.#now = settings.now
    this.#aging = new Aging(settings.now)
    this.#maxEntryBytes = maxEntryBytes
    this.#renderings = new SingleFlight(settings.patienceMs ?? PATIENCE_MS)
    this.#built = new Map(builtFiles.map((content) => [content.key, new Entry(content, null)]))
    this.#store = new Store(maxBytes, (key) => disk.drop(key))
    for (const page of pages.toReversed()) {
      if (!this.#built.has(page.key)) this.#store.set(page.key, new Entry(page, null))
    }
    // Pages of this build need its style sheets, also when another build has to serve them.
    for (const content of builtFiles) disk.keep(content)
    this.#confirming = setInterval(() => this.#confirm(), CONFIRM_EVERY_MS).unref()
  }

  /** Whether there are pages to serve without a database. */
  get hasPages(): boolean {
    return [...this.#store.entries()].some(([, { content }]) => content.pageId !== null)
  }

  /** What readers get at present. */
  async serving(): Promise<Serving> {
    if ((await this.#state()) !== undefined) return 'page'
    return this.hasPages ? 'last pages' : 'nothing'
  }

  /** How much is kept in memory. */
  get size(): { entries: number; bytes: number } {
    return { entries: this.#store.size, bytes: this.#store.bytes }
  }

  /** From now on documents are made anew; what was kept of another page is forgotten. */
  async connect(origin: Origin): Promise<void> {
    this.#origin = origin
    const state = await this.#state()
    if (state === undefined) return
    for (const [key, { content }] of [...this.#store.entries()]) {
      if (content.pageId !== null && content.pageId !== state.pageId) this.#store.delete(key)
    }
  }

  /**
   * Makes a document and the form of it that most readers take, before anybody asks.
   * @returns its bytes; undefined when there are none that can be kept
   */
  async prepare(key: string): Promise<Buffer | undefined> {
    const entry = this.#built.get(key) ?? (await this.#made(key))
    await entry?.in(ENCODINGS[0])
    return entry?.content.body
  }

  async #made(key: string): Promise<Entry | undefined> {
    // What fails is in the log, and the first reader tries again.
    const found = await this.#find(key).catch(() => undefined)
    return found === undefined || found.outcome === 'unkept' ? undefined : found.entry
  }

  /**
   * Answers from memory what can be answered without waiting, which is nearly everything: each `await` of the other way
   * costs as much as a tenth of an answer. A request behind another one on its connection waits for that one, and is not
   * answered here: it may have been sent after the look that it would share.
   * @returns false when there is more to do, and nothing was sent
   */
  answerNow(request: IncomingMessage, response: ServerResponse): boolean {
    const key = keyOf(request)
    if (key === undefined) return false
    // A response has its socket when its turn has come.
    if (response.socket === null) return false
    const entry = this.#built.get(key) ?? this.#goodNow(key)
    return entry !== undefined && answerEntryNow(request, response, entry)
  }

  /**
   * Answers a request for what everybody may read.
   * @returns how; undefined when it is for somebody else to answer, and nothing was sent
   */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<Outcome | undefined> {
    const key = keyOf(request)
    const built = this.#built.get(key ?? fileAskedFor(request))
    if (built !== undefined) {
      await answerEntry(request, response, built)
      return 'hit'
    }
    if (key === undefined) return undefined
    const found = await this.#find(key)
    if (found === undefined) return undefined
    if (found.outcome === 'unkept') answerRendered(request, response, found.rendered)
    else await answerEntry(request, response, found.entry, found.outcome === 'stale' ? found.ageLines : [])
    return found.outcome
  }

  /** Writes to disk what is still to be written. */
  close(): Promise<void> {
    clearInterval(this.#confirming)
    this.#confirm()
    return this.#disk.close()
  }

  #confirm(): void {
    const state = this.#origin?.freshness.last
    if (state !== undefined) this.#disk.confirm(state.id, state.confirmedAt)
  }

  #goodNow(key: string): Entry | undefined {
    const kept = this.#store.get(key)
    if (kept === undefined || this.#origin === undefined) return undefined
    try {
      return kept.state === this.#origin.freshness.currentNow() ? kept : undefined
    } catch {
      // Asked again, and told of, by the other way.
      return undefined
    }
  }

  /** Undefined when there is neither anything kept nor an origin. */
  async #find(key: string): Promise<Found | undefined> {
    const state = await this.#state()
    const kept = this.#store.get(key)
    if (kept !== undefined && kept.state === state) return { outcome: 'hit', entry: kept }
    if (this.#origin === undefined || (state === undefined && kept !== undefined)) {
      return kept && { outcome: 'stale', ...this.#aging.aged(kept) }
    }
    const { done, inTime } = this.#make(key, state, this.#origin)
    try {
      const result = await (kept === undefined ? done : inTime)
      return result instanceof Entry
        ? { outcome: 'miss', entry: result }
        : { outcome: 'unkept', rendered: result }
    } catch (error) {
      if (kept !== undefined) return { outcome: 'stale', ...this.#aging.aged(kept) }
      if (error instanceof RenderingFailed) return { outcome: 'unkept', rendered: error.rendered }
      throw error
    }
  }

  /** The state of the page; undefined while it cannot be known. */
  async #state(): Promise<SiteState | undefined> {
    if (this.#origin === undefined) return undefined
    try {
      const state = await this.#origin.freshness.current()
      if (this.#isBlind) this.#log.info({}, 'The database can be asked again; pages are up to date.')
      this.#isBlind = false
      return state
    } catch (error) {
      if (!this.#isBlind)
        this.#log.error({ error }, 'The database cannot be asked; the last pages are served.')
      this.#isBlind = true
      return undefined
    }
  }

  /** One rendering for all who ask for the same document of the same state. */
  #make(key: string, state: SiteState | undefined, origin: Origin): Flight<Entry | Rendered> {
    return this.#renderings.join({
      key,
      state,
      work: () => this.#render(key, state, origin),
      onDone: (result) => this.#keep(key, state, result),
      onFailure: (error) => this.#log.error({ error, address: key }, 'A page could not be rendered.'),
      failureHoldsMs: () => (this.#store.get(key) === undefined ? 0 : FAILURE_HOLDS_MS),
    })
  }

  async #render(key: string, state: SiteState | undefined, origin: Origin): Promise<Entry | Rendered> {
    const rendered = await origin.render(key)
    if (rendered.status >= 500) throw new RenderingFailed(rendered)
    if (state === undefined || !mayBeKept(rendered)) return rendered
    const { headers, body } = rendered
    const { id: stateId, pageId, timeZone } = state
    const content = { key, headers, body, pageId, stateId, timeZone, madeAt: this.#now() }
    return new Entry(content, state, this.#store.get(key))
  }

  #keep(key: string, state: SiteState | undefined, result: Entry | Rendered): void {
    if (!(result instanceof Entry)) {
      // Gone; but what cannot be kept for want of a state says nothing about what is.
      if (state !== undefined) this.#store.delete(key)
    } else if (result.content.body.length <= this.#maxEntryBytes) {
      this.#store.set(key, result)
      this.#disk.keep(result.content)
    }
  }
}

/** The bundle's own page about an error, for whom there is nothing better; no part of what a log says of it. */
class RenderingFailed extends Error {
  readonly #rendered: Rendered

  constructor(rendered: Rendered) {
    super(`The bundle answered ${rendered.status}.`)
    this.#rendered = rendered
  }

  get rendered(): Rendered {
    return this.#rendered
  }
}
