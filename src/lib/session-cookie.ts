/**
 * The cookie of whoever has signed in. `__Host-`: browsers take it from this very host alone, over https, so that no
 * other host of the same domain can set it.
 */
const COOKIE = '__Host-avow'

/**
 * Its name where the page is served over plain http, as the demo and a first try are: browsers keep no `__Host-` cookie
 * there. Whoever can listen in can then take the session, as everything else.
 */
const COOKIE_OVER_HTTP = 'avow-over-http'

const LIFETIME_SECONDS = 14 * 24 * 3_600

/** Whether a `Cookie` header shows that somebody has signed in; whether it is still true, the database knows. */
export function hasSession(header: string | undefined): boolean {
  return header !== undefined && valuesIn(header, [COOKIE, COOKIE_OVER_HTTP]).length > 0
}

/** The secret in a `Cookie` header, for a page with this origin. */
export function sessionSecretIn(header: string | null, origin: string): string | undefined {
  return header === null ? undefined : valuesIn(header, [sessionCookieName(origin)])[0]
}

/** The `Set-Cookie` header that signs in; no script reads it, and no other site's form sends it. */
export function sessionCookie(secret: string, origin: string): string {
  return `${sessionCookieName(origin)}=${secret}; Max-Age=${LIFETIME_SECONDS}; ${attributesFor(origin)}`
}

/** The `Set-Cookie` header that takes it away. */
export function noSessionCookie(origin: string): string {
  return `${sessionCookieName(origin)}=; Max-Age=0; ${attributesFor(origin)}`
}

/** What the cookie is called at this origin. */
export function sessionCookieName(origin: string): string {
  return isSecure(origin) ? COOKIE : COOKIE_OVER_HTTP
}

function attributesFor(origin: string): string {
  return `Path=/; HttpOnly; SameSite=Lax${isSecure(origin) ? '; Secure' : ''}`
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:')
}

function valuesIn(header: string, names: readonly string[]): string[] {
  return header.split(';').flatMap((one) => {
    const [name = '', value = ''] = one.trim().split(/=(.*)/s)
    return names.includes(name) && value !== '' ? [value] : []
  })
}
