import { astro, FetchState } from 'astro/hono'
import { loadConfig } from './config.ts'
import { type AppContext, openContext } from './context.ts'
import { createWeb } from './web.ts'

// What Astro serves, in `astro dev` and in the build alike. The bundle is a module graph of its own: it shares the
// database and the environment with src/main.ts, never a variable, so it opens its own context, once.
let context: AppContext | undefined
const ctx = () => {
  context ??= openContext(loadConfig())
  return context
}

const web = createWeb(lazy())
web.use(async (c, next) => {
  const state = new FetchState(c.req.raw)
  state.locals.ctx = ctx()
  c.set('fetchState' as never, state as never)
  await next()
})
web.use(astro())

export default web

/** The context, opened at the first use: `astro build` loads this module and has no database. */
function lazy(): AppContext {
  return new Proxy({} as AppContext, { get: (_, name) => Reflect.get(ctx(), name) })
}
