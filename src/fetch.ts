import { astro, FetchState } from 'astro/hono'
import { except } from 'hono/combine'
import { etag } from 'hono/etag'
import { loadConfig } from './config.ts'
import { AdminClient } from './console/admin-client.ts'
import { type Admitted, admittedIn, CONSOLE_PATHS } from './console/gate.ts'
import { type AppContext, openContext } from './context.ts'
import { PRIVATE_PATHS } from './security-headers.ts'
import { createWeb } from './web.ts'

// What Astro serves, in `astro dev` and in the build alike: by itself there, behind `serve.ts` here. So it shares the
// database and the environment with that, never a variable, and opens its own context, once.
let context: AppContext | undefined
const openedContext = () => {
  context ??= openContext(loadConfig())
  return context
}

const web = createWeb(contextAtFirstUse(), { isDevelopment: import.meta.env.DEV })
// Behind everything else come the pages. Their bytes say nothing relative to now, so the tag is of the content.
web.use(except([PRIVATE_PATHS, CONSOLE_PATHS], etag()))
for (const paths of [PRIVATE_PATHS, CONSOLE_PATHS]) {
  web.use(paths, async (c, next) => {
    await next()
    // A page that fails half-way is an error, not half a page; the tag's hash sees to that for all others.
    c.res = new Response(await c.res.arrayBuffer(), c.res)
  })
}
web.use(async (c, next) => {
  const admitted = admittedIn(c)
  let state = new FetchState(admitted === undefined ? c.req.raw : pageRequest(c.req.raw, admitted))
  const isPastGate = GUARDED.test(state.pathname) && !GUARDED.test(c.req.path)
  if (isPastGate || FAULT.test(state.pathname) || c.req.url.includes(NUL)) {
    state = new FetchState(new Request(new URL('/404', c.req.url)))
  }
  state.locals.ctx = openedContext()
  state.locals.requestId = c.get('requestId')
  if (admitted !== undefined) {
    state.locals.admitted = admitted
    const cookie = c.req.header('Cookie') ?? ''
    state.locals.api = new AdminClient(web.fetch, { origin: openedContext().config.url, cookie })
  }
  c.set('fetchState' as never, state as never)
  await next()
  if (c.res.headers.get('Content-Type') === 'text/html') {
    c.res.headers.set('Content-Type', 'text/html; charset=utf-8')
    // Whoever keeps a page asks each time whether it is still good, so that the next reader sees every write.
    c.res.headers.set('Cache-Control', 'public, no-cache, stale-if-error=86400')
  }
})
web.use(astro())

export default web

/**
 * Where the gate of the console and the headers of private addresses stand. Both go by the path as Hono reads it; Astro
 * takes out more slashes and escapes, so that `//admin` and `/%2561dmin` would lead to a page past the gate.
 */
const GUARDED = /^\/(admin|private)(\/|$)/

/** The page about a fault has a file as all others have, and is shown for want of one: whoever asks for it finds none. */
const FAULT = /^\/500\/?$/

/** PostgreSQL stores no such character and refuses to look for one: there is nothing at such an address. */
const NUL = '%00'

/** What a page of the console is asked with: its form has been read, and without a session it is the sign-in page. */
function pageRequest({ url, method, headers }: Request, { kept }: Admitted): Request {
  if (kept === undefined) return new Request(url, { method, headers: withoutBody(headers) })
  return new Request(new URL('/admin/sign-in', url), { headers: withoutBody(headers) })
}

function withoutBody(headers: Headers): Headers {
  const rest = new Headers(headers)
  for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) rest.delete(name)
  return rest
}

/** The context, opened at the first use: `astro build` loads this module and has no database. */
function contextAtFirstUse(): AppContext {
  return new Proxy({} as AppContext, { get: (_, name) => Reflect.get(openedContext(), name) })
}
