import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { getPage } from '../../domain/page.ts'

/** An old answer says nothing about now, whoever stands in between. */
const NOT_KEPT = { 'Cache-Control': 'no-store' }

/** `/healthz`: the process answers. `/readyz`: it can read its database. */
export function health(ctx: AppContext): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => c.text('ok\n', 200, NOT_KEPT))
  app.get('/readyz', async (c) => {
    try {
      await getPage(ctx.read)
      return c.text('ready\n', 200, NOT_KEPT)
    } catch (error) {
      ctx.log.error({ error }, 'The database cannot be read.')
      return c.text('not ready: the database cannot be read\n', 503, NOT_KEPT)
    }
  })
  return app
}
