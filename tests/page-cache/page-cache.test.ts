import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, inject } from 'vitest'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { updatePage } from '../../src/domain/page.ts'
import { signOut } from '../../src/domain/staff/session-ends.ts'
import type { Tx } from '../../src/domain/tx.ts'
import { PageCache } from '../../src/page-cache/page-cache.ts'
import { namingSlow } from '../../src/page-cache/render.ts'
import type { Site } from '../support/site.ts'
import { signIn } from '../support/staff.ts'
import { type CachedSite, moveTable, type Program, test } from './cached-site.ts'

const FEED = '/history.rss'
const JSON_DOCUMENT = '/api/v2/incidents.json'

describe('making a document', () => {
  test('is named in the log when it takes long', async () => {
    const warned: unknown[] = []
    const silent = () => undefined
    const log = { info: silent, error: silent, warn: (...line: unknown[]) => warned.push(line) }
    const make = namingSlow(
      async (address) => {
        await delay(address === '/uptime' ? 300 : 0)
        return { status: 200, headers: [], body: Buffer.from('') }
      },
      log,
      250,
    )
    await make('/')
    await make('/uptime')
    expect(warned).toEqual([[{ address: '/uptime', ms: expect.any(Number) }, 'A page took long to make.']])
  })
})

const PICTURE = { 'Content-Type': 'image/png', 'Cache-Control': 'public, no-cache' }

describe('a document', () => {
  test('is made once, and then answered from memory with what it was made with', async ({ cached }) => {
    const first = await cached.ask('/')
    const second = await cached.ask('/')
    expect(cached.rendered).toEqual(['/'])
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text])
    const { date: _, ...headers } = second.headers
    expect(headers).toEqual({
      'cache-control': 'public, no-cache, stale-if-error=86400',
      connection: 'keep-alive',
      'content-length': String(first.body.length),
      'content-security-policy': "default-src 'none'",
      'content-type': 'text/html; charset=utf-8',
      etag: expect.stringMatching(/^"[\w-]+"$/),
      'keep-alive': expect.any(String),
      vary: 'accept-encoding',
    })
  })

  test('is told about without its bytes', async ({ cached }) => {
    const headers = { 'accept-encoding': 'br' }
    const { date: _, ...told } = (await cached.ask(FEED, { method: 'HEAD', headers })).headers
    const { headers: sent, body } = await cached.ask(FEED, { headers })
    expect(sent).toMatchObject(told)
    expect(told['content-length']).toBe(String(body.length))
    expect((await cached.ask(FEED, { method: 'HEAD', headers })).body.length).toBe(0)
    expect(cached.rendered).toEqual([FEED])
  })

  test.for([0, 1, 4_096, 4_097])(
    'of %i bytes of any kind arrives as it was made',
    async (length, { cached }) => {
      const bytes = Buffer.from(Array.from({ length }, (_, index) => index % 256))
      cached.instead(async () => new Response(bytes, { headers: PICTURE }))
      await cached.ask('/social.png')
      const { headers, body } = await cached.ask('/social.png')
      expect([body.equals(bytes), headers['content-length'], cached.rendered]).toEqual([
        true,
        String(length),
        ['/social.png'],
      ])
    },
  )

  test('is made once for a hundred readers who come at once', async ({ cached }) => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => cached.ask('/')))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(cached.rendered).toEqual(['/'])
  })

  test('that is not there is made once for all who ask at once, and not kept', async ({ cached }) => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    cached.instead(async () => {
      await gate
      return new Response('nothing here', { status: 404, headers: { 'Cache-Control': 'public' } })
    })
    const asking = Array.from({ length: 20 }, () => cached.ask('/nothing'))
    await delay(200)
    open()
    for (const { status, text } of await Promise.all(asking))
      expect([status, text]).toEqual([404, 'nothing here'])
    await cached.ask('/nothing')
    expect(cached.rendered).toEqual(['/nothing', '/nothing'])
    expect(cached.cache.size.entries).toBe(0)
  })

  test('is the same whatever stands in the address that no route reads', async ({ cached }) => {
    for (const address of ['/?utm_source=mail', '/?page=2', '//', '/./?x', '/a/../', '/?%00', 'http://any/'])
      expect([address, (await cached.ask(address)).status]).toEqual([address, 200])
    expect(cached.rendered).toEqual(['/'])
    await cached.ask('/%68istory?page=2&b=1&component=')
    await cached.ask('/history?a=1&page=2&page=3')
    await cached.ask('/history?component=x&page=2')
    for (const address of ['/uptime/abc.json', '/api/v2/components/abc/uptime.json', '/uptime/abc.html'])
      await cached.ask(`${address}?page=3&component=x`)
    expect(cached.rendered).toEqual([
      '/',
      '/history?page=2',
      '/history?component=x&page=2',
      '/uptime/abc.json?page=3',
      '/api/v2/components/abc/uptime.json?page=3',
      '/uptime/abc.html',
    ])
  })
})

