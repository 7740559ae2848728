import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { getPage } from '../../domain/page.ts'

/** `/healthz`: the process answers. `/readyz`: it can read its database. */
export function health(ctx: AppContext): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    try {
      await getPage(ctx.read)
      return c.text('ready\n')
    } catch (error) {
      ctx.log.error({ error }, 'The database cannot be read.')
      return c.text('not ready: the database cannot be read\n', 503)
    }
  })
  return app
}
