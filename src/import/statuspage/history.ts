import { z } from 'zod'
import { isId } from '../../lib/ids.ts'
import { parseJson, type ReadText } from '../source.ts'
import type { StatuspageDocuments } from './source.ts'

/** Pages of three months each. So many quiet ones in a row, two years, and the history is taken to be over. */
const QUIET_PAGES = 8
const PAGES = 200
const INCIDENTS = 20_000
/** In a row; then it is not the incident. */
const FAILURES = 5

const HistoryPage = z.object({
  months: z.array(z.object({ incidents: z.array(z.object({ code: z.string() })) })),
  /** Where a page says so, as Avow does; null on the last one. */
  next_page: z.int().nullish().catch(undefined),
})
const Happening = z.looseObject({ id: z.string().optional() })

type Older = Pick<StatuspageDocuments, 'incidents' | 'maintenances' | 'notes'>

/**
 * Reads what the lists of a page, which hold the 50 newest, leave out: `/history.json?page=N` lists the codes of all that
 * ever happened, three months a page, and `/incidents/CODE.json` is one of them, incident or maintenance. One request
 * after another; what cannot be had is noted.
 * @throws Error with a sentence when the origin has broken down
 */
export async function readHistory(
  read: ReadText,
  listed: Pick<StatuspageDocuments, 'incidents' | 'maintenances'>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Older> {
  const known = new Set([...listed.incidents, ...listed.maintenances].map(idOf))
  const older: Older = { incidents: [], maintenances: [], notes: [] }
  const codes = (await readCodes(read, older.notes)).filter((code) => !known.has(code))
  let failures = 0
  for (const [index, code] of codes.entries()) {
    try {
      const happening = await readHappening(read, code)
      ;(isMaintenance(happening) ? older.maintenances : older.incidents).push(happening)
      failures = 0
    } catch (error) {
      failures += 1
      if (failures === FAILURES) throw error
      older.notes.push(`${code} of the history was not to be had: ${(error as Error).message}`)
    }
    onProgress(index + 1, codes.length)
  }
  return older
}

/** The id of a record that nobody has looked at yet. */
export function idOf(raw: unknown): string | undefined {
  return Happening.safeParse(raw).data?.id
}

/** Every code of the history, the newest first. */
async function readCodes(read: ReadText, notes: string[]): Promise<string[]> {
  const codes = new Set<string>()
  let quiet = 0
  for (let page = 1; quiet < QUIET_PAGES; page += 1) {
    if (page > PAGES || codes.size >= INCIDENTS) {
      notes.push(
        `The history goes on after ${codes.size} incidents on ${page - 1} pages; it was read no further.`,
      )
      break
    }
    const document = await read(`/history.json?page=${page}`)
    if (document === undefined && page === 1)
      notes.push('The page has no /history.json, so nothing older than its lists was to be had.')
    if (document === undefined) break
    const parsed = HistoryPage.safeParse(parseJson(document))
    if (!parsed.success) {
      notes.push(`${document.at} does not list months with incidents; the history was read no further.`)
      break
    }
    const { months, next_page } = parsed.data
    if (months.length === 0) break
    const before = codes.size
    for (const { code } of months.flatMap(({ incidents }) => incidents)) codes.add(code)
    if (next_page === null) break
    if (next_page !== undefined && next_page <= page) {
      notes.push(`${document.at} is an earlier page again; the history was read no further.`)
      break
    }
    // A server that takes no notice of the page's number says the same again.
    const isKnownToGoOn = codes.size > before || next_page !== undefined
    quiet = isKnownToGoOn ? 0 : quiet + 1
  }
  return [...codes]
}

/** @throws Error with a sentence when there is none */
async function readHappening(read: ReadText, code: string): Promise<Record<string, unknown>> {
  if (!isId(code)) throw new Error('This is no id.')
  const document = await read(`/incidents/${code}.json`)
  if (document === undefined) throw new Error('Its document is not there.')
  const parsed = Happening.safeParse(parseJson(document))
  if (!parsed.success) throw new Error('Its document is no incident.')
  return { ...parsed.data, id: parsed.data.id ?? code }
}

/** History lists both; only a maintenance is planned. */
function isMaintenance(happening: Record<string, unknown>): boolean {
  return typeof happening.scheduled_for === 'string'
}
