import { expect, test } from 'vitest'
import { type CookieName, readCookie, setCookie } from '../../src/lib/cookies.ts'

const NAMES: CookieName[] = ['avow', 'avow-known', 'avow-provider']
const HTTPS = 'https://status.ledgerlane.example'

test('a cookie is for this very host over https, for no script and for no other site’s form', () => {
  for (const name of NAMES)
    expect(setCookie(name, 'x', { origin: HTTPS, lastsMs: 60_000 })).toBe(
      `__Host-${name}=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
    )
})

test('over https no cookie counts that a page over plain http, or another host of the domain, could set', () => {
  const headers = { Cookie: 'avow-over-http=a; avow=b; __Secure-avow=c' }
  expect(readCookie(new Request(HTTPS, { headers }), 'avow', HTTPS)).toBeUndefined()
  const own = { Cookie: 'avow=b; __Host-avow=mine=' }
  expect(readCookie(new Request(HTTPS, { headers: own }), 'avow', HTTPS)).toBe('mine=')
})
