import type { IncomingMessage } from 'node:http'
import { hasSession } from '../lib/cookies.ts'

/** The only place that says which query parameters a route reads; any other one changes nothing and is left out. */
const PARAMETERS: readonly (readonly [path: RegExp, names: readonly string[]])[] = [
  [/^\/(history|uptime)$/, ['component', 'page']],
  [/^\/history\.json$/, ['page']],
  [/^\/subscribe$/, ['component']],
  [/^\/(uptime\/\w+|api\/v2\/components\/\w+\/uptime)\.json$/, ['page']],
  [/^\/(components\/\w+\/)?badge\.svg$/, ['theme']],
]

/** What is never kept: staff's, private addresses, and what tells of this very process. */
export const NOT_KEPT = /^\/(api\/admin|v1|admin|private|healthz|readyz|metrics)(\/|$)/i

/** What paths of ours are made of. Anything else is nobody's address, or one that is hidden. */
const PLAIN_PATH = /^[\w.~/-]+$/

const keys = new Map<string, string | null>()
/** Addresses as readers write them, so that each is taken apart once; strangers' must not fill the memory. */
const ADDRESSES_KEPT = 5_000
const LONGEST_ADDRESS = 300

/**
 * What the answer to a request is kept under: the path and the query in one spelling, which is also what is rendered.
 * Undefined for what is answered anew each time: writes, what only staff or a customer may see, odd addresses.
 */
export function keyOf({ method, url = '', headers }: IncomingMessage): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  // Other cookies say nothing to us: a parent domain may set them for every reader.
  if (headers.authorization !== undefined || hasSession(headers.cookie)) return undefined
  const known = keys.get(url)
  if (known !== undefined) return known ?? undefined
  const key = keyOfAddress(url)
  if (keys.size >= ADDRESSES_KEPT) keys.clear()
  if (url.length <= LONGEST_ADDRESS) keys.set(url, key ?? null)
  return key
}

function keyOfAddress(address: string): string | undefined {
  const url = parsed(address)
  const path = url && plainPath(url.pathname)
  if (url === undefined || path === undefined || NOT_KEPT.test(path)) return undefined
  const query = new URLSearchParams()
  for (const name of parametersOf(path.replace(/(?<=.)\/$/, ''))) {
    const value = url.searchParams.get(name)
    if (value) query.set(name, value)
  }
  return query.size === 0 ? path : `${path}?${query}`
}

function parametersOf(path: string): readonly string[] {
  return PARAMETERS.find(([pattern]) => pattern.test(path))?.[1] ?? []
}

/** Takes out dots, slashes and escapes that make no other address; a proxy may send the whole URL. */
function parsed(address: string): URL | undefined {
  const whole = address.startsWith('/') ? `http://page${address}` : address
  return URL.canParse(whole) ? new URL(whole) : undefined
}

function plainPath(pathname: string): string | undefined {
  // An escaped slash or escape character is part of a name, which no name of ours has.
  if (/%(2f|5c|25|00)/i.test(pathname)) return undefined
  try {
    const path = decodeURIComponent(pathname).replace(/\/{2,}/g, '/')
    return PLAIN_PATH.test(path) ? path : undefined
  } catch {
    // Not UTF-8: whoever answers unknown addresses says so.
    return undefined
  }
}
