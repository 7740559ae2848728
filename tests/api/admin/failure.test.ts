import { DomainError } from '../../../src/errors.ts'
import { createWeb } from '../../../src/web.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { clientOf, send, writer } from './client.ts'

/** The same site, with writes that fail in this way. */
function failing(site: Site, error: Error, logged: unknown[] = []): Site {
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (details: object) => logged.push(details),
  }
  const ctx = { ...site.ctx, write: () => Promise.reject(error), log }
  return { ...site, ctx, web: createWeb(ctx) }
}

describe('a failure of our own', () => {
  test('tells the client a number and the log everything', async ({ site }) => {
    const { secret } = await writer(site)
    const logged: { requestId?: string; error?: Error }[] = []
    const broken = failing(site, new Error('column "secret_thing" does not exist'), logged)
    const answer = await send(broken, 'POST', '/incidents', {
      token: secret,
      body: { name: 'Slow', body: 'Looking.' },
    })
    expect(answer.status).toBe(500)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
    expect(JSON.stringify(answer.body)).not.toContain('secret_thing')
    expect(logged).toHaveLength(1)
    expect(answer.body.detail).toContain(logged[0]?.requestId)
    expect(answer.headers.get('X-Request-Id')).toBe(logged[0]?.requestId)
    expect(logged[0]?.error?.message).toContain('secret_thing')
    expect(JSON.stringify(logged)).not.toContain(secret)
  })

  test('that passes says when to try again', async ({ site }) => {
    const { secret } = await clientOf(site, 'incidents:write')
    const busy = failing(site, new DomainError('busy', 'The database is busy. Try again in a moment.'))
    const answer = await send(busy, 'POST', '/incidents', {
      token: secret,
      body: { name: 'Slow', body: 'Looking.' },
    })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Retry-After')).toBe('2')
    expect(answer.body.type).toBe('https://status.ledgerlane.example/problems/busy')
  })
})

describe('making the routes', () => {
  test('asks nothing of the configuration or the database: a build has neither', () => {
    const nothing = new Proxy({}, { get: (_, name) => fail(String(name)) })
    expect(() => createWeb(nothing as Site['ctx'])).not.toThrow()
  })
})

function fail(name: string): never {
  throw new Error(`ctx.${name} was used before any request.`)
}
