import { DomainError } from '../errors.ts'
import { UnsupportedMediaType } from './problem.ts'
import { parseStrictJson } from './strict-json.ts'

export const BODY_LIMIT_BYTES = 64 * 1024

/**
 * The JSON body of a request; no body at all is an empty object, whose missing fields are then named.
 * @throws DomainError `malformed`, `too-large`, `invalid`
 */
export async function readJsonBody(request: Request, limitBytes = BODY_LIMIT_BYTES): Promise<unknown> {
  const type = request.headers.get('Content-Type')
  assertNotSaidTooLarge(request, limitBytes)
  if (type !== null && !isJson(type)) throw new UnsupportedMediaType()
  const text = await readText(request, limitBytes)
  if (text === '' && type === null) return {}
  if (type === null) throw new UnsupportedMediaType()
  return parseStrictJson(text)
}

/**
 * The body of a request as text: UTF-8, with or without a byte order mark.
 * @throws DomainError `malformed`, `too-large`
 */
export async function readText(request: Request, limitBytes = BODY_LIMIT_BYTES): Promise<string> {
  assertNotSaidTooLarge(request, limitBytes)
  return decode(await readBytes(request, limitBytes))
}

/** Looked at first: whoever says that it is too much need not send it. */
function assertNotSaidTooLarge(request: Request, limitBytes: number): void {
  if (Number(request.headers.get('Content-Length')) > limitBytes) throw tooLarge(limitBytes)
}

/** Only what arrives is counted: a length can lie, and a chunked body has none. */
async function readBytes(request: Request, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body === null) return Buffer.alloc(0)
  // Leaving the loop by an exception cancels the stream.
  for await (const chunk of request.body) {
    length += chunk.byteLength
    if (length > limitBytes) throw tooLarge(limitBytes)
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

function tooLarge(limitBytes: number): DomainError {
  return new DomainError('too-large', `The body is larger than ${limitBytes / 1024} kB.`)
}
