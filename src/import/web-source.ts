import ky, { HTTPError, TimeoutError } from 'ky'
import type { ReadText } from './source.ts'

/** How somebody else's server is asked. */
export interface WebOptions {
  headers?: Record<string, string>
  /** The longest wait before another try where the server names none, in milliseconds. */
  longestWaitMs?: number
}

const MEGABYTE = 1_024 * 1_024
/** As much as any one document needs, and as all of them together may be; more is a mistake or an attack. */
const DOCUMENT_LIMIT_BYTES = 16 * MEGABYTE
const TOTAL_LIMIT_BYTES = 512 * MEGABYTE

const TIMEOUT_MS = 60_000
const TRIES_AGAIN = 4
const LONGEST_RETRY_AFTER_MS = 300_000

/**
 * Reads documents below an origin by their path. A server that is busy is asked again when it says, or after a while
 * that grows; asking for one document after another is left to the caller.
 */
export function fromOrigin(
  origin: string,
  { headers = {}, longestWaitMs = 10_000 }: WebOptions = {},
): ReadText {
  const get = ky.create({
    headers: { accept: 'application/json', ...headers },
    timeout: TIMEOUT_MS,
    // A token is for this origin alone; whoever sends elsewhere does not get it there.
    redirect: Object.keys(headers).length > 0 ? 'error' : 'follow',
    retry: {
      limit: TRIES_AGAIN,
      statusCodes: [408, 429, 500, 502, 503, 504],
      delay: (attempt) => 500 * 2 ** attempt,
      backoffLimit: longestWaitMs,
      maxRetryAfter: LONGEST_RETRY_AFTER_MS,
    },
  })
  let total = 0
  return async (path) => {
    const at = `${origin}${path}`
    let response: Response
    try {
      response = await get(at)
    } catch (error) {
      if (error instanceof HTTPError && error.response.status === 404) return undefined
      if (error instanceof HTTPError) throw new Error(`${at} answered with status ${error.response.status}.`)
      if (error instanceof TimeoutError) throw new Error(`${at} did not answer within a minute.`)
      throw new Error(`${at} cannot be reached.`)
    }
    const bytes = await boundedBytes(response, at, Math.min(DOCUMENT_LIMIT_BYTES, TOTAL_LIMIT_BYTES - total))
    total += bytes.byteLength
    return { text: bytes.toString('utf8'), at }
  }
}

/**
 * The origin of an address.
 * @throws Error with a sentence when it is none of the web
 */
export function originOf(url: string): string {
  if (!URL.canParse(url)) throw new Error(`${url} is not an address such as https://status.example.com.`)
  return new URL(url).origin
}

async function boundedBytes(response: Response, at: string, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength
      if (length > limit) break
      chunks.push(chunk)
    }
  } catch {
    throw new Error(`${at} broke off in the middle.`)
  }
  if (length > limit) throw new Error(`${at} is larger than ${Math.floor(limit / MEGABYTE)} MB.`)
  return Buffer.concat(chunks)
}
