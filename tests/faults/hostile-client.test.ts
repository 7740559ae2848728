import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Readiness } from '../../src/readiness.ts'
import { startServer } from '../../src/server.ts'
import { post } from '../support/admin-client.ts'
import { inspect, makePage, type Page } from '../support/page.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { report, times } from './extent.ts'

// F18 to F21: clients that are slow, lie or mean harm, and a program that shall end.

let page: Page
let program: RunningProgram
beforeAll(async () => {
  page = await makePage('sqlite')
  program = await startProgram(page.url)
})
afterAll(async () => {
  await program.kill()
  await page.remove()
})

test('F18: clients beyond a number are refused, until one of the others goes', async ({ onTestFinished }) => {
  const server = await startServer(
    { host: '127.0.0.1', port: 0 },
    (_, response) => response.end('served'),
    new Readiness(async () => 'page'),
    { maxConnections: 3 },
  )
  onTestFinished(server.stop)
  const idle = await Promise.all([1, 2, 3].map(() => opened('', server.address)))
  const became: string[] = []
  for (let number = 0; number < 5; number += 1) {
    const client = await opened('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', server.address)
    became.push(
      await new Promise((resolve) => {
        client.once('data', () => resolve('served'))
        client.once('close', () => resolve('refused'))
      }),
    )
  }
  for (const client of idle) client.destroy()
  await expect
    .poll(() =>
      fetch(server.address).then(
        (it) => it.text(),
        () => 'refused',
      ),
    )
    .toBe('served')
  report('F18 too many connections', {
    clients: idle.length + became.length,
    refused: became.filter((it) => it === 'refused').length,
  })
  expect(became).toEqual(Array(5).fill('refused'))
})

// Each waits for a limit of its own, so they wait at the same time.
describe.concurrent('F18: a client that drips', () => {
  const DRIPPERS = times({ quick: 50, full: 500 })

  test('is cut off, and keeps nobody else waiting', async () => {
    const startedAt = performance.now()
    const clients = await Promise.all(Array.from({ length: DRIPPERS }, () => dripping('GET / HTTP/1.1\r\n')))
    let longest = 0
    for (let read = 0; read < 20; read += 1) {
      const readAt = performance.now()
      expect((await fetch(`${program.origin}/healthz`)).status).toBe(200)
      longest = Math.max(longest, performance.now() - readAt)
      await delay(50)
    }
    await Promise.all(clients.map(({ closed }) => closed))
    const ms = performance.now() - startedAt
    report('F18 slow headers', {
      clients: DRIPPERS,
      'ms until the last was cut off': Math.round(ms),
      'ms longest read': Math.round(longest),
    })
    expect(ms).toBeLessThan(14_000)
    expect(longest).toBeLessThan(1_000)
  })

  test('its body is cut off, without any effect', async () => {
    const startedAt = performance.now()
    const client = await dripping(head({ 'Content-Length': '200' }))
    await client.closed
    const ms = performance.now() - startedAt
    report('F18 slow body', { 'ms until it was cut off': Math.round(ms) })
    expect(ms).toBeLessThan(24_000)
    expect(await incidents()).toBe(0)
  })

  test('keeps a program that is told to end for ten seconds, which says first that it is not ready (F21)', async ({
    onTestFinished,
  }) => {
    const other = await makePage('sqlite')
    onTestFinished(other.remove)
    const own = await startProgram(other.url)
    const slow = await dripping(head({ 'Content-Length': '34' }, other.secret), own.origin)
    const startedAt = performance.now()
    const stopped = own.stop()
    const readyz = await notReady(own.origin)
    // Whoever has not heard of it yet is still served.
    const posted = await post({ origin: own.origin, secret: other.secret }, '/incidents', {
      name: 'a',
      body: 'b',
    })
    expect([readyz, posted.status]).toEqual(['not ready: the program ends\n', 201])
    expect(await stopped).toBe(0)
    const ms = performance.now() - startedAt
    slow.end()
    report('F21 SIGTERM with a slow client', { 'ms until it ended': Math.round(ms) })
    expect(ms).toBeLessThan(11_500)
  })
})

