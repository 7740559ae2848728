import type { APIRoute } from 'astro'
import { staffActor } from '../../auth/find-session.ts'
import { signOut } from '../../domain/staff/session-ends.ts'
import { setCookie } from '../../lib/cookies.ts'

/** Ends the session, here and on the server. The gate has seen to it that the form is one of ours. */
export const POST: APIRoute = async ({ locals: { ctx, admitted } }) => {
  const { session, form } = admitted
  if (session === undefined || form === undefined) return seeOther('/admin')
  await ctx.write(staffActor(session.staff), (tx) => signOut(tx, session.staff.id, session.id))
  ctx.log.info({ staffId: session.staff.id, sessionId: session.id }, 'Somebody has signed out.')
  return seeOther('/admin/sign-in', setCookie('avow', '', { origin: ctx.config.url, lastsMs: 0 }))
}

/** Somebody who reloads, or comes back after signing in. */
export const GET: APIRoute = () => seeOther('/admin')

function seeOther(location: string, cookie?: string): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: location, ...(cookie && { 'Set-Cookie': cookie }) },
  })
}
