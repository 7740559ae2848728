import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Ends the name of a file that is being written. */
const UNFINISHED = '.unfinished'

/**
 * A folder for documents that belong together: they are written beside those of an earlier export and put in their place
 * once all are whole.
 */
export class DocumentFolder {
  readonly #path: string
  readonly #names: readonly string[]

  private constructor(folder: string, names: readonly string[]) {
    this.#path = folder
    this.#names = names
  }

  /** @throws Error with a sentence for a folder that has other things in it than documents of these names */
  static async open(folder: string, names: readonly string[]): Promise<DocumentFolder> {
    await mkdir(folder, { recursive: true })
    const ours = new Set(names.flatMap((name) => [name, name + UNFINISHED]))
    if ((await readdir(folder)).some((name) => !ours.has(name)))
      throw new Error(`${folder} has other things in it; name an empty folder, or one of an earlier export.`)
    return new DocumentFolder(folder, names)
  }

  /** Writes a document, in parts, without putting it in its place. */
  async write(name: string, parts: Iterable<string> | AsyncIterable<string>): Promise<void> {
    await pipeline(Readable.from(parts), createWriteStream(path.join(this.#path, name + UNFINISHED)))
  }

  /** Puts all documents in their places. */
  async finish(): Promise<void> {
    for (const name of this.#names) {
      const file = path.join(this.#path, name)
      await rename(file + UNFINISHED, file)
    }
  }

  /** Takes away what was being written. */
  async giveUp(): Promise<void> {
    for (const name of this.#names) await rm(path.join(this.#path, name + UNFINISHED), { force: true })
  }
}
