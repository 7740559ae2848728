import type { FieldError } from '../errors.ts'

/** What the admin API answered: what a thing has become, or what was wrong with the request. */
export type Outcome<Body> = { ok: true; body: Body } | { ok: false; problem: Problem }

/** A problem of the admin API (RFC 9457), with every wrong field named. */
export interface Problem {
  status: number
  title: string
  detail: string
  fields: FieldError[]
  /** The state that won a lost race. */
  current: unknown
}

export interface Send {
  method: 'post' | 'patch' | 'put' | 'delete'
  /** Below `/api/admin/v1`. */
  path: string
  body?: object
  /** The version of the thing that this was decided upon; when it has changed since, nothing is. */
  basedOn?: string
}

/**
 * The console is a client of the admin API like any other, in the same process: what a form may do, what is wrong with
 * it and what it comes to is said there, once.
 */
export class AdminClient {
  readonly #fetch: (request: Request) => Promise<Response> | Response
  readonly #origin: string
  readonly #cookie: string

  /** @param cookie the header of whoever is asking: their session is what lets them in */
  constructor(
    fetch: (request: Request) => Promise<Response> | Response,
    options: { origin: string; cookie: string },
  ) {
    this.#fetch = fetch
    this.#origin = options.origin
    this.#cookie = options.cookie
  }

  /** @throws Error when the answer is neither what was asked for nor a problem */
  async read<Body>(path: string): Promise<Outcome<Body>> {
    return this.#ask(path, { method: 'GET' }, {})
  }

  /**
   * Sends one change. `once`: of two requests with the same key and fingerprint, the second has no effect and gets the
   * first answer, although its body may be another one: it follows from what was read in between.
   * `isPreview`: nothing is changed, and the answer says what would be.
   */
  async send<Body>(
    { method, path, body, basedOn }: Send,
    options: { once?: { key: string; fingerprint: string } | undefined; isPreview?: boolean } = {},
  ): Promise<Outcome<Body>> {
    // What a page has put into its form is plain; what somebody else has may not fit into a header, and is refused there.
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(options.once && {
        'Idempotency-Key': encodeURIComponent(options.once.key),
        'Idempotency-Fingerprint': options.once.fingerprint,
      }),
      ...(basedOn !== undefined && { 'Based-On': encodeURIComponent(basedOn) }),
    }
    const asked = options.isPreview ? `${path}?preview=true` : path
    return this.#ask(asked, { method: method.toUpperCase(), body: body && JSON.stringify(body) }, headers)
  }

  async #ask<Body>(
    path: string,
    init: { method: string; body?: string | undefined },
    headers: Record<string, string>,
  ): Promise<Outcome<Body>> {
    const { method, body = null } = init
    const request = new Request(`${this.#origin}/api/admin/v1${path}`, {
      method,
      body,
      headers: { ...headers, Cookie: this.#cookie, Origin: this.#origin },
    })
    const response = await this.#fetch(request)
    const text = await response.text()
    if (response.ok) return { ok: true, body: (text === '' ? undefined : JSON.parse(text)) as Body }
    return { ok: false, problem: problemOf(JSON.parse(text)) }
  }
}

interface ProblemJson {
  status: number
  title: string
  detail: string
  errors: { pointer: string; detail: string }[]
  current?: unknown
}

function problemOf({ status, title, detail, errors, current }: ProblemJson): Problem {
  const fields = errors.map((error) => ({ pointer: error.pointer, message: error.detail }))
  return { status, title, detail, fields, current }
}
