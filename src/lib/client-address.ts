import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Where the network address of a client stands while its request is at hand; what a client sends by this name is lost. */
const HEADER = 'avow-client-address'

/** Where a proxy of ours may stand: on this machine, or in the network beside it. */
const NEAR = new BlockList()
NEAR.addSubnet('127.0.0.0', 8)
NEAR.addSubnet('10.0.0.0', 8)
NEAR.addSubnet('172.16.0.0', 12)
NEAR.addSubnet('192.168.0.0', 16)
NEAR.addAddress('::1', 'ipv6')
NEAR.addSubnet('fc00::', 7, 'ipv6')

/** Notes from where a request comes: the connection’s other end, or if that is a proxy, what it says last. */
export function noteClientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>): void {
  const peer = plain(request.socket.remoteAddress ?? '')
  const forwarded = isNear(peer) ? plain(lastOf(request.headers['x-forwarded-for'])) : ''
  request.headers[HEADER] = isIP(forwarded) ? forwarded : peer
}

/** From where a request comes; null where nobody has noted it, as while developing. */
export function clientAddressOf(request: Request): string | null {
  return request.headers.get(HEADER) || null
}

/**
 * Whom an address belongs to: itself, or of IPv6 the network of 64 bits that a provider gives to one customer, who has
 * all addresses in it.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.replace(/%.*/, '')}/64`).toNormalizedString()
}

function lastOf(header: string | string[] | undefined): string {
  return [header ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? ''
}

/** IPv4 in the clothes of IPv6 is IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function isNear(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && NEAR.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
