import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { startHerd } from './herd.ts'

// What the other tests count with: a rate is for the quick mode, and none for the full one.

test.for([0, 1_000])(
  'a herd that asks %i times in a second counts what it is answered',
  async (perSecond, { onTestFinished }) => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end('Update 7.')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => server.closeAllConnections())
    onTestFinished(() => void server.close())
    const herd = startHerd(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 3, perSecond)
    onTestFinished(herd.kill)
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(20)
    const seen = await herd.end()
    expect(seen).toMatchObject({ statuses: { 200: seen.answers }, latest: 7, aged: 0, backward: 0 })
    expect(seen.answers).toBeGreaterThan(10)
  },
)
