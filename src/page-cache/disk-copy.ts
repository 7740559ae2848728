import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Log } from '../context.ts'
import type { Instant } from '../lib/instant.ts'
import type { Content } from './entry.ts'
import { isPageFileName, pageFile, pageFileName, parsePageFile } from './page-file.ts'

/** Says until when documents of the last state were found to be good. */
const CONFIRMED = 'confirmed.json'
/** So long what is new waits for what comes after it: a page that changes every second is not written as often. */
const PAUSE_MS = 1_000

/**
 * The latest documents in a folder, for a start without a database. Each is one file, readable by its owner only: a line
 * of JSON, then the bytes. Files are written one after the other in the background and put in place when they are whole.
 */
export class DiskCopy {
  readonly #folder: string
  readonly #log: Log
  /** What is to be written, or (null) removed; what comes later replaces what came before. */
  readonly #waiting = new Map<string, Content | null>()
  #confirmed: Confirmed | undefined
  #working: Promise<void> | undefined
  #isFailing = false
  readonly #hurry = new AbortController()

  private constructor(folder: string, log: Log) {
    this.#folder = folder
    this.#log = log
  }

  /** Reads what is there, the latest first, as far as it fits into so many bytes; the rest is removed. */
  static async open(
    folder: string,
    maxBytes: number,
    log: Log,
  ): Promise<{ copy: DiskCopy; pages: Content[] }> {
    const copy = new DiskCopy(folder, log)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return { copy, pages: await copy.#read(maxBytes) }
    } catch (error) {
      log.warn(
        { error, folder },
        'The folder of the page cache cannot be used: no page outlives this process.',
      )
      return { copy, pages: [] }
    }
  }

  /** Keeps a document, soon. */
  keep(page: Content): void {
    this.#wait(page.key, page)
  }

  /** Removes a document, soon. */
  drop(key: string): void {
    this.#wait(key, null)
  }

  /** Keeps until when documents that were made in a state of the page were good. */
  confirm(stateId: string, at: Instant): void {
    this.#confirmed = { stateId, at }
    this.#working ??= this.#work()
  }

  /** Writes without pause from now on, and resolves when everything is on disk. */
  async close(): Promise<void> {
    this.#hurry.abort()
    while (this.#working !== undefined) await this.#working
  }

  #wait(key: string, page: Content | null): void {
    this.#waiting.set(key, page)
    this.#working ??= this.#work()
  }

  async #work(): Promise<void> {
    await delay(PAUSE_MS, undefined, { signal: this.#hurry.signal }).catch(() => undefined)
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      try {
        await next()
        this.#isFailing = false
      } catch (error) {
        // Told once: a full disk must not fill the log as well.
        if (!this.#isFailing)
          this.#log.warn({ error, folder: this.#folder }, 'A page cannot be kept on disk.')
        this.#isFailing = true
      }
    }
    this.#working = undefined
  }

  /** The next thing to do; undefined when all is done. */
  #next(): (() => Promise<void>) | undefined {
    const [waiting] = this.#waiting
    if (waiting !== undefined) {
      const [key, page] = waiting
      this.#waiting.delete(key)
      const file = this.#fileOf(key)
      return () => (page === null ? rm(file, { force: true }) : this.#put(file, pageFile(page)))
    }
    const confirmed = this.#confirmed
    if (confirmed === undefined) return undefined
    this.#confirmed = undefined
    return () => this.#put(path.join(this.#folder, CONFIRMED), Buffer.from(JSON.stringify(confirmed)))
  }

  async #put(file: string, bytes: Buffer): Promise<void> {
    await writeFile(`${file}.unfinished`, bytes, { mode: 0o600 })
    await rename(`${file}.unfinished`, file)
  }

  async #read(maxBytes: number): Promise<Content[]> {
    const names = (await readdir(this.#folder)).filter(isPageFileName)
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.#folder, name)
        const { mtimeMs, size } = await stat(file)
        return { file, mtimeMs, size }
      }),
    )
    const confirmed = await this.#readConfirmed()
    const pages: Content[] = []
    let bytes = 0
    for (const { file, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      bytes += size
      const page = bytes <= maxBytes ? parsePageFile(await readFile(file)) : undefined
      // Half a file, a damaged one, or one too many.
      if (page === undefined || this.#fileOf(page.key) !== file) await rm(file)
      else pages.push(page.stateId === confirmed?.stateId ? asOf(confirmed.at, page) : page)
    }
    return pages
  }

  /** Undefined when nothing is known: what was made is then as old as it is. */
  async #readConfirmed(): Promise<Confirmed | undefined> {
    try {
      return Confirmed.parse(JSON.parse(await readFile(path.join(this.#folder, CONFIRMED), 'utf8')))
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT')
        this.#log.warn(
          { error, folder: this.#folder },
          'It cannot be read until when the last pages were good.',
        )
      return undefined
    }
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, pageFileName(key))
  }
}

const Confirmed = z.object({ stateId: z.string(), at: z.number() })
type Confirmed = z.infer<typeof Confirmed>

function asOf(at: Instant, page: Content): Content {
  return { ...page, madeAt: Math.max(at, page.madeAt) }
}
