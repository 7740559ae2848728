import type { Log } from '../context.ts'
import { startStopwatch } from '../lib/stopwatch.ts'
import { type HeaderList, headerOf } from './entry.ts'

/** What the bundle answers to one who asks for a document for the first time. */
export interface Rendered {
  status: number
  /** Without those that belong to one transfer, or to one reader. */
  headers: HeaderList
  body: Buffer
}

/**
 * Asks for the document at an address, which begins with the origin of the page.
 * @throws what breaks off half-way
 */
export async function render(
  answer: (request: Request) => Promise<Response>,
  address: string,
): Promise<Rendered> {
  const response = await answer(new Request(address))
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !OF_ONE_TRANSFER.has(name)),
    body: Buffer.from(await response.arrayBuffer()),
  }
}

/** The same; what took longer than it should is named in the log. */
export function namingSlow(
  make: (path: string) => Promise<Rendered>,
  log: Log,
  slowMs = SLOW_MS,
): (path: string) => Promise<Rendered> {
  return async (path) => {
    const elapsed = startStopwatch()
    const rendered = await make(path)
    const ms = Math.round(elapsed())
    if (ms >= slowMs) log.warn({ address: path, ms }, 'A page took long to make.')
    return rendered
  }
}

/** Beyond this readers notice. */
const SLOW_MS = 1_000

/** The bytes have a tag of ours; a cookie would be given to everybody. */
const OF_ONE_TRANSFER = new Set(['content-length', 'etag', 'last-modified', 'set-cookie', 'x-request-id'])

/** Only what is said to be for everybody, and the same for everybody, is kept, whatever its address looks like. */
export function mayBeKept({ status, headers }: Rendered): boolean {
  const cacheControl = headerOf(headers, 'cache-control')
  const isForAll = /\bpublic\b/.test(cacheControl) && !/\b(private|no-store)\b/.test(cacheControl)
  return status === 200 && isForAll && headerOf(headers, 'vary') === ''
}
