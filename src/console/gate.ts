import type { Context, MiddlewareHandler } from 'hono'
import { isCsrfToken } from '../auth/csrf.ts'
import { findSession, type Session } from '../auth/find-session.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import type { AppContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { type Form, readForm } from './form.ts'

/** Below this stands what only staff see. */
export const CONSOLE_PATHS = '/admin/*'

/** What needs no session, because it is how one gets one. */
const OPEN_PATHS = /^\/admin\/(sign-in|set-up|invitations)(\/|$)/

/** The field of every form that shows that it was drawn for this very session. */
export const CSRF_FIELD = 'csrf'

/** What the gate has found out before a page is asked. */
export interface Admitted {
  /** Present on every page but those that one signs in with. */
  session?: Session
  /** What was posted, and may be acted upon. */
  form?: Form
  /** What was posted from a page that was drawn for another session: to be shown again, never to be acted upon. */
  refused?: Form
  /** What was posted after its session had ended: the sign-in page carries it to the page that it was for. */
  kept?: { address: string; form: Form }
}

/** What the gate has found out about a request; undefined outside the console. */
export function admittedIn(c: Context): Admitted | undefined {
  return c.get('admitted')
}

type Gate = MiddlewareHandler<{ Variables: { admitted: Admitted; requestId: string } }>

/**
 * Stands in front of every page of the console: who is it, and did they send this themselves. No page is behind it by
 * its own doing, so none can forget to be.
 */
export function consoleGate(ctx: AppContext): Gate[] {
  return [
    neverKept,
    tellRefusals(ctx),
    async (c, next) => {
      const { method, path } = c.req
      if (!['GET', 'HEAD', 'POST'].includes(method)) return c.body(null, 405, { Allow: 'GET, HEAD, POST' })
      if (method === 'POST' && !isSameOrigin(c.req.raw, ctx.config.url)) {
        return c.text('This form comes from another site. Nothing was changed.\n', 403)
      }
      const session = await findSession(ctx, c.req.raw)
      const form = method === 'POST' ? await readPosted(c) : undefined
      if (form instanceof Response) return form
      if (session === undefined && !OPEN_PATHS.test(path) && form === undefined) {
        return c.redirect(`/admin/sign-in?next=${encodeURIComponent(addressOf(c))}`, 303)
      }
      c.set('admitted', admittedOf({ path, address: addressOf(c), session, form }))
      return next()
    },
  ]
}

const neverKept: Gate = async (c, next) => {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
  c.res.headers.set('X-Robots-Tag', 'noindex, nofollow')
  c.res.headers.set('Referrer-Policy', 'same-origin')
  c.res.headers.delete('ETag')
}

/** Who has asked for what they may not see, or sent a form that is not their own, stands in the log. */
function tellRefusals(ctx: AppContext): Gate {
  return async (c, next) => {
    await next()
    if (c.res.status !== 403) return
    const { method, path: address } = c.req
    const staffId = c.get('admitted')?.session?.staff.id
    ctx.log.warn(
      { requestId: c.get('requestId'), staffId, method, address },
      'The console has refused something.',
    )
  }
}

function admittedOf(asked: {
  path: string
  address: string
  session: Session | undefined
  form: Form | undefined
}): Admitted {
  const { session, form, address } = asked
  if (OPEN_PATHS.test(asked.path)) return { ...(session && { session }), ...(form && { form }) }
  if (session === undefined) return form ? { kept: { address, form } } : {}
  if (form === undefined) return { session }
  return isOwn(form, session) ? { session, form } : { session, refused: form }
}

/** Whether a form was drawn for this session, and not for an earlier one of the same browser or by another site. */
function isOwn(form: Form, session: Session): boolean {
  return isCsrfToken(form.text(CSRF_FIELD), session.secret)
}

/** The form, or the answer to what is none. */
async function readPosted(c: Context): Promise<Form | Response> {
  try {
    return await readForm(c.req.raw)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return c.text(`${error.message} Nothing was changed.\n`, error.code === 'too-large' ? 413 : 400)
  }
}

function addressOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}
