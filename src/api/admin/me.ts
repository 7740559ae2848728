import { z } from '@hono/zod-openapi'
import { ROLES, SCOPES } from '../../domain/staff/scopes.ts'
import { InstantOut, isoOrNull } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import type { Caller } from './admit.ts'

const MeJson = z
  .object({
    kind: z.enum(['token', 'staff']),
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().openapi({ description: 'Of a member of staff; a token has none.' }),
    role: z.enum(ROLES).nullable(),
    scopes: z.array(z.enum(SCOPES)).openapi({ description: 'What may be done at present.' }),
    expires_at: InstantOut.nullable(),
  })
  .openapi('Me')

export function meRoutes(routes: AdminRoutes): void {
  routes.read(
    {
      path: '/me',
      scope: 'read',
      tag: 'Me',
      summary: 'Read who you are and what you may do',
      answer: MeJson,
    },
    async (_reader, { caller }) => meJson(caller),
  )
}

function meJson({ actor, staff, scopes, expiresAt }: Caller): z.input<typeof MeJson> {
  return {
    kind: staff === null ? 'token' : 'staff',
    id: actor.id,
    name: actor.name,
    email: staff?.email ?? null,
    role: staff?.role ?? null,
    scopes: [...scopes],
    expires_at: isoOrNull(expiresAt),
  }
}
