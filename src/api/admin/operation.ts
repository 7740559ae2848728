import type { z } from '@hono/zod-openapi'
import type { Scope } from '../../domain/staff/scopes.ts'
import type { Reader } from '../../domain/tx.ts'

/** One thing the API can be asked to do: enough to check a request, to answer it and to document it. */
export interface Operation<
  Path extends string = string,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** With parameters as OpenAPI writes them: `/incidents/{id}`. */
  path: Path
  /** What a token or role needs; `read` is any. */
  scope: Scope
  /** It is about the account of whoever asks, so that a program with a token has no business here. */
  isPersonal?: boolean
  /** The heading in the documentation. */
  tag: string
  summary: string
  description?: string
  query?: Query
  body?: Body
  /** How large a body may be, where it is more than usual. */
  bodyLimitBytes?: number
  /**
   * How it is told whether a thing has changed since a version of it, unless by what is recorded of the id in the path.
   * @throws DomainError `conflict` when it has
   */
  assertUnchanged?: (reader: Reader, version: number, params: PathParams<Path>) => Promise<void>
  /** What comes back, or nothing (204). */
  answer?: Answer
  /** The answer holds a secret, so that it is never kept as it is. */
  isSecret?: boolean
}

/** The parameters in a path: `/incidents/{id}/updates/{update}` has `id` and `update`. */
export type PathParams<Path extends string> = Record<ParamName<Path>, string>

type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never

/** POST makes something new; without an answer there is nothing to say. */
export function statusOf({ method, answer }: Operation): 200 | 201 | 204 {
  if (answer === undefined) return 204
  return method === 'post' ? 201 : 200
}

/** The path as Hono routes it: `/incidents/:id`. */
export function routingPath(path: string): string {
  return path.replaceAll(/\{(.+?)\}/g, ':$1')
}
