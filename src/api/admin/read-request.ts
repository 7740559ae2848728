import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DomainError, type FieldError } from '../../errors.ts'
import { isId } from '../../lib/ids.ts'
import { assertNoErrors, parsePart, queryValues } from '../input.ts'
import { readJsonBody } from '../read-body.ts'
import type { Operation } from './operation.ts'

/** A request that is in order, its parts parsed. */
export interface CheckedRequest {
  params: Record<string, string>
  query: unknown
  body: unknown
  /** The body as it was sent, for telling a repeated request from another one. */
  sent: unknown
}

const NO_QUERY = z.strictObject({})

/**
 * Checks all of a request before anything happens, and names every wrong field of it at once.
 * @throws DomainError `not-found` for what cannot be an id; `malformed`, `too-large`, `invalid`
 */
export async function readRequest(c: Context, operation: Operation): Promise<CheckedRequest> {
  const params = c.req.param()
  if (!Object.values(params).every(isId)) throw new DomainError('not-found', 'Nothing has this id.')
  const sent = operation.body ? await readJsonBody(c.req.raw, operation.bodyLimitBytes) : undefined
  const asked = queryValues(c.req.url)
  const query = parsePart(operation.query ?? NO_QUERY, asked.values, 'query')
  const body = operation.body ? parsePart(operation.body, sent, 'body') : undefined
  const errors: FieldError[] = [...asked.errors, ...query.errors, ...(body?.errors ?? [])]
  assertNoErrors(errors)
  return { params, query: query.data, body: body?.data, sent }
}
