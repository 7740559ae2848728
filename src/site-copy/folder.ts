import { hash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { z } from 'zod'
import { isCompressible } from '../page-cache/encodings.ts'

/** One file of the copy. */
export interface SiteFile {
  /** Below the folder, for instance `incidents/abc/index.html`. */
  name: string
  body: Buffer
  contentType: string
}

const MANIFEST = 'manifest.json'
/** Is there from the first change on until all is whole again, and ends the name of each file that is not. */
const UNFINISHED = '.unfinished'
const Manifest = z.object({
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number(), content_type: z.string() })),
})
type Files = Map<string, z.infer<typeof Manifest>['files'][string]>

/** Once for thousands of readers, so as small as they can be made. */
const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)]

/**
 * A folder with a static site. Every file is put in place whole, with `.gz` and `.br` beside it, and is left alone where
 * nothing in it has changed; the manifest, which names all files by their hashes, comes last. Files that the manifest
 * does not name are somebody else's and stay. Where whoever wrote it was killed in the middle, nobody knows which files
 * are those of the manifest, and all are written anew.
 */
export class SiteFolder {
  readonly #path: string
  /** By name: a copy may have hundreds of thousands. */
  readonly #files: Files
  #isMarked: boolean

  private constructor(folder: string, files: Files, isMarked: boolean) {
    this.#path = folder
    this.#files = files
    this.#isMarked = isMarked
  }

  /** @throws Error with a sentence for a folder that has other things in it */
  static async open(folder: string): Promise<SiteFolder> {
    await mkdir(folder, { recursive: true })
    const there = await readdir(folder)
    const wasKilled = there.includes(UNFINISHED)
    if (there.length > 0 && !wasKilled && !there.includes(MANIFEST))
      throw new Error(`${folder} has other things in it; name an empty folder, or one that Avow has filled.`)
    const files = there.includes(MANIFEST) ? await readManifest(folder) : new Map()
    if (!wasKilled) return new SiteFolder(folder, files, false)
    await removeUnfinished(folder)
    for (const [name, file] of files) files.set(name, { ...file, sha256: '' })
    return new SiteFolder(folder, files, true)
  }

  /** Whether a file of this name is in place, be it of this copy or of the one before. */
  has(name: string): boolean {
    return this.#files.has(name)
  }

  /** Puts a file in place, and says whether it is another one than before. */
  async put({ name, body, contentType }: SiteFile): Promise<boolean> {
    const sha256 = hash('sha256', body, 'hex')
    if (this.#files.get(name)?.sha256 === sha256) return false
    await this.#mark()
    await mkdir(path.dirname(this.#fileOf(name)), { recursive: true })
    if (isCompressible(contentType, body.length)) {
      // Before the file itself: where that is new, nobody is sent an older text for it.
      await this.#write(`${name}.br`, await brotli(body))
      await this.#write(`${name}.gz`, await gzip(body, { level: 9 }))
    } else await this.#removeForms(name)
    await this.#write(name, body)
    this.#files.set(name, { sha256, bytes: body.length, content_type: contentType })
    return true
  }

  /** Writes the manifest, and takes away what is not among these files any more. */
  async finish(names: ReadonlySet<string>): Promise<void> {
    const gone = [...this.#files.keys()].filter((name) => !names.has(name))
    if (gone.length > 0) await this.#mark()
    for (const name of gone) this.#files.delete(name)
    const files = Object.fromEntries([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)))
    await this.#write(MANIFEST, Buffer.from(`${JSON.stringify({ files }, null, 1)}\n`))
    for (const name of gone) {
      await this.#removeForms(name)
      await rm(this.#fileOf(name), { force: true })
      await this.#removeEmptyFolders(path.dirname(name))
    }
    await rm(this.#fileOf(UNFINISHED), { force: true })
    this.#isMarked = false
  }

  async #mark(): Promise<void> {
    if (this.#isMarked) return
    await writeFile(this.#fileOf(UNFINISHED), '')
    this.#isMarked = true
  }

  async #write(name: string, body: Buffer): Promise<void> {
    const file = this.#fileOf(name)
    await writeFile(file + UNFINISHED, body)
    await rename(file + UNFINISHED, file)
  }

  async #removeForms(name: string): Promise<void> {
    for (const end of ['.br', '.gz']) await rm(this.#fileOf(name + end), { force: true })
  }

  async #removeEmptyFolders(folder: string): Promise<void> {
    if (folder === '.' || (await readdir(this.#fileOf(folder))).length > 0) return
    await rmdir(this.#fileOf(folder))
    await this.#removeEmptyFolders(path.dirname(folder))
  }

  #fileOf(name: string): string {
    return path.join(this.#path, name)
  }
}

async function readManifest(folder: string): Promise<Files> {
  const manifest = Manifest.safeParse(parsed(await readFile(path.join(folder, MANIFEST), 'utf8')))
  if (!manifest.success) throw new Error(`The ${MANIFEST} in ${folder} is not one of Avow’s.`)
  return new Map(Object.entries(manifest.data.files))
}

/** Takes away what was being written; the mark itself stays. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith(UNFINISHED) && name !== UNFINISHED) await rm(path.join(folder, name), { force: true })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the caller says what it is not.
    return undefined
  }
}
