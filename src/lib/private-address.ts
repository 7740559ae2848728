/**
 * Where the secret of a private address stands while its request is at hand: in a header instead of the address, because
 * servers and frameworks write addresses into their logs and never headers.
 */
const HEADER = 'avow-private'

/** What such an address reads in between: `/private/-/incidents/…`, `/admin/invitations/-`. */
const HIDDEN = '-'

/** A secret as contract links have it; anything else in its place opens nothing, so it may stand anywhere. */
const ADDRESS =
  /^((?:https?:\/\/[^/]*)?\/(?:private|admin\/invitations|admin\/set-up)\/)([\w-]{16,})(?=[/?#]|$)/i

const PLACE = /^\/(?:private|admin\/invitations|admin\/set-up)\/([^/]*)/

/** Moves the secret of a private address into a header, before anything else sees the request. */
export function hideSecret(request: { url?: string; headers: Record<string, unknown> }): void {
  const [address, place, secret] = ADDRESS.exec(request.url ?? '') ?? []
  if (address === undefined || request.url === undefined) return
  request.url = `${place}${HIDDEN}${request.url.slice(address.length)}`
  request.headers[HEADER] = secret
}

/**
 * The secret of a request that came to a private address; undefined for any other address, however it is written. While
 * developing nothing hides it.
 */
export function secretOf(request: Request): string | undefined {
  const [, segment] = PLACE.exec(new URL(request.url).pathname) ?? []
  if (segment === undefined) return undefined
  return segment === HIDDEN ? (request.headers.get(HEADER) ?? undefined) : segment
}
