import { describe, expect, test } from 'vitest'
import { hideSecret, secretOf } from '../../src/lib/private-address.ts'

const SECRET = 'pM0xA-7fT_Zu6oQ4cJr1yWn2VkSg8hLdEbXiCq3mRtY'

/** What the program sees of a request that came to an address. */
function hidden(url: string) {
  const request = { url, headers: {} as Record<string, string> }
  hideSecret(request)
  const seen = new Request(new URL(request.url, 'http://status.example'), { headers: request.headers })
  return { url: request.url, secret: secretOf(seen) }
}

describe('the secret of a private address', () => {
  test.each([
    [`/private/${SECRET}`, '/private/-'],
    [`/private/${SECRET}/`, '/private/-/'],
    [`/private/${SECRET}/incidents/abc?a=b`, '/private/-/incidents/abc?a=b'],
    [`/private/${SECRET}?a=b`, '/private/-?a=b'],
    [`/admin/invitations/${SECRET}`, '/admin/invitations/-'],
    [`/admin/set-up/${SECRET}`, '/admin/set-up/-'],
    [`http://status.example/private/${SECRET}/defects/abc`, 'http://status.example/private/-/defects/abc'],
  ])('is known behind %s, which then reads %s', (address, shown) => {
    expect(hidden(address)).toEqual({ url: shown, secret: SECRET })
  })

  test.each([
    `/incidents/${SECRET}`,
    `//private/${SECRET}`,
    `/%70rivate/${SECRET}`,
    `/a/private/${SECRET}`,
    `/admin/incidents/${SECRET}`,
    '/private/-',
    '/private',
    '/',
  ])('is not read from %s', (address) => {
    expect(hidden(address)).toEqual({ url: address, secret: undefined })
  })

  test('is never shown under another spelling of its place either', () => {
    expect(hidden(`/Private/${SECRET}`)).toEqual({ url: '/Private/-', secret: undefined })
  })

  test('is read from the address itself where nothing hides it', () => {
    expect(secretOf(new Request(`http://localhost:4321/private/${SECRET}/incidents/abc`))).toBe(SECRET)
  })
})
