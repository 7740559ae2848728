import { Hono } from 'hono'
import { securityHeaders } from '../../../src/security-headers.ts'
import { describe, expect, test } from '../../support/site.ts'

/** One of each kind of answer, with and without a fault. */
const ADDRESSES = [
  '/api/v2/summary.json',
  '/api/v2/nothing.json',
  '/history.rss',
  '/calendar.ics',
  '/badge.svg',
  '/social.png',
  '/healthz',
  '/nothing/here',
  '/api/admin/v1/me',
  '/api/admin/v1/docs',
  '/v1/pages/nothing.json',
  '/admin',
  '/private/nobody',
]

describe('the card', () => {
  test.for([
    [[], "frame-ancestors 'none'"],
    [
      ['https://app.example.com', 'http://localhost:3000'],
      'frame-ancestors https://app.example.com http://localhost:3000',
    ],
    // Whatever shows it, a file and an app as well.
    [['*'], undefined],
  ] as const)('may be shown by %j', async ([embedOrigins, said]) => {
    const web = new Hono()
    web.use(securityHeaders({ isDevelopment: false, embedOrigins: () => embedOrigins }))
    const { headers } = await web.request('/embed')
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect([/frame-ancestors [^;]*/.exec(policy)?.[0], headers.get('X-Frame-Options')]).toEqual([said, null])
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/)
    const other = (await web.request('/')).headers.get('Content-Security-Policy')
    expect(other).toContain("frame-ancestors 'none'")
  })
})

describe('whatever is answered', () => {
  test('tells a browser to load nothing foreign, to guess no type, to frame nothing and to come by https', async ({
    site,
  }) => {
    for (const address of ADDRESSES) {
      const { headers } = await site.web.request(address)
      const policy = headers.get('Content-Security-Policy') ?? ''
      expect([address, policy]).toEqual([address, expect.stringMatching(/^default-src 'none';/)])
      expect([address, policy]).toEqual([address, expect.stringContaining("frame-ancestors 'none'")])
      expect(policy).not.toMatch(/script-src[^;]*(unsafe|\*|https?:)/)
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=31536000',
        'referrer-policy': expect.stringMatching(
          /^(strict-origin-when-cross-origin|same-origin|no-referrer)$/,
        ),
      })
    }
  })

  test('is apart from whoever opened it where it is not for everybody, and starts no process where it is', async ({
    site,
  }) => {
    for (const [address, policy] of [
      ...['/admin', '/admin/sign-in', '/private/nothing', '/api/admin/v1/me', '/v1/pages/nothing'].map(
        (guarded) => [guarded, 'same-origin'] as const,
      ),
      ...['/', '/history.rss', '/api/v2/summary.json', '/adminish'].map((open) => [open, null] as const),
    ]) {
      const { headers } = await site.web.request(address)
      expect([address, headers.get('Cross-Origin-Opener-Policy')]).toEqual([address, policy])
    }
  })

  test('may be read by scripts of other pages only where it is public', async ({ site }) => {
    const headers = { Origin: 'https://elsewhere.example' }
    for (const address of ADDRESSES) {
      const allowed = (await site.web.request(address, { headers })).headers.get(
        'Access-Control-Allow-Origin',
      )
      expect([address, allowed]).toEqual([address, /^\/api\/v2\//.test(address) ? '*' : null])
    }
  })

  test('changes nothing for who only looks: with GET no session and no token does anything', async ({
    site,
  }) => {
    const writing = site.web.routes.filter(({ method }) => !['GET', 'ALL', 'OPTIONS'].includes(method))
    expect(writing.length).toBeGreaterThan(50)
    const reading = new Set(site.web.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))
    const onlyWriting = [...new Set(writing.map(({ path }) => path))].filter((path) => !reading.has(path))
    for (const path of onlyWriting) {
      const { status } = await site.web.request(path.replaceAll(/:\w+(\{[^}]+\})?/g, 'nothing00000'))
      expect([path, [401, 404, 405].includes(status)]).toEqual([path, true])
    }
  })
})
