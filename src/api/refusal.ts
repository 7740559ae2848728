import type { Context } from 'hono'
import type { AppContext } from '../context.ts'
import { databaseRefusal } from '../db/refusal.ts'
import { DomainError } from '../errors.ts'

/** What is wrong with a request, or with the database; undefined for a fault of ours. What is not the client's is logged. */
export function refusalOf(ctx: AppContext, error: Error, c: Context): DomainError | undefined {
  if (error instanceof DomainError) return error
  return failureOf(ctx, error, c)
}

/** The same of a document, for which no client is to blame: whatever keeps it from being made is logged. */
export function failureOf(ctx: AppContext, error: Error, c: Context): DomainError | undefined {
  const { requestId } = c.var
  ctx.log.error({ error, requestId, method: c.req.method, address: c.req.path }, 'A request failed.')
  return error instanceof DomainError ? error : databaseRefusal(error)
}

/** What a client is told of a fault of ours. */
export function faultSentence(requestId: string): string {
  return `Something went wrong here. Whoever runs this page finds it in the log under ${requestId}.`
}
