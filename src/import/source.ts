import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** A document as text, and where it was found. */
export interface SourceText {
  text: string
  at: string
}

/**
 * Reads a document by its name or path; undefined when it is not there.
 * @throws Error with one sentence about what happened instead
 */
export type ReadText = (name: string) => Promise<SourceText | undefined>

/** Reads the documents in a folder. */
export function fromFolder(folder: string): ReadText {
  return async (name) => {
    const at = path.join(folder, name)
    try {
      return { text: await readFile(at, 'utf8'), at }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT') return undefined
      if (code === 'ENOTDIR')
        throw new Error(`${folder} is not a folder; name the folder that holds ${name}.`)
      throw new Error(`${at} cannot be read (${code}).`)
    }
  }
}

/** @throws Error with a sentence when there is none of this name */
export async function needed(read: ReadText, name: string, where: string): Promise<SourceText> {
  const document = await read(name)
  if (document === undefined) throw new Error(`There is no ${name} at ${where}; the import needs it.`)
  return document
}

/** @throws Error with a sentence when it is not JSON */
export function parseJson({ text, at }: SourceText): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${at} is not JSON.`)
  }
}

/**
 * The list that a document holds under a key, and the whole document.
 * @throws Error with a sentence when it holds none
 */
export function listIn(
  document: SourceText,
  key: string,
): { list: unknown[]; whole: Record<string, unknown> } {
  const parsed = z.looseObject({ [key]: z.array(z.unknown()) }).safeParse(parseJson(document))
  if (!parsed.success) throw new Error(`${document.at} does not hold a list “${key}”.`)
  return { list: parsed.data[key] as unknown[], whole: parsed.data }
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text)
}
