/**
 * Cookies of the console: who has signed in, whose browser this is known to be, and what a provider of identities was
 * asked. No script reads them, and no other site's form sends them.
 */
export type CookieName = 'avow' | 'avow-known' | 'avow-provider'

/** `__Host-`: browsers take it from this very host alone, over https, so that no other host of the domain can set it. */
const PREFIX = '__Host-'

/**
 * Where the page is served over plain http, as the demo and a first try are, browsers keep no `__Host-` cookie. Whoever
 * can listen in there can take the session, as everything else.
 */
const SUFFIX_OVER_HTTP = '-over-http'

const SESSION: CookieName = 'avow'

/** Whether a `Cookie` header shows that somebody has signed in; whether it is still true, the database knows. */
export function hasSession(header: string | undefined): boolean {
  return (
    header !== undefined &&
    valueIn(header, [`${PREFIX}${SESSION}`, `${SESSION}${SUFFIX_OVER_HTTP}`]) !== undefined
  )
}

/** What the cookie is called at this origin. */
export function cookieName(name: CookieName, origin: string): string {
  return isSecure(origin) ? `${PREFIX}${name}` : `${name}${SUFFIX_OVER_HTTP}`
}

/** What a request brought in a cookie; undefined when it has none. */
export function readCookie(request: Request, name: CookieName, origin: string): string | undefined {
  const header = request.headers.get('Cookie')
  return header === null ? undefined : valueIn(header, [cookieName(name, origin)])
}

/** A `Set-Cookie` header. Without a lifetime it takes the cookie away. */
export function setCookie(
  name: CookieName,
  value: string,
  { origin, lastsMs }: { origin: string; lastsMs: number },
): string {
  const seconds = Math.floor(lastsMs / 1_000)
  const secure = isSecure(origin) ? '; Secure' : ''
  return `${cookieName(name, origin)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:')
}

function valueIn(header: string, names: readonly string[]): string | undefined {
  for (const one of header.split(';')) {
    const [name = '', value = ''] = one.trim().split(/=(.*)/s)
    if (names.includes(name) && value !== '') return value
  }
  return undefined
}
