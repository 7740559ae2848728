import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../context.ts'
import type { Instant } from '../lib/instant.ts'
import type { Content } from './entry.ts'
import { pageFile, pageFileName } from './page-file.ts'
import { CONFIRMED_FILE, type Confirmed, readDiskCopy } from './read-disk-copy.ts'

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
      return { copy, pages: await readDiskCopy(folder, maxBytes, log) }
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
    return () => this.#put(path.join(this.#folder, CONFIRMED_FILE), Buffer.from(JSON.stringify(confirmed)))
  }

  async #put(file: string, bytes: Buffer): Promise<void> {
    // Several processes may share the folder.
    const unfinished = `${file}.${process.pid}.unfinished`
    await writeFile(unfinished, bytes, { mode: 0o600 })
    await rename(unfinished, file)
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, pageFileName(key))
  }
}
