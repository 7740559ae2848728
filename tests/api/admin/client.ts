import type { Role, Scope } from '../../../src/domain/staff/scopes.ts'
import { createToken } from '../../../src/domain/staff/tokens.ts'
import type { Site } from '../../support/site.ts'
import { type SignedIn, signIn } from '../../support/staff.ts'

export const BASE = '/api/admin/v1'

/** A JSON answer; tests say what they expect of it. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
export type Json = any

export interface Answer {
  status: number
  headers: Headers
  body: Json
}

/** Somebody who asks the API. */
export interface Caller {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** A program with a token of its own. */
export interface Client extends Caller {
  secret: string
  tokenId: string
}

/** A person who has signed in. */
export type StaffClient = Caller & SignedIn

export async function clientOf(site: Site, ...scopes: Scope[]): Promise<Client> {
  const token = await site.as('administrator', (tx) => createToken(tx, { name: scopes.join(' '), scopes }))
  return { secret: token.secret, tokenId: token.id, ...callerOf(site, { token: token.secret }) }
}

/** A member of staff of this role; with the same address, the same person in another browser. */
export async function staffOf(site: Site, role: Role, email?: string): Promise<StaffClient> {
  const signedIn = await signIn((work) => site.as('administrator', work), role, {
    origin: site.ctx.config.url,
    email,
  })
  return { ...signedIn, ...callerOf(site, { cookie: signedIn.cookie }) }
}

function callerOf(site: Site, who: { token: string } | { cookie: string }): Caller {
  const call = (method: string) => (path: string, body?: unknown, headers?: Record<string, string>) =>
    send(site, method, path, { ...who, body, headers })
  return {
    get: call('GET'),
    post: call('POST'),
    patch: call('PATCH'),
    put: call('PUT'),
    delete: call('DELETE'),
  }
}

/** A client that may do everything. */
export function writer(site: Site): Promise<Client> {
  return clientOf(site, 'components:write', 'incidents:write', 'defects:write', 'sla:write', 'staff:write')
}

/** A request as it goes over the wire; a text is sent as it is. */
export async function send(
  site: Site,
  method: string,
  path: string,
  request: { token?: string; cookie?: string; body?: unknown; headers?: Record<string, string | undefined> },
): Promise<Answer> {
  const { body } = request
  const headers = new Headers()
  if (request.token !== undefined) headers.set('Authorization', `Bearer ${request.token}`)
  if (request.cookie !== undefined) {
    headers.set('Cookie', request.cookie)
    headers.set('Sec-Fetch-Site', 'same-origin')
  }
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
  const sent = body === undefined || isRaw ? (body as BodyInit | undefined) : JSON.stringify(body)
  // `duplex` is what `fetch` asks for when a body is a stream.
  const init = { method, headers, body: sent, duplex: 'half' } as RequestInit
  const response = await site.web.request(path.startsWith('/api') ? path : `${BASE}${path}`, init)
  const text = await response.text()
  const isJson = response.headers.get('Content-Type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** What must not move when a request is refused. */
export async function recorded(site: Site): Promise<{ version: number; events: number; keys: number }> {
  const page = await site.ctx.read.selectFrom('page').select('version').executeTakeFirstOrThrow()
  const count = async (table: 'event' | 'idempotency_key') =>
    Number(
      (
        await site.ctx.read
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('rows'))
          .executeTakeFirstOrThrow()
      ).rows,
    )
  return { version: page.version, events: await count('event'), keys: await count('idempotency_key') }
}
