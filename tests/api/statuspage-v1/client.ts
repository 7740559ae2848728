import { expect } from 'vitest'
import type { Scope } from '../../../src/domain/staff/scopes.ts'
import { createToken } from '../../../src/domain/staff/tokens.ts'
import { unlike } from '../../support/shape.ts'
import type { Site } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'
import { problemsOf } from './description.ts'
import { answerShape } from './v1-shapes.ts'

export interface Answer {
  status: number
  headers: Headers
  body: Json
}

/** A program that was written for Statuspage: it knows the page's id, a token and the description, and nothing else. */
export interface V1Client {
  page: string
  secret: string
  /** Below the page: `/incidents`. */
  get(path: string): Promise<Answer>
  post(path: string, body: object, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body: object): Promise<Answer>
  put(path: string, body?: object): Promise<Answer>
  delete(path: string): Promise<Answer>
}

export async function v1Client(site: Site, ...scopes: Scope[]): Promise<V1Client> {
  const wanted: Scope[] = scopes.length > 0 ? scopes : ['incidents:write', 'components:write']
  const { secret } = await site.as('administrator', (tx) =>
    createToken(tx, { name: wanted.join(' '), scopes: wanted }),
  )
  const { id: page } = await site.ctx.read.selectFrom('page').select('id').executeTakeFirstOrThrow()
  const call = (method: string) => (path: string, body?: object, headers?: Record<string, string>) =>
    send(site, method, `/pages/${page}${path}`, {
      body,
      headers: { Authorization: `OAuth ${secret}`, ...headers },
    })
  return {
    page,
    secret,
    get: call('GET'),
    post: call('POST'),
    patch: call('PATCH'),
    put: call('PUT'),
    delete: call('DELETE'),
  }
}

/** A request as it goes over the wire, held against the description; an object is sent as JSON, a text as it is. */
export async function send(
  site: Site,
  method: string,
  path: string,
  { body, headers = {} }: { body?: object | string | undefined; headers?: Record<string, string> },
): Promise<Answer> {
  const isText = typeof body === 'string'
  const response = await site.web.request(`/v1${path}`, {
    method,
    headers: { ...(body !== undefined && !isText && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && {
      // As bytes, so that nothing adds a type that was not given.
      body: new TextEncoder().encode(isText ? body : JSON.stringify(body)),
    }),
  })
  const text = await response.text()
  const answer = {
    status: response.status,
    headers: response.headers,
    body: text === '' ? '' : JSON.parse(text),
  }
  if (text !== '') expect(unlike(answerShape(method, path, answer.status), answer.body)).toEqual([])
  expect(problemsOf({ method, path, ...(!isText && { body }) }, answer)).toEqual([])
  return answer
}
