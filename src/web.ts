import { Hono } from 'hono'
import { adminApi } from './api/admin/admin-api.ts'
import { plainProblemAnswer } from './api/problem.ts'
import { health } from './api/public/health.ts'
import { publicDocuments } from './api/public/public-documents.ts'
import { sla } from './api/public/sla.ts'
import { v2 } from './api/public/v2.ts'
import type { AppContext } from './context.ts'
import { PRIVATE_PATHS, privateHeaders, securityHeaders } from './security-headers.ts'

/**
 * The whole HTTP surface, in the order in which a request meets it. The HTML pages are Astro's: `src/fetch.ts` adds
 * them behind all this; without them an unknown path is a plain 404.
 */
export function createWeb(ctx: AppContext, options = { isDevelopment: false }): Hono {
  const web = new Hono()
  web.use(PRIVATE_PATHS, privateHeaders())
  web.use(securityHeaders(options))
  web.route('/', health(ctx))
  web.route('/api/admin/v1', adminApi(ctx))
  web.route('/', v2(ctx))
  web.route('/', sla(ctx))
  // An unknown path below /api would otherwise be answered with a page.
  web.all('/api/*', () => plainProblemAnswer(404, 'Not found', 'There is nothing at this address.'))
  web.route('/', publicDocuments(ctx))
  return web
}
