import { hash } from 'node:crypto'

/** The strong tag of some bytes: a hash of them, in quotes. */
export function entityTagOf(body: string | Uint8Array): string {
  return `"${hash('sha256', body, 'base64url')}"`
}

/** The tag of the same content in an encoding: other bytes, so another strong tag (RFC 9110, 8.8.3.3). */
export function encodedTag(tag: string, encoding: string): string {
  return `${tag.slice(0, -1)}-${encoding}"`
}

/**
 * Whether a reader has this content already, in whichever encoding. Compares weakly, as RFC 9110 asks: whoever
 * compresses on the way makes a strong tag weak.
 */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((text) => {
    const given = text.trim()
    return given === '*' || given.replace(/^W\//, '').replace(/-(br|zstd|gzip|gz)"$/, '"') === tag
  })
}
