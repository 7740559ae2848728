import type { IncomingMessage, ServerResponse } from 'node:http'
import { isKnown } from '../lib/entity-tag.ts'
import { preferredEncoding } from './encodings.ts'
import type { Entry, Representation } from './entry.ts'
import type { Rendered } from './render.ts'

/** Sends a document, or 304 to whoever has these very bytes. `more` are header lines about its age. */
export async function answerEntry(
  request: IncomingMessage,
  response: ServerResponse,
  entry: Entry,
  more: readonly string[] = [],
): Promise<void> {
  send(request, response, entry, await entry.in(preferredEncoding(request.headers['accept-encoding'])), more)
}

/** The same without waiting; false, and nothing sent, when the form that this reader takes is still to be made. */
export function answerEntryNow(request: IncomingMessage, response: ServerResponse, entry: Entry): boolean {
  const representation = entry.ready(preferredEncoding(request.headers['accept-encoding']))
  if (representation === undefined) return false
  send(request, response, entry, representation, [])
  return true
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  entry: Entry,
  { tag, headers, body, latin1, unchanged }: Representation,
  more: readonly string[],
): void {
  const ifNoneMatch = request.headers['if-none-match']
  // Nearly everybody who has a tag has this very one.
  if (ifNoneMatch === tag || isKnown(ifNoneMatch, entry.tag)) {
    response.writeHead(304, more.length === 0 ? unchanged : [...unchanged, ...more])
    response.end()
  } else {
    response.writeHead(200, more.length === 0 ? headers : [...headers, ...more])
    if (request.method === 'HEAD') response.end()
    else if (latin1 !== null) response.end(latin1, 'latin1')
    else response.end(body)
  }
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