describe('a document that is prepared', () => {
  test('is there in the form that most readers take before anybody asks', async ({ cached }) => {
    const made = await cached.cache.prepare('/')
    const answer = await cached.ask('/', { headers: { 'accept-encoding': 'br' } })
    expect([answer.text, answer.headers['content-encoding']]).toEqual([made?.toString(), 'br'])
    expect(cached.rendered).toEqual(['/'])
  })

  test.for([
    ['is not there', () => new Response(null, { status: 404 }), []],
    ['cannot be made', () => new Response(brokenOff()), ['A page could not be rendered.']],
  ] as const)('and %s keeps nobody from asking', async ([, program, said], { cached }) => {
    cached.instead(program)
    expect(await cached.cache.prepare('/')).toBeUndefined()
    expect(cached.log).toEqual(said)
    cached.instead(undefined)
    expect((await cached.ask('/')).status).toBe(200)
  })
})

describe('a reader who has a document', () => {
  test.for([
    ['its tag', (tag: string) => tag, 304],
    ['its tag, made weak on the way', (tag: string) => `W/${tag}`, 304],
    ['its tag among others', (tag: string) => `"other", W/"more" , ${tag}`, 304],
    ['anything', () => '*', 304],
    ['its tag in another encoding', (tag: string) => tag.replace(/"$/, '-gzip"'), 304],
    ['another tag', () => '"other"', 200],
    ['half of its tag', (tag: string) => `${tag.slice(0, 9)}"`, 200],
    ['nothing', () => '', 200],
  ] as const)('and sends %s', async ([, given, status], { site, cached }) => {
    await openTrouble(site)
    const { headers } = await cached.ask(JSON_DOCUMENT)
    const again = await cached.ask(JSON_DOCUMENT, {
      headers: { 'if-none-match': given(headers.etag ?? ''), 'accept-encoding': 'br' },
    })
    expect(again.status).toBe(status)
    const tagOfEncoding = headers.etag?.replace(/"$/, '-br"')
    expect(again.headers).toMatchObject({
      etag: tagOfEncoding,
      vary: 'accept-encoding',
      'cache-control': headers['cache-control'],
      'access-control-allow-origin': '*',
    })
    if (status === 304) {
      expect([again.body.length, again.headers['content-type'], again.headers['content-length']]).toEqual([
        0,
        undefined,
        undefined,
      ])
    }
  })
})

describe('an encoding', () => {
  test.for([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate, zstd', 'zstd'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.2, gzip;q=0.8', 'gzip'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['gzip;q=0', 'identity'],
    ['identity', 'identity'],
    ['deflate', 'identity'],
    ['BR', 'br'],
    ['', 'identity'],
    [undefined, 'identity'],
    [`${'x'.repeat(300)}, br`, 'br'],
  ] as const)('for %s is %s', async ([accepted, encoding], { site, cached }) => {
    await openTrouble(site)
    const plain = await cached.ask(FEED)
    const headers: Record<string, string> = accepted === undefined ? {} : { 'accept-encoding': accepted }
    const answer = await cached.ask(FEED, { headers })
    expect(answer.headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(answer.text).toBe(plain.text)
    if (encoding === 'identity') expect(answer.headers.etag).toBe(plain.headers.etag)
    else {
      expect(answer.headers.etag).not.toBe(plain.headers.etag)
      expect(answer.body.length).toBeLessThan(plain.body.length)
    }
    expect(cached.rendered).toEqual([FEED])
  })

  test('is spared for images, which are the same for everybody', async ({ cached }) => {
    const { headers, body } = await cached.ask('/social.png', { headers: { 'accept-encoding': 'br' } })
    expect([headers['content-type'], headers['content-encoding'], headers.vary]).toEqual([
      'image/png',
      undefined,
      undefined,
    ])
    expect(body.subarray(1, 4).toString()).toBe('PNG')
  })
})

describe('a write', () => {
  test('from another connection is seen by the next reader, and rendered once for each address', async ({
    site,
    cached,
  }) => {
    for (let round = 1; round <= 5; round += 1) {
      await rename(site, `Round ${round}`)
      const answers = await Promise.all(Array.from({ length: 10 }, () => cached.ask('/')))
      for (const { text } of answers) expect(text).toContain(`<h1>Round ${round}</h1>`)
      expect(cached.rendered.length).toBe(round)
    }
  })

  test('that changes nothing of a document leaves its tag, so that readers keep what they have', async ({
    site,
    cached,
  }) => {
    const before = await cached.ask('/')
    await openTrouble(site)
    const etag = before.headers.etag ?? ''
    expect((await cached.ask('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect(cached.rendered).toEqual(['/', '/'])
  })

  test('that tells of staff alone, as a sign-in does, makes nothing anew', async ({ site, cached }) => {
    await cached.ask('/')
    const write = <Result>(work: (tx: Tx) => Promise<Result>) => site.as('administrator', work)
    const { staffId, sessionId } = await signIn(write, 'viewer', { origin: site.ctx.config.url })
    await write((tx) => signOut(tx, staffId, sessionId))
    await cached.ask('/')
    expect(cached.rendered).toEqual(['/'])
  })

  test('while a document is made is seen by whoever comes after it', async ({ site, cached }) => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    cached.instead(async () => {
      begin()
      await gate
      return new Response('of before', {
        headers: { 'Cache-Control': 'public', 'Content-Type': 'text/plain' },
      })
    })
    const early = cached.ask('/')
    await begun
    cached.instead(undefined)
    await rename(site, 'Renamed')
    expect((await cached.ask('/')).text).toContain('Renamed')
    open()
    expect((await early).text).toBe('of before')
    expect((await cached.ask('/')).text).toContain('Renamed')
    expect(cached.rendered).toEqual(['/', '/'])
  })

  // On SQLite requests that come together share a look; on PostgreSQL each waits for a question asked after it came.
  if (inject('engine') === 'sqlite')
    test('is seen by a request that was sent behind another one on the same connection', async ({
      site,
      cached,
    }) => {
      await cached.ask('/')
      const [first, second] = [await openReader(cached), await openReader(cached)]
      const other = new BetterSqlite(site.ctx.config.database.slice('file:'.length))
      cached.server.once('request', () => {
        // One of the two has been answered, and the other is still to be read.
        other.exec(`update page set name = 'Renamed', version = version + 1`)
        for (const reader of [first, second]) reader.ask()
      })
      first.ask()
      second.ask()
      const [one, two] = await Promise.all([first.answers(2), second.answers(2)])
      expect([one[1], two[1]]).toEqual(['Renamed', 'Renamed'])
      other.close()
    })
})

/** A connection on which requests are sent one behind the other, without waiting for answers. */
async function openReader({ server }: CachedSite) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await Promise.all([once(socket, 'connect'), once(server, 'connection')])
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes
  })
  return {
    ask: () => socket.write('GET / HTTP/1.1\r\nHost: status.example\r\n\r\n'),
    /** The titles of so many pages. */
    answers: async (count: number) => {
      const titles = () => [...text.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title)
      while (titles().length < count) await once(socket, 'data')
      socket.destroy()
      return titles()
    },
  }
}

describe('time', () => {
  test('that changes the page by itself makes documents anew, and only then', async ({ site, cached }) => {
    site.clock.set('2026-11-12T23:00:00+05:30')
    await cached.ask('/')
    site.clock.set('2026-11-12T23:59:59.999+05:30')
    await cached.ask('/')
    expect(cached.rendered.length).toBe(1)
    site.clock.set('2026-11-13T00:00:00+05:30')
    await cached.ask('/')
    await cached.ask('/')
    expect(cached.rendered.length).toBe(2)
    // A clock that is set back: what was rendered speaks of a day that is still to come.
    site.clock.set('2026-11-12T22:00:00+05:30')
    await cached.ask('/')
    expect(cached.rendered.length).toBe(3)
  })
})

describe('what is not for everybody', () => {
  test.for([
    ['the admin API', '/api/admin/v1/me', {}],
    ['the admin API in other letters', '/%61pi/./admin/v1/me', {}],
    ['Statuspage’s API, also with its token in the address', '/v1/pages?api_key=x', {}],
    ['a private address', '/private/0123456789abcdef', {}],
    ['a private address in capitals', '/PRIVATE/0123456789abcdef', {}],
    ['a private address by a detour', '/x/../private/0123456789abcdef', {}],
    ['the console', '/admin', {}],
    ['the health of the process', '/healthz', {}],
    ['what is asked for with a token', '/', { authorization: 'Bearer x' }],
    ['what is asked for by somebody signed in over http', '/', { cookie: 'avow-over-http=x' }],
    ['what is asked for by somebody signed in', '/', { cookie: 'a=b; __Host-avow=x' }],
  ] as const)('is answered anew each time: %s', async ([, address, headers], { cached }) => {
    await cached.ask(address, { headers })
    await cached.ask(address, { headers })
    expect(cached.passedOn.length).toBe(2)
    expect(cached.rendered).toEqual([])
    expect(cached.cache.size.entries).toBe(0)
  })

  describe('of the build', () => {
    const file = {
      key: '/_astro/console.css',
      body: Buffer.from('p{}'),
      headers: [['content-type', 'text/css']] as [string, string][],
      pageId: null,
      stateId: null,
      timeZone: 'UTC',
      madeAt: 0,
    }
    test.override({ settings: { builtFiles: [file] } })
    test('is a file all the same, which those who have signed in get as everybody does', async ({
      cached,
    }) => {
      const { status, text } = await cached.ask(file.key, { headers: { cookie: '__Host-avow=x' } })
      expect([status, text, cached.passedOn]).toEqual([200, 'p{}', []])
    })
  })

  test('a cookie of another host changes nothing', async ({ cached }) => {
    await cached.ask('/', { headers: { cookie: 'theirs=1; avow=2' } })
    await cached.ask('/')
    expect(cached.rendered).toEqual(['/'])
  })

  test.for(['private, no-store', 'public, no-store', 'private', ''])(
    'is not kept at any address when it says “%s”',
    async (cacheControl, { cached }) => {
      const headers = { 'Cache-Control': cacheControl, 'Set-Cookie': 'a=b' }
      cached.instead(() => new Response('for one reader', { headers }))
      for (let time = 0; time < 2; time += 1) {
        const { headers, text } = await cached.ask('/somewhere')
        expect([headers['set-cookie'], text]).toEqual([undefined, 'for one reader'])
      }
      expect(cached.rendered.length).toBe(2)
      expect(cached.cache.size.entries).toBe(0)
    },
  )

  test('goes past when it is more than a question', async ({ cached }) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) await cached.ask('/', { method })
    expect(cached.passedOn).toEqual(['/', '/', '/', '/'])
  })
})

describe('bounds', () => {
  const small = test.extend({ settings: { maxBytes: 40_000, maxEntryBytes: 20_000 } })

  small('what was asked for least recently goes first', async ({ cached }) => {
    const page = (number: number) => `/history?page=${number}`
    for (let number = 1; number <= 6; number += 1) {
      await cached.ask(page(number))
      await cached.ask(page(1))
    }
    expect(cached.cache.size.bytes).toBeLessThanOrEqual(40_000)
    const { entries } = cached.cache.size
    expect(entries).toBeGreaterThan(2)
    expect(entries).toBeLessThan(6)
    cached.rendered.length = 0
    await cached.ask(page(1))
    await cached.ask(page(6))
    expect(cached.rendered).toEqual([])
    await cached.ask(page(2))
    expect(cached.rendered).toEqual([page(2)])
    // The disk has what the memory has.
    const { entries: kept } = cached.cache.size
    await cached.cache.close()
    expect(readdirSync(cached.folder).filter((file) => file.endsWith('.page')).length).toBe(kept)
  })

  small('what is too large is served and not kept', async ({ cached }) => {
    const headers = { 'Cache-Control': 'public', 'Content-Type': 'text/plain' }
    cached.instead(() => new Response('x'.repeat(20_001), { headers }))
    expect((await cached.ask('/large')).text.length).toBe(20_001)
    await cached.ask('/large', { headers: { 'accept-encoding': 'br' } })
    expect(cached.rendered).toEqual(['/large', '/large'])
    expect(cached.cache.size.entries).toBe(0)
  })
})

describe('when a document cannot be made', () => {
  const hasty = test.extend({ settings: { patienceMs: 100 } })
  const FAILURES: Record<string, Program> = {
    'the program answers 500': () => new Response('a fault', { status: 500 }),
    'it breaks off': () => new Response(brokenOff()),
    'it takes for ever': () => new Promise(() => undefined),
  }

  hasty.for(Object.entries(FAILURES))(
    'because %s, the last good one is served with its age',
    async ([, failing], { site, cached }) => {
      site.clock.set('2026-11-12T12:00:00+05:30')
      const [page, feed] = [await cached.ask('/'), await cached.ask(FEED)]
      site.clock.set('2026-11-12T12:10:00+05:30')
      // Asked for and found good: that is what its age counts from.
      await cached.ask('/')
      site.clock.set('2026-11-12T12:11:30+05:30')
      await rename(site, 'Renamed')
      cached.instead(failing)
      const [stalePage, staleFeed] = [await cached.ask('/'), await cached.ask(FEED)]
      for (const { status, headers } of [stalePage, staleFeed]) {
        expect([status, headers.age, headers['cache-status']]).toEqual([200, '90', 'Avow; hit; ttl=-90'])
      }
      expect(staleFeed.text).toBe(feed.text)
      const notice =
        '<div class="stale-notice" role="status"><p class="wrap small">This page could not be brought up to date. ' +
        'It shows the state of <time datetime="2026-11-12T06:40:00Z" data-as="year">Thursday 12 November 2026, 12:10 IST (06:40 UTC)</time>.</p></div>'
      expect(stalePage.text).toBe(page.text.replace('<main id="main">', `<main id="main">${notice}`))
      // Whoever has the page without the sentence gets it, once.
      expect(stalePage.headers.etag).not.toBe(page.headers.etag)
      const again = await cached.ask('/', { headers: { 'if-none-match': stalePage.headers.etag ?? '' } })
      expect(again.status).toBe(304)

      cached.instead(undefined)
      await expect
        .poll(async () => (await cached.ask('/')).text, { timeout: 3_000 })
        .toContain('<h1>Renamed</h1>')
      expect((await cached.ask('/')).headers.age).toBeUndefined()
    },
  )

  test('it is not tried at every request, but at once when something is written', async ({
    site,
    cached,
  }) => {
    await cached.ask('/')
    await rename(site, 'Renamed')
    cached.instead(() => new Response(null, { status: 500 }))
    for (let time = 0; time < 20; time += 1) await cached.ask('/')
    expect(cached.rendered.length).toBe(2)
    await rename(site, 'Renamed again')
    cached.instead(undefined)
    expect((await cached.ask('/')).text).toContain('Renamed again')
  })

  test('and there is nothing to serve instead, the fault is served and not kept', async ({ cached }) => {
    cached.instead(() => new Response('a fault', { status: 500, headers: { 'Content-Type': 'text/html' } }))
    expect(await cached.ask('/')).toMatchObject({ status: 500, text: 'a fault' })
    cached.instead(() => new Response(brokenOff()))
    expect((await cached.ask('/')).status).toBe(500)
    cached.instead(undefined)
    expect((await cached.ask('/')).status).toBe(200)
  })

  test('a document that is gone is gone, not stale', async ({ site, cached }) => {
    await cached.ask('/')
    await rename(site, 'Renamed')
    cached.instead(() => new Response('nothing here', { status: 404 }))
    expect((await cached.ask('/')).status).toBe(404)
    cached.instead(() => new Response(null, { status: 500 }))
    expect((await cached.ask('/')).status).toBe(500)
  })
})

/** Half a document. */
function brokenOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from('<!doctype html><title>')),
    pull: (controller) => controller.error(new Error('The page broke off.')),
  })
}

