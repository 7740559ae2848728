import type { MiddlewareHandler } from 'hono'
import type { AppContext } from '../context.ts'
import { startStopwatch } from '../lib/stopwatch.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** The id of the token or the member of staff that asks, once that is known. */
    callerId?: string
  }
}

/** What stands in front of what staff's programs do: nobody keeps an answer, and the log has a line of each. */
export function logAnswers(ctx: AppContext): MiddlewareHandler {
  return async (c, next) => {
    const elapsed = startStopwatch()
    await next()
    c.res.headers.set('Cache-Control', 'no-store')
    const { method, path: address } = c.req
    const answered = {
      requestId: c.var.requestId,
      callerId: c.var.callerId,
      method,
      address,
      status: c.res.status,
      ms: Math.round(elapsed()),
    }
    ctx.log.info(answered, 'Answered.')
  }
}
