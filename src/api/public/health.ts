import { Hono } from 'hono'

/** `/healthz`: the process answers. Whether readers should come here, `/readyz` says in front of it (`src/front.ts`). */
export function health(): Hono {
  const app = new Hono()
  // An old answer says nothing about now, whoever stands in between.
  app.get('/healthz', (c) => c.text('ok\n', 200, { 'Cache-Control': 'no-store' }))
  return app
}
