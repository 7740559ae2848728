import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Content, headerOf } from '../page-cache/entry.ts'
import { NOT_KEPT } from '../page-cache/key.ts'
import type { Rendered } from '../page-cache/render.ts'
import { documentsBeside, documentsIn, nextPageOf } from './documents.ts'
import { fileOf, withPaths } from './file-name.ts'
import type { SiteFolder } from './folder.ts'
import { linksOf } from './links.ts'
import { WaitingPages } from './waiting-pages.ts'

/** What a copy is made from. */
export interface Site {
  /** The public origin, without a slash at the end. */
  origin: string
  render(address: string): Promise<Rendered>
  /** Addresses of what is there and no page has to lead to. */
  unlinked(): Promise<readonly string[]>
  /** What the build has made for browsers. */
  builtFiles: readonly Pick<Content, 'key' | 'body' | 'headers'>[]
}

export interface Copied {
  files: number
  /** How many of them are others than before. */
  changed: number
  /** Addresses where nothing is, each with a page that leads to it. */
  broken: { address: string; from: string }[]
}

interface Options {
  /** Is called between two documents; the copy goes on when it has ended, and ends with what it throws. */
  between?(): Promise<void>
  /** Hears how many documents are done, of how many that are known by then. */
  onProgress?(done: number, known: number): void
}

/**
 * Copies what the public can read into a folder. A page of the former copy stays until everything is there that the new
 * one leads to, so that no reader is led nowhere meanwhile.
 */
export class SiteCopy {
  readonly #site: Site
  readonly #folder: SiteFolder
  readonly #built: ReadonlySet<string>
  readonly #waiting: WaitingPages
  /** Files that belong to the copy, as far as it was gone through. */
  #names = new Set<string>()
  #absent = new Set<string>()
  readonly #gone = new Set<string>()
  #broken: Copied['broken'] = []
  #changed = 0

  constructor(site: Site, folder: SiteFolder) {
    this.#site = site
    this.#folder = folder
    this.#built = new Set(site.builtFiles.map(({ key }) => key))
    this.#waiting = new WaitingPages((link) => this.#isThere(link))
  }

  /**
   * Copies everything: from the home page on, whatever a page leads to, and what none does. Then no other file is left.
   * @throws what `between` throws, or Error for a document that cannot be made at present, before the copy is whole: no
   * file is gone then
   */
  async all({ between, onProgress }: Options = {}): Promise<Copied> {
    this.#names = new Set()
    this.#absent = new Set()
    this.#broken = []
    this.#changed = 0
    for (const { key, body, headers } of this.#site.builtFiles)
      await this.#put(key.slice(1), body, headerOf(headers, 'content-type'))
    const beginnings = ['/', '/404', ...(await this.#site.unlinked())]
    const found: Found = new Map(beginnings.map((address) => [address, null]))
    const copied = new Set<string>()
    let done = 0
    for (const [address, from] of found) {
      await between?.()
      if (!copied.has(address)) await this.#copy(address, from, { found, copied })
      done += 1
      onProgress?.(done, found.size)
    }
    await this.#folder.finish(this.#names)
    return { files: this.#names.size, changed: this.#changed, broken: this.#broken }
  }

  /**
   * Copies one document, or notes that it is gone, and of what it leads to copies what is not there yet; also between
   * two documents of `all`. `record` ends a row of such.
   * @throws Error for a document that cannot be made at present
   */
  async only(address: string): Promise<void> {
    const found: Found = new Map([[address, null]])
    const copied = new Set<string>()
    for (const [one, from] of found)
      if (one === address || !(copied.has(one) || this.#isThere(one)))
        await this.#copy(one, from, { found, copied })
    const name = fileOf(address)
    if (!this.#absent.has(address)) this.#gone.delete(name)
    else if (this.#names.delete(name) || this.#folder.has(name)) this.#gone.add(name)
  }

  /** Takes away what is gone, and has the manifest say what is there. */
  async record(): Promise<void> {
    await this.#folder.finishSome([...this.#gone])
    this.#gone.clear()
  }

  async #copy(
    address: string,
    from: string | null,
    { found, copied }: { found: Found; copied: Set<string> },
  ): Promise<void> {
    copied.add(address)
    this.#absent.delete(address)
    const { status, headers, body } = await this.#site.render(address)
    const contentType = headerOf(headers, 'content-type')
    if (status >= 500) throw new Error(`${address} cannot be rendered: it is answered with ${status}.`)
    if (status !== (address === '/404' ? 404 : 200)) {
      this.#absent.add(address)
      if (from !== null) this.#broken.push({ address, from })
    } else if (contentType.startsWith('text/html')) {
      const html = body.toString()
      const links = linksOf(html, this.#site.origin)
      for (const link of links) this.#find(found, link, address)
      // No page leads to these, and programs know no document of a maintenance that was called off.
      for (const document of documentsBeside(address)) this.#find(found, document, null)
      // Images, feeds and data lead nowhere themselves, so they can be there before a page that names them.
      for (const link of links)
        if (!isPage(link) && !this.#isThere(link)) await this.#copy(link, address, { found, copied })
      const name = fileOf(address)
      this.#names.add(name)
      const page = () => this.#put(name, Buffer.from(withPaths(html, links)), contentType)
      await this.#waiting.put({ name, links: this.#folder.has(name) ? links : [], put: page })
    } else {
      for (const document of documentsIn(address, body)) this.#find(found, document, address)
      const next = nextPageOf(address, body)
      if (next !== null) this.#find(found, next, null)
      await this.#put(fileOf(address), body, contentType)
    }
    await this.#waiting.putThoseThatCan()
    // Whoever else is served by this process has a turn.
    await nextTurn()
  }

  async #put(name: string, body: Buffer, contentType: string): Promise<void> {
    this.#names.add(name)
    if (await this.#folder.put({ name, body, contentType })) this.#changed += 1
  }

  #find(found: Found, address: string, from: string | null): void {
    if (!found.has(address) && !this.#built.has(address) && !NOT_KEPT.test(address)) found.set(address, from)
  }

  #isThere(link: string): boolean {
    return (
      this.#built.has(link) || NOT_KEPT.test(link) || this.#absent.has(link) || this.#folder.has(fileOf(link))
    )
  }
}

/** Addresses in the order in which they are found, each with a page that leads to it, where one has to. */
type Found = Map<string, string | null>

function isPage(address: string): boolean {
  return fileOf(address).endsWith('.html')
}
