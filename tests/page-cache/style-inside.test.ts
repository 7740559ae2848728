import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Rendered } from '../../src/page-cache/render.ts'
import { withStyleInside } from '../../src/page-cache/style-inside.ts'

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'"
const STYLES = 'h1{color:#c2410c}body::after{content:"$& $1"}'
const BUILT = '.update{margin:0}'
const PAGE = '<title>Page</title><link rel="stylesheet" href="/theme/c2410c-0123abcd.css"><h1>Page</h1>'

/** Pages as the bundle makes them, and what was asked of it. */
function siteOf(
  documents: Record<string, { body: string; type?: string; policy?: string; status?: number }>,
) {
  const asked: string[] = []
  const render = withStyleInside(
    async (path): Promise<Rendered> => {
      asked.push(path)
      const {
        body = '',
        type = 'text/html; charset=utf-8',
        policy = POLICY,
        status = 200,
      } = documents[path] ?? { status: 404 }
      const headers: Rendered['headers'] = [
        ['content-type', type],
        ['content-security-policy', policy],
      ]
      return { status, headers, body: Buffer.from(body) }
    },
    [{ key: '/_astro/a.css', body: Buffer.from(BUILT) }],
  )
  return { asked, render }
}
const sheet = { body: STYLES, type: 'text/css; charset=utf-8' }

const hashOf = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`

test('a page has its style sheets in it, which the policy allows by their hashes, and each is asked for once', async () => {
  const { asked, render } = siteOf({
    '/': { body: PAGE },
    '/sla': { body: `${PAGE}<link rel="stylesheet" href="/_astro/a.css">` },
    '/theme/c2410c-0123abcd.css': sheet,
  })
  const { headers, body } = await render('/')
  expect(body.toString()).toBe(`<title>Page</title><style>${STYLES}</style><h1>Page</h1>`)
  expect(Object.fromEntries(headers)).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY.replace("style-src 'self'", `style-src 'self' ${hashOf(STYLES)}`),
  })
  const both = await render('/sla')
  expect(both.body.toString()).toBe(
    `<title>Page</title><style>${STYLES}</style><h1>Page</h1><style>${BUILT}</style>`,
  )
  expect(Object.fromEntries(both.headers)['content-security-policy']).toContain(
    `style-src 'self' ${hashOf(STYLES)} ${hashOf(BUILT)};`,
  )
  expect(asked).toEqual(['/', '/theme/c2410c-0123abcd.css', '/sla'])
})

test.for([
  ['a style sheet that is not there', { '/': { body: PAGE } }],
  [
    'one that would end early',
    { '/': { body: PAGE }, '/theme/c2410c-0123abcd.css': { body: 'a{}</style>' } },
  ],
  [
    'a policy that says nothing of styles',
    { '/': { body: PAGE, policy: "default-src 'none'" }, '/theme/c2410c-0123abcd.css': sheet },
  ],
  [
    'that it is not there, as at private addresses,',
    { '/': { body: PAGE, status: 404 }, '/theme/c2410c-0123abcd.css': sheet },
  ],
  [
    'a feed that quotes a page',
    { '/': { body: PAGE, type: 'application/rss+xml' }, '/theme/c2410c-0123abcd.css': sheet },
  ],
] as const)('%s leaves a page as it is', async ([, documents]) => {
  const { headers, body } = await siteOf(documents).render('/')
  expect(body.toString()).toBe(documents['/'].body)
  expect(Object.fromEntries(headers)['content-security-policy']).not.toContain('sha256')
})
