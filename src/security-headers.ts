import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * What every answer carries: nothing loads from another host, nothing runs inline, nobody frames the page. The card is
 * there to be framed, by whom the settings name; a badge has its colours within itself, and no script can be in it.
 * While developing, Vite puts styles and its reloading script into the page.
 */
export function securityHeaders(options: {
  isDevelopment: boolean
  /** Asked for at each request: the build makes the routes and has no settings. */
  embedOrigins: () => readonly string[]
}): MiddlewareHandler {
  const inline = options.isDevelopment ? ["'unsafe-inline'"] : []
  const policy = {
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
  }
  const ordinary = secureHeaders({ ...COMMON, contentSecurityPolicy: policy })
  const guarded = secureHeaders({
    ...COMMON,
    contentSecurityPolicy: policy,
    crossOriginOpenerPolicy: true,
    originAgentCluster: true,
  })
  const badge = secureHeaders({
    ...COMMON,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      frameAncestors: ["'none'"],
    },
  })
  const card = secureHeaders({
    ...COMMON,
    xFrameOptions: false,
    contentSecurityPolicy: {
      ...policy,
      frameAncestors: [() => options.embedOrigins().join(' ') || "'none'"],
    },
  })
  const { frameAncestors: _, ...policyForFrames } = policy
  // A `*` would leave out files and the pages within apps, which have no scheme of the network.
  const cardForAll = secureHeaders({
    ...COMMON,
    xFrameOptions: false,
    contentSecurityPolicy: policyForFrames,
  })
  // An image that is opened by itself runs nothing, and nothing that it says is ours.
  const logo = secureHeaders({
    ...COMMON,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      imgSrc: ['data:'],
      frameAncestors: ["'none'"],
      sandbox: [],
    },
  })
  return (c, next) => {
    if (GUARDED.test(c.req.path)) return guarded(c, next)
    if (LOGO.test(c.req.path)) return logo(c, next)
    if (CARD.test(c.req.path)) return (options.embedOrigins().includes('*') ? cardForAll : card)(c, next)
    return (BADGE.test(c.req.path) ? badge : ordinary)(c, next)
  }
}

/** What staff and customers see, and what writes. */
const GUARDED = /^\/(admin|private|api\/admin|v1)(\/|$)/
const CARD = /^\/embed\/?$/
const LOGO = /^\/logo\//
const BADGE = /\/badge\.svg$/

const COMMON = {
  referrerPolicy: 'strict-origin-when-cross-origin',
  xFrameOptions: 'DENY',
  // Browsers take it over https only; over http it says nothing.
  strictTransportSecurity: 'max-age=31536000',
  // Feeds, images and JSON are made to be read from anywhere.
  crossOriginResourcePolicy: false,
  // What everybody may read holds nothing that a page which opened it could take. A browser starts a process for each
  // such page: on this machine its first paint came 196 instead of 128 ms after the click.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
} as const

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
