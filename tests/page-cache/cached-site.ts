import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { Log } from '../../src/context.ts'
import { openVersionWatch } from '../../src/db/version-watch.ts'
import { readQueueAges } from '../../src/domain/due-work.ts'
import { getPage } from '../../src/domain/page.ts'
import { readSite } from '../../src/domain/status-page/next-change.ts'
import { createFront } from '../../src/front.ts'
import { openMetrics } from '../../src/metrics.ts'
import { Freshness } from '../../src/page-cache/freshness.ts'
import { type Origin, PageCache, type PageCacheSettings } from '../../src/page-cache/page-cache.ts'
import { render } from '../../src/page-cache/render.ts'
import { Readiness } from '../../src/readiness.ts'
import { test as onSite, type Site } from '../support/site.ts'

/** The page cache in front of everything but the HTML pages, on a real server and a real database. */
export interface CachedSite {
  cache: PageCache
  /** What was asked of the program behind the cache, path by path. */
  rendered: string[]
  /** What went past the cache. */
  passedOn: string[]
  /** Makes the next renderings, of everything, do this instead. */
  instead(program: Program | undefined): void
  ask(path: string, more?: { method?: string; headers?: Record<string, string> }): Promise<Answer>
  /** Stops it and starts another on what it has left on disk, connected or not. */
  restart(how: { connected: boolean }): Promise<CachedSite>
  /** What everybody asks. */
  server: Server
  folder: string
  log: string[]
}

/** What is behind the cache. */
export type Program = (request: Request) => Response | Promise<Response>

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** As sent. */
  body: Buffer
  /** Decoded. */
  text: string
}

export const test = onSite.extend<{
  settings: Partial<PageCacheSettings>
  /** With it, `/metrics` is there. */
  metricsToken: string | null
  cached: CachedSite
}>({
  settings: {},
  metricsToken: null,
  cached: async ({ site, settings, metricsToken }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-cache-'))
    const running: { stop(): Promise<void> }[] = []
    const start = async (connected: boolean): Promise<CachedSite> => {
      const given = { folder: path.join(folder, 'pages'), ...settings }
      const started = await startCached(site, given, metricsToken, connected)
      running.push(started)
      return {
        ...started.cached,
        restart: async (how) => {
          running.splice(running.indexOf(started), 1)
          await started.stop()
          return start(how.connected)
        },
      }
    }
    await use(await start(true))
    for (const { stop } of running) await stop()
    await rm(folder, { recursive: true, force: true })
  },
})

async function startCached(
  site: Site,
  settings: Partial<PageCacheSettings> & { folder: string },
  metricsToken: string | null,
  connected: boolean,
): Promise<{ cached: Omit<CachedSite, 'restart'>; stop(): Promise<void> }> {
  const { ctx, clock } = site
  const said: string[] = []
  const cache = await PageCache.open({ builtFiles: [], log: logInto(said), now: clock.now, ...settings })
  const watch = openVersionWatch(ctx.config.database, () => undefined)
  const [rendered, passedOn]: [string[], string[]] = [[], []]
  let instead: Program | undefined
  const behind = programOf(site)
  const metrics =
    metricsToken === null
      ? undefined
      : openMetrics(metricsToken, { size: () => cache.size, log: logInto(said) })
  const origin: Origin = {
    freshness: new Freshness(watch, (now) => ctx.snapshot((reader) => readSite(reader, now)), clock.now),
    render: (address) => {
      rendered.push(address)
      const make = () => render(async (request) => (instead ?? behind)(request), ORIGIN + address)
      return metrics === undefined ? make() : metrics.rendering(address, make)
    },
  }
  const readiness = new Readiness(() => cache.serving())
  const front = createFront({ cache, readiness, metrics, log: logInto(said) })
  if (connected) {
    await cache.connect(origin)
    metrics?.connect(() => readQueueAges(ctx.read, clock.now()))
    front.open((incoming, response) => {
      passedOn.push(incoming.url ?? '')
      passOn(behind, incoming, response)
    })
  }
  const server = createServer(front.listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    cached: {
      cache,
      rendered,
      passedOn,
      instead: (program) => {
        instead = program
      },
      ask: (address, more = {}) => ask(port, address, more),
      server,
      folder: settings.folder,
      log: said,
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await cache.close()
      await watch.close()
    },
  }
}

/** Takes a table away from whoever asks for it, as a damaged database does, or brings it back. */
export async function moveTable(
  site: Site,
  from: FaultyTable | 'lost',
  to: FaultyTable | 'lost',
): Promise<void> {
  await site.ctx.write({ kind: 'operator', id: null, name: 'a fault' }, (tx) =>
    tx.db.schema
      .alterTable(from as FaultyTable)
      .renameTo(to)
      .execute(),
  )
}

type FaultyTable = 'page' | 'sla_deadline'

const ORIGIN = 'http://status.example'

/** The APIs, feeds and images as the program has them, and a page that says the name of the site. */
function programOf({ ctx, web }: Site): Program {
  return async (request) => {
    if (!/^\/(history)?$/.test(new URL(request.url).pathname)) return web.request(request)
    const { name } = await getPage(ctx.read)
    const html = `<!doctype html><title>${name}</title><main id="main"><h1>${name}</h1>${PADDING}</main>`
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'public, no-cache, stale-if-error=86400',
      'Content-Security-Policy': "default-src 'none'",
    }
    return new Response(html, { headers })
  }
}

/** What the cache does not answer. */
async function passOn(program: Program, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '', headers } = incoming
  const texts = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  const answer = await program(new Request(ORIGIN + url, { method, headers: texts }))
  response.writeHead(answer.status, [...answer.headers].flat())
  response.end(Buffer.from(await answer.arrayBuffer()))
}

const PADDING = '<p>All systems are working.</p>'.repeat(40)

async function ask(
  port: number,
  address: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> },
): Promise<Answer> {
  const asking = request({ host: '127.0.0.1', port, path: address, method, headers }).end()
  const [incoming] = await once(asking, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const encoding: string = incoming.headers['content-encoding'] ?? 'identity'
  const decode = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync }[encoding]
  const text = (decode && body.length > 0 ? decode(body) : body).toString()
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body, text }
}

function logInto(lines: string[]): Log {
  const write = (_: object, message: string) => lines.push(message)
  return { info: write, warn: write, error: write }
}
