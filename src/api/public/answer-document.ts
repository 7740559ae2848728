import type { Context } from 'hono'
import { entityTagOf, isKnown } from '../../lib/entity-tag.ts'

/** A public document as it is sent: bytes, or text in UTF-8. */
export interface PublicDocument {
  /** With charset, where it is text. */
  type: string
  body: string | Uint8Array<ArrayBuffer>
}

/** Fresh for a moment, usable while it is renewed, and for a day while we cannot answer at all. */
const CACHE_CONTROL = 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400'

/** Answers with the document, or with 304 to whoever has these very bytes. HEAD is answered by Hono, from this. */
export function answerDocument(c: Context, { type, body }: PublicDocument): Response {
  const etag = entityTagOf(body)
  const headers = { ETag: etag, 'Cache-Control': CACHE_CONTROL }
  if (isKnown(c.req.header('If-None-Match'), etag)) return c.body(null, 304, headers)
  return c.body(body, 200, { ...headers, 'Content-Type': type })
}

/** "Not there", for programs that read feeds: a plain sentence. */
export function answerNotThere(c: Context, sentence: string): Response {
  return c.text(`${sentence}\n`, 404)
}
