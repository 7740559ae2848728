import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { adminApi } from './api/admin/admin-api.ts'
import { plainProblemAnswer, problemAnswer } from './api/problem.ts'
import { health } from './api/public/health.ts'
import { publicDocuments } from './api/public/public-documents.ts'
import { sla } from './api/public/sla.ts'
import { v2 } from './api/public/v2/v2.ts'
import { failureOf } from './api/refusal.ts'
import { statuspageV1 } from './api/statuspage-v1/statuspage-v1.ts'
import { CONSOLE_PATHS, consoleGate } from './console/gate.ts'
import type { AppContext } from './context.ts'
import { newId } from './lib/ids.ts'
import { PRIVATE_PATHS, privateHeaders, securityHeaders } from './security-headers.ts'

/**
 * The whole HTTP surface, in the order in which a request meets it. The HTML pages are Astro's: `src/fetch.ts` adds
 * them behind all this; without them an unknown path is a plain 404.
 */
export function createWeb(ctx: AppContext, options = { isDevelopment: false }): Hono {
  const web = new Hono()
  web.onError((error, c) => {
    const failure = failureOf(ctx, error, c)
    if (failure) return problemAnswer(ctx.config.url, failure)
    return plainProblemAnswer(500, 'Internal Server Error', 'This document could not be made.')
  })
  // A proxy's own, where it sends one, so that both logs can be read side by side.
  web.use(requestId({ generator: () => newId() }))
  web.use(async (c, next) => {
    await next()
    c.header('X-Request-Id', c.get('requestId'))
  })
  web.use(PRIVATE_PATHS, privateHeaders())
  web.use(securityHeaders({ ...options, embedOrigins: () => ctx.config.embedOrigins }))
  web.route('/', health())
  web.route('/api/admin/v1', adminApi(ctx))
  web.route('/v1', statuspageV1(ctx))
  web.route('/', v2(ctx))
  web.route('/', sla(ctx))
  // An unknown path below /api would otherwise be answered with a page.
  web.all('/api/*', () => plainProblemAnswer(404, 'Not found', 'There is nothing at this address.'))
  web.route('/', publicDocuments(ctx))
  web.use(CONSOLE_PATHS, ...consoleGate(ctx))
  return web
}
