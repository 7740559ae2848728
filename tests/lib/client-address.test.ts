import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddressOf, networkOf, noteClientAddress } from '../../src/lib/client-address.ts'

test.each([
  ['a client', '203.0.113.9', undefined, '203.0.113.9'],
  ['a client in the clothes of IPv6', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ['a client that says it is another', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a proxy on this machine', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['a proxy whose client says it is another', '::1', '198.51.100.1, 2001:db8::9', '2001:db8::9'],
  ['a proxy in the network beside it', '172.18.0.2', '203.0.113.9', '203.0.113.9'],
  ['a proxy that says nonsense', '127.0.0.1', 'unknown', '127.0.0.1'],
])('%s at %s, forwarded for %s, is at %s', (_who, remoteAddress, forwarded, address) => {
  const headers = { 'avow-client-address': '192.0.2.7', ...(forwarded && { 'x-forwarded-for': forwarded }) }
  const request = { headers, socket: { remoteAddress } } as unknown as IncomingMessage
  noteClientAddress(request)
  const seen = new Request('http://status.example/', { headers: request.headers as Record<string, string> })
  expect(clientAddressOf(seen)).toBe(address)
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:0:0:0:0'],
  ['2001:0DB8:0001:0002::6', '2001:db8:1:2:0:0:0:0'],
  ['2001:db8::6', '2001:db8:0:0:0:0:0:0'],
  ['2001:db8:1::5:6:7:8', '2001:db8:1:0:0:0:0:0'],
  ['::1', '0:0:0:0:0:0:0:0'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0:0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:0'],
  ['', ''],
])('%s is in the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
