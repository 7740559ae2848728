import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Log } from './context.ts'
import { onDatabaseWait } from './db/database-waits.ts'
import { within } from './lib/within.ts'
import type { Outcome } from './page-cache/page-cache.ts'

/** What is measured of every request, whoever answers it. */
export interface Metrics {
  /** Counts a request and how long its answer took; to be called when it comes in. */
  measure(request: IncomingMessage, response: ServerResponse): void
  /** Counts how the page cache answered. */
  cached(outcome: Outcome): void
  /** Measures how long it takes to make a document. */
  rendering<Made>(path: string, make: () => Promise<Made>): Promise<Made>
  /** From now on there is a database that can be asked how long what waits for each queue has waited. */
  connect(queueAges: QueueAges): void
  /** Answers `/metrics`, for whoever has the token; false: the request is for another address. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>
}

/** How long the oldest work of each queue has been due, in milliseconds. */
export type QueueAges = () => Promise<Record<string, number>>

/** Where the measurements come from that are taken when somebody reads them. */
interface Sources {
  /** What the page cache holds. */
  size(): { entries: number; bytes: number }
  log: Log
}

/** Prometheus may read `/metrics` with this token. */
export function openMetrics(token: string, { size, log }: Sources): Metrics {
  let queueAges: QueueAges = async () => ({})
  const { registry, requests, seconds, outcomes, renderSeconds, waitSeconds } = measurements({
    size,
    queueAges: () => queueAges(),
    log,
  })
  onDatabaseWait((wait) => waitSeconds.observe({ for: wait.for }, wait.ms / 1_000))
  return {
    measure: (request, response) => {
      const kind = kindOf(pathOf(request))
      const end = seconds.startTimer()
      response.once('close', () => {
        const labels = { kind, status: String(response.statusCode) }
        end(labels)
        requests.inc(labels)
      })
    },
    cached: (outcome) => outcomes.inc({ outcome }),
    rendering: async (path, make) => {
      const end = renderSeconds.startTimer({ kind: kindOf(path) })
      try {
        return await make()
      } finally {
        end()
      }
    },
    connect: (ask) => {
      queueAges = ask
    },
    answer: async (request, response) => {
      if (!/^(GET|HEAD)$/.test(request.method ?? '') || pathOf(request) !== '/metrics') return false
      if (isBearer(request.headers.authorization, token)) {
        const text = await registry.metrics()
        response
          .writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' })
          .end(text)
      } else {
        response.writeHead(401, { 'WWW-Authenticate': 'Bearer', 'Content-Type': 'text/plain; charset=utf-8' })
        response.end('The token of the metrics is missing or wrong.\n')
      }
      return true
    },
  }
}

/** Prometheus gives up after ten seconds: a database that is silent must not take all else with it. */
const SILENCE_MS = 3_000

function measurements({ size, queueAges, log }: Sources & { queueAges: QueueAges }) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'avow_' })
  const registers = [registry]
  const gauges = [
    ['entries', 'Documents in the page cache.'],
    ['bytes', 'Memory that they take, about.'],
  ] as const
  for (const [name, help] of gauges) {
    new Gauge({
      name: `avow_page_cache_${name}`,
      help,
      registers,
      collect() {
        this.set(size()[name])
      },
    })
  }
  new Gauge({
    name: 'avow_queue_age_seconds',
    help: 'How long the oldest background work that is due has waited, whichever process has jobs; 0 when nothing is due.',
    labelNames: ['queue'],
    registers,
    async collect() {
      this.reset()
      try {
        const ages = await within(SILENCE_MS, queueAges())
        for (const [queue, ms] of Object.entries(ages)) this.set({ queue }, ms / 1_000)
      } catch (error) {
        log.warn({ error }, 'The database cannot be asked for the background work that is due.')
      }
    },
  })
  return {
    registry,
    requests: new Counter({
      name: 'avow_requests_total',
      help: 'Requests answered.',
      labelNames: ['kind', 'status'],
      registers,
    }),
    seconds: new Histogram({
      name: 'avow_request_seconds',
      help: 'Time to an answer.',
      labelNames: ['kind', 'status'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
      registers,
    }),
    outcomes: new Counter({
      name: 'avow_page_cache_total',
      help: 'How the page cache answered: from memory (hit), by rendering (miss), with the last good bytes (stale), or with what is not kept (unkept).',
      labelNames: ['outcome'],
      registers,
    }),
    renderSeconds: new Histogram({
      name: 'avow_render_seconds',
      help: 'Time to make a document.',
      labelNames: ['kind'],
      buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
      registers,
    }),
    waitSeconds: new Histogram({
      name: 'avow_database_wait_seconds',
      help: 'Time until a transaction could begin, or its writer gave up.',
      labelNames: ['for'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
      registers,
    }),
  }
}

/** A few kinds of request, so that nobody's path makes a new time series. */
export function kindOf(path: string): 'api' | 'feed' | 'image' | 'file' | 'operations' | 'page' {
  if (/^\/(healthz|readyz|metrics)$/.test(path)) return 'operations'
  if (/\.(rss|atom|ics)$|^\/feed\.json$/.test(path)) return 'feed'
  if (/^\/(api|v1)\/|\.(json|csv)$/.test(path)) return 'api'
  if (/\.(png|svg)$/.test(path)) return 'image'
  return /\.(css|js|txt)$/.test(path) ? 'file' : 'page'
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/[?#].*$/s, '')
}

function isBearer(header: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
