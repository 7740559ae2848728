import { hash } from 'node:crypto'
import { DomainError } from '../errors.ts'

/** What somebody sent with a form: a text for each name, several where a name stands there several times. */
export class Form {
  readonly #fields: URLSearchParams

  constructor(fields: URLSearchParams) {
    this.#fields = fields
  }

  /** Without the space around it; empty when there is no such field. Lines end with one character, as everywhere else. */
  text(name: string): string {
    return (this.#fields.get(name) ?? '').replaceAll('\r\n', '\n').trim()
  }

  /** To the letter: a space may be part of a password. */
  raw(name: string): string {
    return this.#fields.get(name) ?? ''
  }

  /** Null for what was left empty. */
  optional(name: string): string | null {
    return this.text(name) || null
  }

  texts(name: string): string[] {
    return this.#fields.getAll(name)
  }

  /** Whether a box is ticked. */
  has(name: string): boolean {
    return this.#fields.has(name)
  }

  /** The fields whose names begin so, by what follows: `component-abc` → `abc`. */
  beginning(prefix: string): Map<string, string> {
    const named = [...this.#fields].filter(([name]) => name.startsWith(prefix))
    return new Map(named.map(([name, value]) => [name.slice(prefix.length), value]))
  }

  /** What is worth keeping for later, as a query string: everything but what belongs to this one page view. */
  get kept(): string {
    return new URLSearchParams([...this.#fields].filter(([name]) => !PASSING.has(name))).toString()
  }

  /** Tells it from any other form: what was sent is the same as long as this is, whichever page view sent it. */
  get fingerprint(): string {
    const said = [...this.#fields].filter(([name]) => name !== 'csrf' && name !== 'do' && name !== 'once')
    return hash('sha256', JSON.stringify(said), 'base64url')
  }
}

/** The rest is what somebody signs in with: it is kept nowhere. */
const PASSING = new Set(['csrf', 'once', 'form', 'do', 'password', 'current', 'code', 'secret', 'ticket'])

/** The longest text there is, a postmortem, in any script: a form has nine bytes for a letter of Chinese. */
export const FORM_LIMIT_BYTES = 1024 * 1024

/**
 * Reads a form as browsers send it, with files or without.
 * @throws DomainError `malformed`, `too-large`
 */
export async function readForm(request: Request): Promise<Form> {
  const type = request.headers.get('Content-Type') ?? ''
  if (/^multipart\/form-data\s*;/i.test(type))
    return new Form(await readParts(type, await readBytes(request)))
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new DomainError('malformed', 'This address takes a form.')
  }
  return new Form(new URLSearchParams((await readBytes(request)).toString('utf8')))
}

/** A file becomes a text, in base64: so it is shown again, carried through the sign-in and sent like all others. */
async function readParts(type: string, bytes: Buffer<ArrayBuffer>): Promise<URLSearchParams> {
  const fields = new URLSearchParams()
  for (const [name, value] of await parsedParts(type, bytes)) {
    const text = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('base64')
    fields.append(name, text)
  }
  return fields
}

async function parsedParts(type: string, bytes: Buffer<ArrayBuffer>): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'Content-Type': type } }).formData()
  } catch {
    // A TypeError that only says that these bytes are no such form.
    throw new DomainError('malformed', 'This form arrived incomplete.')
  }
}

/** Only what arrives is counted: a length can lie. */
async function readBytes(request: Request): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > FORM_LIMIT_BYTES) {
      throw new DomainError('too-large', `The form is larger than ${FORM_LIMIT_BYTES / 1024} kB.`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
