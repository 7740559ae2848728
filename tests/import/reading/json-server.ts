import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base } from 'vitest'

/** What a path is answered with: JSON, a text, or whatever it does with the response. Anything else is 404. */
export type Answer = object | string | ((response: ServerResponse, request: IncomingMessage) => void)
export type Answers = Record<string, Answer>

export interface JsonServer {
  origin: string
  /** Every path that was asked for, in order, with its query. */
  asked: string[]
  /** The most requests that were in work at once. */
  atOnce: number
  close(): void
}

/** A real HTTP server on a port of its own. */
export async function startJsonServer(answers: Answers): Promise<JsonServer> {
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
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const told: JsonServer = { origin, asked: [], atOnce: 0, close }
  return told
}

/** Servers for one test. */
export const test = base.extend<{ serve: (answers: Answers) => Promise<JsonServer> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  serve: async ({}, use) => {
    const servers: JsonServer[] = []
    await use(async (answers) => {
      const server = await startJsonServer(answers)
      servers.push(server)
      return server
    })
    for (const server of servers) server.close()
  },
})
