import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * What every answer carries: nothing loads from another host, nothing runs inline, nobody frames the page.
 * While developing, Vite puts styles and its reloading script into the page.
 */
export function securityHeaders(options: { isDevelopment: boolean }) {
  const inline = options.isDevelopment ? ["'unsafe-inline'"] : []
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", ...inline],
      styleSrc: ["'self'", ...inline],
      // The icon stands in the page; an image that is written out asks nobody.
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'strict-origin-when-cross-origin',
    xFrameOptions: 'DENY',
    // Browsers take it over https only; over http it says nothing.
    strictTransportSecurity: 'max-age=31536000',
    // Feeds, images and JSON are made to be read from anywhere.
    crossOriginResourcePolicy: false,
  })
}

/** Below this stands what only those see who have its address. */
export const PRIVATE_PATHS = '/private/*'

/**
 * What answers at private addresses carry, whatever they are: only the reader's own browser may have them, and whoever
 * is linked from there does not learn the address. Stands in front of everything that sets such headers for everybody.
 */
export function privateHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    headers.set('Cache-Control', 'private, no-store')
    headers.set('Referrer-Policy', 'no-referrer')
    headers.set('X-Robots-Tag', 'noindex, nofollow')
    headers.delete('ETag')
  }
}
