import { z } from 'zod'
import { fromFolder, isWebAddress, listIn, needed, type ReadText } from '../source.ts'
import { fromOrigin, originOf, type WebOptions } from '../web-source.ts'
import { includedIn, plainRecord } from './json-api.ts'

/** A page's records, none of them looked at yet, in the plain form of Cachet 2. */
export interface CachetDocuments {
  groups: unknown[]
  components: unknown[]
  incidents: unknown[]
  schedules: unknown[]
}

export interface CachetOptions extends WebOptions {
  /** An API token; without one, Cachet tells what everybody may read. */
  token?: string
  /** How many incidents have been asked for their updates, of how many, where each has to be. */
  onProgress?: (done: number, total: number) => void
}

/** Of so many records each. */
const PAGES = 1_000
const PAGE_SIZE = 100

/** What a version of the API calls its lists. */
interface Api {
  groups: string
  components: string
  incidents: string
  schedules: string
}
const V1: Api = {
  groups: '/api/v1/components/groups?',
  components: '/api/v1/components?',
  incidents: '/api/v1/incidents?',
  schedules: '/api/v1/schedules?',
}
const V3: Api = {
  groups: '/api/component-groups?',
  components: '/api/components?include=group&',
  incidents: '/api/incidents?include=components,updates&',
  schedules: '/api/schedules?include=components,updates&',
}

/**
 * Reads a page from the origin of a Cachet, version 2 or 3, page after page; or from a folder with what its API answered,
 * as `components.json`, `incidents.json` and, where they are, `groups.json` and `schedules.json`.
 * @throws Error with one sentence about what could not be read
 */
export async function readCachet(pathOrUrl: string, options: CachetOptions = {}): Promise<CachetDocuments> {
  if (!isWebAddress(pathOrUrl)) return readFolder(pathOrUrl)
  const { token, onProgress, ...web } = options
  const headers: Record<string, string> =
    token === undefined ? {} : { 'x-cachet-token': token, authorization: `Bearer ${token}` }
  const read = fromOrigin(originOf(pathOrUrl), { ...web, headers })
  const isV1 = (await read(`${V1.components}per_page=1`)) !== undefined
  const api = isV1 ? V1 : V3
  const components = await readPages(read, api.components)
  if (components === undefined)
    throw new Error(`${originOf(pathOrUrl)} has neither /api/v1/components nor /api/components.`)
  const documents = {
    components,
    groups: (await readPages(read, api.groups)) ?? [],
    incidents: (await readPages(read, api.incidents)) ?? [],
    schedules: (await readPages(read, api.schedules)) ?? [],
  }
  return isV1
    ? { ...documents, incidents: await withUpdates(read, documents.incidents, onProgress) }
    : documents
}

async function readFolder(folder: string): Promise<CachetDocuments> {
  const read = fromFolder(folder)
  const list = async (name: string, isNeeded: boolean) => {
    const document = isNeeded ? await needed(read, name, folder) : await read(name)
    if (document === undefined) return []
    const { list, whole } = listIn(document, 'data')
    return list.map((raw) => plainRecord(raw, includedIn(whole)))
  }
  return {
    components: await list('components.json', true),
    incidents: await list('incidents.json', true),
    groups: await list('groups.json', false),
    schedules: await list('schedules.json', false),
  }
}

/** Version 2 says how many pages there are, version 3 whether there is another. */
const Paging = z.object({
  meta: z.object({ pagination: z.object({ total_pages: z.number() }).optional() }).optional(),
  links: z.object({ next: z.string().nullish() }).optional(),
})

/** All records of a list; undefined when there is no such list. */
async function readPages(read: ReadText, path: string): Promise<unknown[] | undefined> {
  const records: unknown[] = []
  for (let page = 1; page <= PAGES; page += 1) {
    const document = await read(`${path}per_page=${PAGE_SIZE}&page=${page}`)
    if (document === undefined) return page === 1 ? undefined : records
    const { list, whole } = listIn(document, 'data')
    const included = includedIn(whole)
    records.push(...list.map((raw) => plainRecord(raw, included)))
    const { meta, links } = Paging.catch({}).parse(whole)
    if (list.length === 0 || !(page < (meta?.pagination?.total_pages ?? 0) || links?.next)) return records
  }
  throw new Error(`${path} goes on after ${PAGES} pages.`)
}

/** Before 2.4 an incident is listed without its updates, which have a list of their own. */
async function withUpdates(
  read: ReadText,
  incidents: unknown[],
  onProgress: CachetOptions['onProgress'],
): Promise<unknown[]> {
  const complete: unknown[] = []
  for (const [index, raw] of incidents.entries()) {
    const incident = z.looseObject({ id: z.union([z.int(), z.string()]) }).safeParse(raw).data
    if (incident === undefined || 'updates' in incident) complete.push(raw)
    else {
      const updates = await readPages(read, `/api/v1/incidents/${encodeURIComponent(incident.id)}/updates?`)
      complete.push({ ...incident, updates: updates ?? [] })
      onProgress?.(index + 1, incidents.length)
    }
  }
  return complete
}
