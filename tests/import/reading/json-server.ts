import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base } from 'vitest'

/** What a path is answered with: JSON, a text, or whatever it does with the response. Anything else is 404. */
export type Answer = object | string | ((response: ServerResponse, request: IncomingMessage) => void)

export interface JsonServer {
  origin: string
  /** Every path that was asked for, in order, with its query. */
  asked: string[]
  /** The most requests that were in work at once. */
  atOnce: number
}

/** A real HTTP server for one test. */
export const test = base.extend<{ serve: (answers: Record<string, Answer>) => Promise<JsonServer> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  serve: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = []
    await use(async (answers) => {
      const told: JsonServer = { origin: '', asked: [], atOnce: 0 }
      let inWork = 0
      const server = createServer((request, response) => {
        inWork += 1
        told.atOnce = Math.max(told.atOnce, inWork)
        response.once('close', () => {
          inWork -= 1
        })
        const path = request.url ?? ''
        told.asked.push(path)
        const answer = answers[path]
        if (typeof answer === 'function') answer(response, request)
        else {
          response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
          response.end(typeof answer === 'object' ? JSON.stringify(answer) : answer)
        }
      })
      servers.push(server)
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      told.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      return told
    })
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  },
})
