import { DomainError } from '../errors.ts'
import { UnsupportedMediaType } from './problem.ts'
import { parseStrictJson } from './strict-json.ts'

export const BODY_LIMIT_BYTES = 64 * 1024

/**
 * The JSON body of a request; no body at all is an empty object, whose missing fields are then named.
 * @throws DomainError `malformed`, `too-large`, `invalid`
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get('Content-Type')
  assertNotSaidTooLarge(request)
  if (type !== null && !isJson(type)) throw new UnsupportedMediaType()
  const text = await readText(request)
  if (text === '' && type === null) return {}
  if (type === null) throw new UnsupportedMediaType()
  return parseStrictJson(text)
}

/**
 * The body of a request as text: UTF-8, with or without a byte order mark.
 * @throws DomainError `malformed`, `too-large`
 */
export async function readText(request: Request): Promise<string> {
  assertNotSaidTooLarge(request)
  return decode(await readBytes(request))
}

/** Looked at first: whoever says that it is too much need not send it. */
function assertNotSaidTooLarge(request: Request): void {
  if (Number(request.headers.get('Content-Length')) > BODY_LIMIT_BYTES) throw tooLarge()
}

/** Only what arrives is counted: a length can lie, and a chunked body has none. */
async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body === null) return Buffer.alloc(0)
  // Leaving the loop by an exception cancels the stream.
  for await (const chunk of request.body) {
    length += chunk.byteLength
    if (length > BODY_LIMIT_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // A TypeError that only says that these bytes are not UTF-8.
    throw new DomainError('malformed', 'The body is not UTF-8.')
  }
}

function isJson(type: string): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type.trim())
}

function tooLarge(): DomainError {
  return new DomainError('too-large', `The body is larger than ${BODY_LIMIT_BYTES / 1024} kB.`)
}
