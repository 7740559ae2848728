import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Log } from './context.ts'
import { noteClientAddress } from './lib/client-address.ts'
import { hideSecret } from './lib/private-address.ts'
import type { Metrics } from './metrics.ts'
import type { PageCache } from './page-cache/page-cache.ts'
import type { Readiness } from './readiness.ts'

/** What every request meets first. */
export interface Front {
  listener: RequestListener
  /** From now on this answers whatever the page cache does not; before, there is no database to ask. */
  open(bundle: RequestListener): void
}

/** The page cache, readiness and metrics, then the bundle that Astro made of `src/fetch.ts`. */
export function createFront({
  cache,
  readiness,
  metrics,
  log,
}: {
  cache: Pick<PageCache, 'answer' | 'answerNow'>
  readiness: Pick<Readiness, 'answer'>
  metrics: Metrics | undefined
  log: Log
}): Front {
  let bundle: RequestListener = answerWithoutDatabase

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await readiness.answer(request, response)) return
    if (metrics !== undefined && (await metrics.answer(request, response))) return
    const outcome = await cache.answer(request, response)
    if (outcome === undefined) bundle(request, response)
    else metrics?.cached(outcome)
  }

  return {
    listener: (request, response) => {
      metrics?.measure(request, response)
      if (cache.answerNow(request, response)) {
        metrics?.cached('hit')
        return
      }
      hideSecret(request)
      noteClientAddress(request)
      answer(request, response).catch((error) => {
        log.error({ error }, 'A request could not be answered.')
        if (response.headersSent) response.destroy()
        else response.writeHead(500, PLAIN).end('This could not be answered.\n')
      })
    },
    open: (handler) => {
      bundle = handler
    },
  }
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8' }
const NO_DATABASE = 'The database of this page cannot be opened at present. Try again in a moment.'

/** Alive, and nothing else that would be true. */
function answerWithoutDatabase({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const headers = { ...PLAIN, 'Cache-Control': 'no-store', 'Retry-After': '10' }
  if (url === '/healthz') response.writeHead(200, PLAIN).end('ok\n')
  else if (url.startsWith('/api/')) {
    response.writeHead(503, { ...headers, 'Content-Type': 'application/problem+json' })
    const problem = { type: 'about:blank', title: 'Not ready', status: 503, detail: NO_DATABASE, errors: [] }
    response.end(JSON.stringify(problem))
  } else response.writeHead(503, headers).end(`${NO_DATABASE}\n`)
}
