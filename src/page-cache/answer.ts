import type { IncomingMessage, ServerResponse } from 'node:http'
import { isKnown } from '../lib/entity-tag.ts'
import { preferredEncoding } from './encodings.ts'
import type { Entry } from './entry.ts'
import type { Rendered } from './render.ts'

/** Sends a document, or 304 to whoever has these very bytes. `more` are header lines about its age. */
export async function answerEntry(
  request: IncomingMessage,
  response: ServerResponse,
  entry: Entry,
  more: readonly string[] = [],
): Promise<void> {
  const encoding = preferredEncoding(request.headers['accept-encoding'])
  if (isKnown(request.headers['if-none-match'], entry.tag)) {
    response.writeHead(304, [...entry.unchangedIn(encoding), ...more])
    response.end()
    return
  }
  const { headers, body } = await entry.in(encoding)
  response.writeHead(200, more.length === 0 ? headers : [...headers, ...more])
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Sends what was rendered and is not kept, such as "not there". */
export function answerRendered(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Rendered,
): void {
  response.writeHead(status, [...headers.flat(), 'content-length', String(body.length)])
  response.end(request.method === 'HEAD' ? undefined : body)
}