const LAST_PAGES = {
  status: 200,
  text: 'ready: the database cannot be asked; the last pages are served with their age\n',
}

describe('when the database cannot be asked', () => {
  test('and there is no page either, nobody should come', async ({ site, cached }) => {
    expect(await cached.ask('/readyz')).toMatchObject({
      status: 200,
      text: 'ready\n',
      headers: { 'cache-control': 'no-store' },
    })
    await moveTable(site, 'page', 'lost')
    expect(await cached.ask('/readyz?x', { method: 'HEAD' })).toMatchObject({ status: 503, text: '' })
    expect(await cached.ask('/readyz')).toMatchObject({
      status: 503,
      text: expect.stringMatching(/^not ready/),
    })
    expect(cached.passedOn).toEqual([])
    await moveTable(site, 'lost', 'page')
  })

  test('the last good documents are served with their age, and the log says it once', async ({
    site,
    cached,
  }) => {
    const kept = await cached.ask(FEED)
    await moveTable(site, 'page', 'lost')
    site.clock.advance({ minutes: 2 })
    for (let time = 0; time < 3; time += 1) {
      const { status, text, headers } = await cached.ask(FEED)
      expect([status, text, headers.age]).toEqual([200, kept.text, '120'])
    }
    expect(cached.log.filter((line) => line.startsWith('The database cannot be asked'))).toHaveLength(1)
    // There is something to serve: a proxy in front of several such processes must not take all of them out.
    expect(await cached.ask('/readyz')).toMatchObject(LAST_PAGES)
    await moveTable(site, 'lost', 'page')
    await expect.poll(async () => (await cached.ask(FEED)).headers.age).toBeUndefined()
  })
})