describe('F19: a body', () => {
  test.for<{ name: string; headers: Record<string, string>; body: string }>([
    { name: 'too large by its own word', headers: { 'Content-Length': String(70_000) }, body: '' },
    {
      name: 'too large in chunks, without end',
      headers: { 'Transfer-Encoding': 'chunked' },
      body: chunks(20),
    },
    { name: 'in one huge chunk', headers: { 'Transfer-Encoding': 'chunked' }, body: chunk(1_000_000) },
  ])('$name is answered 413 before any effect', async ({ headers, body }) => {
    const answer = await answerTo(head(headers) + body)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('application/problem+json')
    expect(await incidents()).toBe(0)
  })

  test.for([
    { name: 'with two lengths', head: 'Content-Length: 5\r\nContent-Length: 6\r\n' },
    { name: 'with a length and chunks', head: 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n' },
    { name: 'with a length that is no number', head: 'Content-Length: 5x\r\n' },
  ])('$name is refused before any effect', async ({ head: lines }) => {
    const text = head({}).replace('\r\n\r\n', `\r\n${lines}\r\n`)
    expect(await answerTo(`${text}{"name":"Slow","body":"Looking."}`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await incidents()).toBe(0)
  })

  test.each([
    { type: 'application/json', to: '/api/admin/v1/incidents', status: 400 },
    { type: 'application/x-www-form-urlencoded', to: '/v1/pages/0/incidents', status: 404 },
    { type: 'application/x-www-form-urlencoded', to: '/admin/sign-in', status: 403 },
  ])(
    'a request to $to that says nothing of a body has none, and is answered',
    async ({ type, to, status }) => {
      const text = head({ 'Content-Type': type, Connection: 'close' }).replace('/api/admin/v1/incidents', to)
      expect(await answerTo(text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(await incidents()).toBe(0)
    },
  )
})

describe('F20: hostile JSON', () => {
  const BODIES: [string, string][] = [
    ['depth', `{"metadata":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['depth of objects', `${'{"a":'.repeat(10_000)}1}`],
    ['__proto__', '{"name":"a","body":"b","metadata":{"__proto__":{"admin":true}}}'],
    ['1e400', '{"name":"a","body":"b","metadata":{"a":1e400}}'],
    ['NUL', '{"name":"a\\u0000","body":"b"}'],
    ['half a surrogate pair', '{"name":"\\ud800","body":"b"}'],
    ['the same name twice', '{"name":"a","name":"c","body":"b"}'],
    ['thousands of names', `{${Array.from({ length: 5_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
    ['text that is cut off', '{"name":"a'],
    ['backslashes', `{"name":"${'\\\\'.repeat(30_000)}`],
  ]

  test('is refused at once, one way as another', async () => {
    const durations: [number, string][] = []
    for (const [name, body] of BODIES) {
      // The best of five: what the machine does besides is no part of the answer.
      let best = Number.POSITIVE_INFINITY
      for (let time = 0; time < 5; time += 1) {
        const startedAt = performance.now()
        const response = await fetch(`${program.origin}/api/admin/v1/incidents`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${page.secret}`, 'Content-Type': 'application/json' },
          body,
        })
        await response.arrayBuffer()
        best = Math.min(best, performance.now() - startedAt)
        expect([name, [400, 422].includes(response.status)]).toEqual([name, true])
      }
      durations.push([best, name])
    }
    const [longest, name] = durations.sort(([a], [b]) => b - a)[0] ?? [0, '']
    report('F20 hostile JSON', {
      bodies: BODIES.length,
      [`ms for ${name}, the longest`]: Math.round(longest),
    })
    expect(longest).toBeLessThan(50)
    expect(await incidents()).toBe(0)
  })
})

/** What it says when it is not ready; the signal may take a moment to arrive. */
async function notReady(origin: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${origin}/readyz`)
    const said = await response.text()
    if (response.status === 503) return said
  }
}

async function incidents(): Promise<number> {
  const rows = await inspect(page.url, (ctx) => ctx.read.selectFrom('incident').select('id').execute())
  return rows.length
}

function head(headers: Record<string, string>, secret = page.secret): string {
  const all = {
    Host: 'localhost',
    Authorization: `Bearer ${secret}`,
    'Content-Type': 'application/json',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST /api/admin/v1/incidents HTTP/1.1\r\n${lines.join('')}\r\n`
}

function chunk(bytes: number): string {
  return `${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`
}

/** Chunks of ten thousand bytes, and never the last one. */
function chunks(count: number): string {
  return chunk(10_000).repeat(count)
}

async function opened(text: string, origin = program.origin): Promise<Socket> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  // It may be cut off while it still writes, which is what these clients are for.
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** Sends one byte in a second until it is cut off. */
async function dripping(text: string, origin?: string): Promise<{ closed: Promise<unknown>; end(): void }> {
  const socket = await opened(text, origin)
  const drip = setInterval(() => socket.write('a'), 1_000)
  socket.resume()
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      clearInterval(drip)
      resolve()
    })
  })
  return { closed, end: () => void socket.destroy() }
}

/** Everything that comes back until the other side has said its answer. */
async function answerTo(text: string): Promise<string> {
  const socket = await opened(text)
  const [first] = await once(socket, 'data')
  socket.destroy()
  return String(first)
}
