import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** The documents of a page, their records not looked at yet. */
export interface StatuspageDocuments {
  page: unknown
  components: unknown[]
  incidents: unknown[]
  maintenances: unknown[]
  /** What was not to be had, as sentences. */
  notes: string[]
}

const REQUEST_TIMEOUT_MS = 60_000

/**
 * Reads a page's documents from a folder, or from the origin that serves them under `/api/v2/`.
 * Only `scheduled-maintenances.json` may be missing.
 * @throws Error with one sentence about the document that could not be read
 */
export async function readStatuspage(pathOrUrl: string): Promise<StatuspageDocuments> {
  const read = /^https?:\/\//i.test(pathOrUrl) ? fromOrigin(pathOrUrl) : fromFolder(pathOrUrl)
  const components = listIn(await needed(read, 'components.json', pathOrUrl), 'components')
  const incidents = listIn(await needed(read, 'incidents.json', pathOrUrl), 'incidents')
  const maintenances = await read('scheduled-maintenances.json')
  return {
    page: components.page ?? incidents.page,
    components: components.list,
    incidents: incidents.list,
    maintenances: maintenances === undefined ? [] : listIn(maintenances, 'scheduled_maintenances').list,
    notes: [],
  }
}

/** A document as text and where it was found; undefined when it is not there. */
type Read = (name: string) => Promise<{ text: string; at: string } | undefined>

async function needed(read: Read, name: string, pathOrUrl: string): Promise<{ text: string; at: string }> {
  const document = await read(name)
  if (document === undefined) throw new Error(`There is no ${name} at ${pathOrUrl}; the import needs it.`)
  return document
}

function fromFolder(folder: string): Read {
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

function fromOrigin(url: string): Read {
  if (!URL.canParse(url)) throw new Error(`${url} is not an address such as https://status.example.com.`)
  const { origin } = new URL(url)
  return async (name) => {
    const at = `${origin}/api/v2/${name}`
    let response: Response
    let text: string
    try {
      response = await fetch(at, {
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        headers: { accept: 'application/json' },
      })
      text = await response.text()
    } catch (error) {
      const slow = error instanceof DOMException && error.name === 'TimeoutError'
      throw new Error(slow ? `${at} did not answer within a minute.` : `${at} cannot be reached.`)
    }
    if (response.status === 404) return undefined
    if (!response.ok) throw new Error(`${at} answered with status ${response.status}.`)
    return { text, at }
  }
}

function listIn(document: { text: string; at: string }, key: string): { page: unknown; list: unknown[] } {
  let json: unknown
  try {
    json = JSON.parse(document.text)
  } catch {
    throw new Error(`${document.at} is not JSON.`)
  }
  const parsed = z.looseObject({ page: z.unknown().optional(), [key]: z.array(z.unknown()) }).safeParse(json)
  if (!parsed.success) throw new Error(`${document.at} does not hold a list “${key}”.`)
  return { page: parsed.data.page, list: parsed.data[key] as unknown[] }
}