describe('a start without a database', () => {
  test('serves what an earlier run has left on disk, and is ready for readers', async ({ site, cached }) => {
    site.clock.set('2026-11-12T12:00:00+05:30')
    await openTrouble(site)
    const [page, feed] = [await cached.ask('/'), await cached.ask(FEED)]
    await cached.ask('/private/0123456789abcdef')
    await cached.ask('/', { headers: { authorization: 'Bearer x' } })
    // It is as old as the moment at which somebody has last found it good.
    site.clock.set('2026-11-12T12:30:00+05:30')
    await cached.ask('/uptime')
    const alone = await cached.restart({ connected: false })
    site.clock.set('2026-11-12T13:00:00+05:30')
    const stale = await alone.ask('/', { headers: { 'accept-encoding': 'br' } })
    expect(stale).toMatchObject({ status: 200, headers: { age: '1800', 'content-encoding': 'br' } })
    expect(stale.text).toContain('It shows the state of <time datetime="2026-11-12T07:00:00Z"')
    expect(stale.text.replace(/<div class="stale-notice".*?<\/div>/, '')).toBe(page.text)
    expect((await alone.ask(FEED)).text).toBe(feed.text)
    const statusOf = async (address: string, method = 'GET') => (await alone.ask(address, { method })).status
    expect(await Promise.all(['/healthz', '/uptime'].map((address) => statusOf(address)))).toEqual([200, 503])
    expect(await alone.ask('/readyz')).toMatchObject(LAST_PAGES)
    const write = await alone.ask('/api/admin/v1/incidents', { method: 'POST' })
    expect([write.status, write.headers['content-type'], write.headers['retry-after']]).toEqual([
      503,
      'application/problem+json',
      '10',
    ])
    expect(alone.rendered).toEqual([])
  })

  test('has files that only their owner can read, and none that is half written', async ({ cached }) => {
    await cached.ask('/')
    await cached.ask(FEED)
    await cached.cache.close()
    const files = readdirSync(cached.folder)
    expect(files.length).toBe(3)
    expect(statSync(cached.folder).mode & 0o777).toBe(0o700)
    for (const file of files) {
      expect(file).toMatch(/^([0-9a-f]{32}\.page|confirmed\.json)$/)
      expect(statSync(path.join(cached.folder, file)).mode & 0o777).toBe(0o600)
    }
  })

  test('clears away what a process that was killed has left half written, and nothing else', async ({
    cached,
  }) => {
    await cached.ask('/')
    const name = '0'.repeat(32)
    // Above the largest number that a process can have.
    const dead = 4_194_305
    const others = [`${name}.page.${process.pid}.unfinished`, 'notes.txt']
    for (const file of [...others, `${name}.page.${dead}.unfinished`, `confirmed.json.${dead}.unfinished`])
      writeFileSync(path.join(cached.folder, file), 'half')
    const again = await cached.restart({ connected: false })
    const left = readdirSync(again.folder).filter(
      (file) => !/^([0-9a-f]{32}\.page|confirmed\.json)$/.test(file),
    )
    expect(left.sort()).toEqual(others.sort())
  })

  test('serves nothing of a file that is damaged', async ({ cached }) => {
    await cached.ask('/')
    await cached.ask(FEED)
    await cached.cache.close()
    for (const file of readdirSync(cached.folder)) {
      const whole = path.join(cached.folder, file)
      if (readFileSync(whole, 'utf8').includes('"key":"/"')) truncateSync(whole, statSync(whole).size - 1)
    }
    const alone = await cached.restart({ connected: false })
    expect([(await alone.ask('/')).status, (await alone.ask(FEED)).status]).toEqual([503, 200])
  })

  test('makes everything anew as soon as there is one', async ({ site, cached }) => {
    await cached.ask('/')
    await rename(site, 'Renamed')
    const again = await cached.restart({ connected: true })
    expect((await again.ask('/')).text).toContain('Renamed')
    expect(again.rendered).toEqual(['/'])
  })

  test('forgets the pages of another database', async ({ site, cached }) => {
    await cached.ask('/')
    await site.as('administrator', (tx) => tx.db.updateTable('page').set({ id: 'another' }).execute())
    const again = await cached.restart({ connected: true })
    again.instead(() => new Response(null, { status: 500 }))
    expect((await again.ask('/')).status).toBe(500)
  })

  test('is survived by a cache whose folder cannot be written', async ({ site }) => {
    const said: string[] = []
    const write = (_: object, message: string) => said.push(message)
    const log = { info: write, warn: write, error: write }
    const cache = await PageCache.open({
      folder: '/dev/null/pages',
      builtFiles: [],
      log,
      now: site.clock.now,
    })
    expect([cache.hasPages, said.length]).toEqual([false, 1])
    await cache.close()
  })
})

function rename(site: Site, name: string): Promise<void> {
  return site.as('administrator', (tx) => updatePage(tx, { name }))
}

function openTrouble(site: Site): Promise<string> {
  return site.as('responder', (tx) =>
    openIncident(tx, { name: 'Card payments fail', body: 'We are looking into it. '.repeat(20) }),
  )
}
