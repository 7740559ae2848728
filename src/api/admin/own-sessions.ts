import { z } from '@hono/zod-openapi'
import { endSession } from '../../domain/staff/session-ends.ts'
import { listSessions, type StaffSession } from '../../domain/staff/sessions.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { personOf } from './admit.ts'

const SessionJson = z
  .object({
    id: z.string(),
    is_current: z.boolean().openapi({ description: 'The one that asks.' }),
    user_agent: z.string().nullable().openapi({ description: 'What the browser called itself.' }),
    created_at: InstantOut,
    last_used_at: InstantOut,
    expires_at: InstantOut,
  })
  .openapi('Session')

const personal = { scope: 'read', isPersonal: true, tag: 'Me' } as const

export function ownSessionRoutes(routes: AdminRoutes): void {
  routes.read(
    {
      ...personal,
      path: '/me/sessions',
      summary: 'List where you are signed in',
      answer: z.object({ items: z.array(SessionJson) }),
    },
    async (reader, { caller, view }) => {
      const sessions = await listSessions(reader, personOf(caller).id, view.now)
      return { items: sessions.map((session) => sessionJson(session, session.id === caller.sessionId)) }
    },
  )
  routes.write(
    {
      ...personal,
      method: 'delete',
      path: '/me/sessions/{id}',
      summary: 'End a session',
      description: 'From the next request on; also the one that asks.',
    },
    async (tx, { params, caller }) => {
      await endSession(tx, personOf(caller).id, params.id)
    },
  )
}

function sessionJson(session: StaffSession, isCurrent: boolean): z.input<typeof SessionJson> {
  return {
    id: session.id,
    is_current: isCurrent,
    user_agent: session.userAgent,
    created_at: toIso(session.createdAt),
    last_used_at: toIso(session.lastUsedAt),
    expires_at: toIso(session.expiresAt),
  }
}
