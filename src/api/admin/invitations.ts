import { z } from '@hono/zod-openapi'
import {
  createInvitation,
  getInvitation,
  type Invitation,
  listInvitations,
  NewInvitation,
  revokeInvitation,
} from '../../domain/staff/invitations.ts'
import { ROLES } from '../../domain/staff/scopes.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import type { View } from './view.ts'

const InvitationJson = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    created_at: InstantOut,
    expires_at: InstantOut,
  })
  .openapi('Invitation')

export const LinkJson = z
  .object({
    url: z.string().openapi({
      format: 'uri',
      description: 'Shown in this answer and never again; whoever has it is taken for the one it is for.',
    }),
  })
  .openapi('StaffLink')

const NewInvitationJson = InvitationJson.extend(LinkJson.shape).openapi('NewInvitation')

const scope = 'staff:write'
const tag = 'Staff'

export function invitationRoutes(routes: AdminRoutes): void {
  routes.read(
    {
      path: '/invitations',
      scope,
      tag,
      summary: 'List the invitations that are open',
      description: 'Newest first, and never their addresses.',
      answer: z.object({ items: z.array(InvitationJson) }),
    },
    async (reader, { view }) => ({ items: (await listInvitations(reader, view.now)).map(invitationJson) }),
  )
  routes.write(
    {
      method: 'post',
      path: '/invitations',
      scope,
      tag,
      summary: 'Invite somebody',
      description: 'The link works once, for a week. An earlier one for the same person ends.',
      body: NewInvitation,
      answer: NewInvitationJson,
      isSecret: true,
    },
    async (tx, { body, view }) => {
      const made = await createInvitation(tx, body)
      return { ...invitationJson(await getInvitation(tx.db, made.id)), ...linkTo(view, made) }
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/invitations/{id}',
      scope,
      tag,
      summary: 'Take an invitation back',
    },
    (tx, { params }) => revokeInvitation(tx, params.id),
  )
}

/** Where whoever has the secret joins, or sets a new password. */
export function linkTo({ url }: View, { secret }: { secret: string }): z.input<typeof LinkJson> {
  return { url: `${url}/admin/invitations/${secret}` }
}

function invitationJson(invitation: Invitation): z.input<typeof InvitationJson> {
  return {
    id: invitation.id,
    email: invitation.email ?? '',
    role: invitation.role,
    created_at: toIso(invitation.createdAt),
    expires_at: toIso(invitation.expiresAt),
  }
}
