/** Where a field is, as a JSON pointer (RFC 6901): `/components/k7v2`; the empty text is the whole body. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
