import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { RawAnswer } from './raw-answer.ts'

// The least that a node:http server can do: it reads one answer from standard input, gives it to every request, where
// it is "not modified" to those who have the tag, and writes the port on which it listens.
const { status, headers, body, ifNoneMatch } = (await json(process.stdin)) as RawAnswer
const bytes = Buffer.from(body, 'base64')
const server = createServer((request, response) => {
  if (ifNoneMatch !== null && request.headers['if-none-match'] !== ifNoneMatch) {
    response.writeHead(412).end()
    return
  }
  response.writeHead(status, headers)
  response.end(bytes.length === 0 ? undefined : bytes)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
