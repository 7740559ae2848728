import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import serveStatic from 'serve-static'
import type { Config } from './config.ts'
import { hideSecret } from './lib/private-address.ts'
import { Readiness } from './readiness.ts'

/** A running server; `stop` ends it and everything it started. */
export interface RunningServer {
  /** Where it listens, for instance `http://127.0.0.1:4321`. */
  address: string
  /** Says that it is not ready, then stops listening; requests at hand get up to ten seconds in all. */
  stop(): Promise<void>
}

type Handler = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void

const DRAIN_MS = 10_000
/** So long it says that it is not ready and serves all the same. */
const NOTICE_MS = 1_000

/**
 * Serves the built site: hashed files straight from `dist/client`, everything else through the bundle that Astro made
 * of `src/fetch.ts`.
 * @throws Error with one clear sentence when the site is not built or the port is taken
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const handler = await loadHandler()
  const files = serveStatic(path.resolve('dist/client'), {
    index: false,
    redirect: false,
    setHeaders: cacheHashedFiles,
  })
  const readiness = new Readiness()
  const server = createServer(limits, (request, response) => {
    hideSecret(request)
    if (readiness.refuses(request, response)) return
    files(request, response, () => handler(request, response))
  })
  await listen(server, config)
  const bound = server.address() as AddressInfo
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  const address = `http://${host}:${bound.port}`
  await warmUp(address)
  return { address, stop: () => stop(server, readiness) }
}

/** A slow client may take so long for its header and for the whole request. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  // How often Node looks for who is too late; its own 30 s would be the real limit.
  connectionsCheckingInterval: 1_000,
}

async function loadHandler(): Promise<Handler> {
  const entry = path.resolve('dist/server/entry.mjs')
  try {
    const bundle = (await import(pathToFileURL(entry).href)) as { handler: Handler }
    return bundle.handler
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error('The site is not built yet. Run `npm run build` first.', { cause: error })
  }
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} on ${host} is taken. Set AVOW_PORT to another one.`, { cause: error })
  }
}

/** Draws the page once, so that the first reader does not wait for modules, fonts and statements to be made ready. */
async function warmUp(address: string): Promise<void> {
  const response = await fetch(address)
  await response.arrayBuffer()
}

async function stop(server: Server, readiness: Readiness): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  readiness.end()
  await delay(NOTICE_MS)
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  await closed
  clearTimeout(late)
}

/** Names with a hash never change their content; the others are asked for again. */
function cacheHashedFiles(response: ServerResponse, file: string): void {
  response.setHeader(
    'Cache-Control',
    file.includes(`${path.sep}_astro${path.sep}`)
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=3600',
  )
  response.setHeader('X-Content-Type-Options', 'nosniff')
}
