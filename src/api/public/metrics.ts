import { timingSafeEqual } from 'node:crypto'
import { Hono, type MiddlewareHandler } from 'hono'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { AppContext } from '../../context.ts'

/** What is measured while `AVOW_METRICS_TOKEN` is set; without it nothing is counted and `/metrics` is not there. */
export interface Metrics {
  /** Counts each request and how long its answer took. */
  measure: MiddlewareHandler
  /** `/metrics` for Prometheus, for whoever has the token. */
  route: Hono
}

export function metrics(ctx: AppContext): Metrics {
  let measured: ReturnType<typeof measurements> | undefined
  // Made at the first request: the configuration is read then, and `astro build` measures nothing.
  const current = () => {
    if (ctx.config.metricsToken !== null) measured ??= measurements()
    return measured
  }
  const route = new Hono()
  route.get('/metrics', async (c, next) => {
    const now = current()
    if (now === undefined || ctx.config.metricsToken === null) return next()
    if (!isBearer(c.req.header('Authorization'), ctx.config.metricsToken)) {
      return c.text('The token of the metrics is missing or wrong.\n', 401, { 'WWW-Authenticate': 'Bearer' })
    }
    return c.body(await now.registry.metrics(), 200, { 'Content-Type': now.registry.contentType })
  })
  return {
    route,
    measure: async (c, next) => {
      const end = current()?.seconds.startTimer()
      await next()
      const labels = { kind: kindOf(c.req.path), status: String(c.res.status) }
      end?.(labels)
      current()?.requests.inc(labels)
    },
  }
}

function measurements() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'avow_' })
  const labelNames = ['kind', 'status']
  return {
    registry,
    requests: new Counter({
      name: 'avow_requests_total',
      help: 'Requests answered.',
      labelNames,
      registers: [registry],
    }),
    seconds: new Histogram({
      name: 'avow_request_seconds',
      help: 'Time to an answer.',
      labelNames,
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
      registers: [registry],
    }),
  }
}

/** A few kinds of request, so that nobody's path makes a new time series. */
function kindOf(path: string): string {
  if (path.startsWith('/api/')) return 'api'
  if (/\.(rss|atom|ics)$|^\/feed\.json$/.test(path)) return 'feed'
  if (path.endsWith('.png')) return 'image'
  return /^\/(healthz|readyz|metrics)$/.test(path) ? 'operations' : 'page'
}

function isBearer(header: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
