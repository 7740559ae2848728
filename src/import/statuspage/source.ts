import { fromFolder, isWebAddress, listIn, needed, type ReadText, type SourceText } from '../source.ts'
import { fromOrigin, originOf, type WebOptions } from '../web-source.ts'
import { idOf, readHistory } from './history.ts'

/** The documents of a page, their records not looked at yet. */
export interface StatuspageDocuments {
  page: unknown
  components: unknown[]
  incidents: unknown[]
  maintenances: unknown[]
  /** What was not to be had, as sentences. */
  notes: string[]
}

export interface ReadOptions extends WebOptions {
  /** How many incidents have been read one by one, of how many. */
  onProgress?: (done: number, total: number) => void
}

/**
 * Reads a page's documents from a folder, or from the origin that serves them under `/api/v2/`: there with all that its
 * history lists. Only `scheduled-maintenances.json` may be missing.
 * @throws Error with one sentence about the document that could not be read
 */
export async function readStatuspage(
  pathOrUrl: string,
  options: ReadOptions = {},
): Promise<StatuspageDocuments> {
  if (!isWebAddress(pathOrUrl)) return readLists(fromFolder(pathOrUrl), pathOrUrl)
  const origin = originOf(pathOrUrl)
  const read = fromOrigin(origin, options)
  const newest = await readLists((name) => read(`/api/v2/${name}`), origin)
  const upcoming = await read('/api/v2/scheduled-maintenances/upcoming.json')
  const listed = { ...newest, maintenances: [...newest.maintenances, ...unlisted(upcoming, newest)] }
  const older = await readHistory(read, listed, options.onProgress)
  return {
    ...listed,
    incidents: [...listed.incidents, ...older.incidents],
    maintenances: [...listed.maintenances, ...older.maintenances],
    notes: older.notes,
  }
}

/** What is planned beyond the 50 maintenances of the list is in no history yet. */
function unlisted(upcoming: SourceText | undefined, { maintenances }: StatuspageDocuments): unknown[] {
  if (upcoming === undefined) return []
  const known = new Set(maintenances.map(idOf))
  return listIn(upcoming, 'scheduled_maintenances').list.filter((raw) => !known.has(idOf(raw)))
}

async function readLists(read: ReadText, where: string): Promise<StatuspageDocuments> {
  const components = listIn(await needed(read, 'components.json', where), 'components')
  const incidents = listIn(await needed(read, 'incidents.json', where), 'incidents')
  const maintenances = await read('scheduled-maintenances.json')
  return {
    page: components.whole.page ?? incidents.whole.page,
    components: components.list,
    incidents: incidents.list,
    maintenances: maintenances === undefined ? [] : listIn(maintenances, 'scheduled_maintenances').list,
    notes: [],
  }
}
