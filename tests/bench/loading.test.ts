import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { BenchFailure } from '../../bench/bench.ts'
import { loaded } from '../../bench/loading.ts'

test('a load is told with its requests and times, and is none where something is refused', async () => {
  let answered = 0
  const server = createServer(({ url, headers }, response) => {
    if (url === '/' && headers.accept === 'text/plain') answered += 1
    response.writeHead(url === '/' ? 200 : 503).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const headers = { accept: 'text/plain' }
  const [good, refused] = await Promise.allSettled([
    loaded([process.pid], origin, headers, 1),
    loaded([process.pid], `${origin}/refused`, headers, 1),
  ])
  server.closeAllConnections()
  server.close()
  if (good.status === 'rejected') throw good.reason
  const { requests, seconds, p50Ms, p99Ms } = good.value
  expect(requests).toBeGreaterThan(0)
  // What is on its way at the end counts for neither.
  expect(answered - requests).toBeLessThanOrEqual(64)
  expect(seconds).toBeGreaterThanOrEqual(0.9)
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms)
  expect(p50Ms).toBeGreaterThan(0)
  expect(refused).toMatchObject({ reason: expect.any(BenchFailure) })
})
