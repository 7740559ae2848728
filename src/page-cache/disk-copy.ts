import { hash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Log } from '../context.ts'
import type { Content } from './entry.ts'

/** Files of ours; the folder may be one that has others too. */
const NAME = /^[0-9a-f]{32}\.page(\.unfinished)?$/
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
      const [key, page] = next
      try {
        await (page === null ? rm(this.#fileOf(key), { force: true }) : this.#write(page))
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

  #next(): [key: string, page: Content | null] | undefined {
    const [next] = this.#waiting
    if (next !== undefined) this.#waiting.delete(next[0])
    return next
  }

  async #write({ body, ...head }: Content): Promise<void> {
    const file = this.#fileOf(head.key)
    const digest = hash('sha256', body, 'base64url')
    const line = Buffer.from(`${JSON.stringify({ ...head, digest })}\n`)
    await writeFile(`${file}.unfinished`, Buffer.concat([line, body]), { mode: 0o600 })
    await rename(`${file}.unfinished`, file)
  }

  async #read(maxBytes: number): Promise<Content[]> {
    const names = (await readdir(this.#folder)).filter((name) => NAME.test(name))
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.#folder, name)
        const { mtimeMs, size } = await stat(file)
        return { file, mtimeMs, size }
      }),
    )
    const pages: Content[] = []
    let bytes = 0
    for (const { file, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      bytes += size
      const page = bytes <= maxBytes ? parsePage(await readFile(file)) : undefined
      // Half a file, a damaged one, or one too many.
      if (page === undefined || this.#fileOf(page.key) !== file) await rm(file)
      else pages.push(page)
    }
    return pages
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, `${hash('sha256', key, 'hex').slice(0, 32)}.page`)
  }
}

const Head = z.object({
  key: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  timeZone: z.string(),
  madeAt: z.number(),
  pageId: z.string().nullable(),
  digest: z.string(),
})

/** Undefined for what is damaged: bytes that are not those which were kept are nobody's page. */
function parsePage(bytes: Buffer): Content | undefined {
  const end = bytes.indexOf('\n')
  if (end < 0) return undefined
  const body = bytes.subarray(end + 1)
  try {
    const { digest, ...head } = Head.parse(JSON.parse(bytes.subarray(0, end).toString()))
    return digest === hash('sha256', body, 'base64url') ? { ...head, body } : undefined
  } catch {
    // Neither JSON nor a head: somebody else's file, or half of ours.
    return undefined
  }
}
