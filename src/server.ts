import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from './config.ts'
import type { Readiness } from './readiness.ts'

/** A running server; `stop` ends it and everything it started. */
export interface RunningServer {
  /** Where it listens, for instance `http://127.0.0.1:4321`. */
  address: string
  /** Says that it is not ready, then stops listening; requests at hand get up to ten seconds in all. */
  stop(): Promise<void>
}

/** Who comes beyond that is refused at once: each costs memory, and a file of those that a process may have open. */
const MAX_CONNECTIONS = 10_000
const DRAIN_MS = 10_000
/** So long it says that it is not ready and serves all the same. */
const NOTICE_MS = 1_000

/**
 * Listens where the configuration says, until it is stopped; `readiness` hears of that first.
 * @throws Error with one clear sentence when the port is taken
 */
export async function startServer(
  config: Pick<Config, 'host' | 'port'>,
  listener: RequestListener,
  readiness: Pick<Readiness, 'end'>,
  { maxConnections = MAX_CONNECTIONS } = {},
): Promise<RunningServer> {
  const server = createServer(settings, listener)
  server.maxConnections = maxConnections
  await listen(server, config)
  const bound = server.address() as AddressInfo
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return { address: `http://${host}:${bound.port}`, stop: () => stop(server, readiness) }
}

const settings = {
  // Nearly all requests have no body: for those there is no stream to begin, to drain and to end.
  optimizeEmptyRequests: true,
  // A slow client may take so long for its header and for the whole request.
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  // How often Node looks for who is too late; its own 30 s would be the real limit.
  connectionsCheckingInterval: 1_000,
}

async function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} on ${host} is taken. Set AVOW_PORT to another one.`, { cause: error })
  }
}

async function stop(server: Server, readiness: Pick<Readiness, 'end'>): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  readiness.end()
  await delay(NOTICE_MS)
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  await closed
  clearTimeout(late)
}
