import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hono } from 'hono'

/** Serves the HTTP surface of a page on a port of its own, for what asks over a real connection. */
export async function serveWeb(web: Hono): Promise<{ origin: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const answer = await web.request(request.url ?? '/')
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
