import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
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

const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)]
/**
 * Of a home page with 324 kB, 9 makes 12.2 kB in 50 ms, and 11 makes 11.4 kB in 1.6 s, for which a change would have to
 * wait.
 */
const BROTLI = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } }

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
  /** Whether there is a manifest that was true when it was written, and all that is not as it says was written since. */
  #hasManifest: boolean

  private constructor(folder: string, files: Files, { hasManifest = false, isMarked = false }) {
    this.#path = folder
    this.#files = files
    this.#hasManifest = hasManifest
    this.#isMarked = isMarked
  }

  /** @throws Error with a sentence for a folder that has other things in it, or cannot be made */
  static async open(folder: string): Promise<SiteFolder> {
    const { files, hasManifest, wasKilled } = await lookInto(folder)
    await mkdir(folder, { recursive: true }).catch((error) => {
      throw new Error(`${folder} cannot be made (${error.code}); name a folder that this user may write in.`)
    })
    if (!wasKilled) return new SiteFolder(folder, files, { hasManifest })
    await removeUnfinished(folder)
    for (const [name, file] of files) files.set(name, { ...file, sha256: '' })
    return new SiteFolder(folder, files, { isMarked: true })
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
      const [br, gz] = await Promise.all([brotli(body, BROTLI), gzip(body, { level: 9 })])
      await this.#write(`${name}.br`, br)
      await this.#write(`${name}.gz`, gz)
    } else await this.#removeForms(name)
    await this.#write(name, body)
    this.#files.set(name, { sha256, bytes: body.length, content_type: contentType })
    return true
  }

  /** Ends a copy of everything: writes the manifest, and takes away what is not among these files. */
  async finish(names: ReadonlySet<string>): Promise<void> {
    this.#hasManifest = true
    await this.#finish([...this.#files.keys()].filter((name) => !names.has(name)))
  }

  /** Ends a copy of some documents: takes these files away, and writes the manifest where there is one already. */
  async finishSome(gone: readonly string[]): Promise<void> {
    if (this.#hasManifest) await this.#finish(gone.filter((name) => this.#files.has(name)))
  }

  async #finish(gone: readonly string[]): Promise<void> {
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

/**
 * What a folder has of a copy; it may not be there yet. Nothing is changed.
 * @throws Error with a sentence for a folder that has other things in it
 */
export async function lookInto(
  folder: string,
): Promise<{ files: Files; hasManifest: boolean; wasKilled: boolean }> {
  const there = existsSync(folder) ? await readdir(folder) : []
  const [hasManifest, wasKilled] = [there.includes(MANIFEST), there.includes(UNFINISHED)]
  if (there.length > 0 && !wasKilled && !hasManifest)
    throw new Error(`${folder} has other things in it; name an empty folder, or one that Avow has filled.`)
  return { files: hasManifest ? await readManifest(folder) : new Map(), hasManifest, wasKilled }
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
