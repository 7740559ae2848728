import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from './config.ts'

/** A running server; `stop` ends it and everything it started. */
export interface RunningServer {
  /** Where it listens, for instance `http://127.0.0.1:4321`. */
  address: string
  /** Stops listening and gives requests at hand up to ten seconds. */
  stop(): Promise<void>
}

const DRAIN_MS = 10_000

/**
 * Listens where the configuration says.
 * @throws Error with one clear sentence when the port is taken
 */
export async function startServer(config: Config, listener: RequestListener): Promise<RunningServer> {
  const server = createServer(limits, listener)
  await listen(server, config)
  const bound = server.address() as AddressInfo
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return { address: `http://${host}:${bound.port}`, stop: () => stop(server) }
}

/** A slow client may take so long for its header and for the whole request. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  // How often Node looks for who is too late; its own 30 s would be the real limit.
  connectionsCheckingInterval: 1_000,
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

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearTimeout(late)
}
