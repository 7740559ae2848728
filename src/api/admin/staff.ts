import { z } from '@hono/zod-openapi'
import { removeAuthenticator } from '../../domain/staff/authenticators.ts'
import { createPasswordLink } from '../../domain/staff/invitations.ts'
import { ROLES } from '../../domain/staff/scopes.ts'
import {
  changeStaffMember,
  deactivateStaffMember,
  getStaffMember,
  listStaff,
  reactivateStaffMember,
  StaffChanges,
  type StaffMember,
} from '../../domain/staff/staff.ts'
import { toIso } from '../../lib/instant.ts'
import { changesOf, InstantOut, isoOrNull } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'
import { LinkJson, linkTo } from './invitations.ts'

export const StaffJson = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    created_at: InstantOut,
    deactivated_at: InstantOut.nullable(),
  })
  .openapi('StaffMember')

const scope = 'staff:write'
const tag = 'Staff'

export function staffRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/staff',
      scope,
      tag,
      summary: 'List the staff',
      description: 'Those who have left too, so that the audit log can be read.',
      item: StaffJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: async (reader, page) => entriesAfter(await listStaff(reader), placeOf, page),
      cursorOf: placeOf,
      json: async (_reader, staff) => staff.map(staffJson),
    },
  )
  routes.read(
    { path: '/staff/{id}', scope, tag, summary: 'Read a member of staff', answer: StaffJson },
    async (reader, { params }) => staffJson(await getStaffMember(reader, params.id)),
  )
  routes.write(
    {
      method: 'patch',
      path: '/staff/{id}',
      scope,
      tag,
      summary: 'Change a name or a role',
      description:
        'Another role counts from the next request on, for tokens as well. One administrator stays.',
      body: changesOf(StaffChanges),
      answer: StaffJson,
    },
    async (tx, { params, body }) => {
      await changeStaffMember(tx, params.id, body)
      return staffJson(await getStaffMember(tx.db, params.id))
    },
  )
  routes.write(
    {
      method: 'put',
      path: '/staff/{id}/deactivation',
      scope,
      tag,
      summary: 'Shut a member of staff out',
      description: 'Sessions and tokens end at once. One administrator stays.',
      answer: StaffJson,
    },
    async (tx, { params }) => {
      await deactivateStaffMember(tx, params.id)
      return staffJson(await getStaffMember(tx.db, params.id))
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/staff/{id}/deactivation',
      scope,
      tag,
      summary: 'Let a member of staff in again',
      answer: StaffJson,
    },
    async (tx, { params }) => {
      await reactivateStaffMember(tx, params.id)
      return staffJson(await getStaffMember(tx.db, params.id))
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/staff/{id}/password-links',
      scope,
      tag,
      summary: 'Make a link by which a member of staff sets a new password',
      description: 'For somebody who has forgotten it. It works once, for a day; an earlier one ends.',
      answer: LinkJson,
      isSecret: true,
    },
    async (tx, { params, view }) => linkTo(view, await createPasswordLink(tx, params.id)),
  )
  routes.write(
    {
      method: 'delete',
      path: '/staff/{id}/second-step',
      scope,
      tag,
      summary: 'Ask a member of staff for the password alone',
      description:
        'For somebody who has lost the authenticator app and the recovery codes. Their sessions end.',
    },
    (tx, { params }) => removeAuthenticator(tx, params.id, { keep: null }),
  )
}

export function staffJson(member: StaffMember): z.input<typeof StaffJson> {
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    role: member.role,
    created_at: toIso(member.createdAt),
    deactivated_at: isoOrNull(member.deactivatedAt),
  }
}

function placeOf(member: StaffMember): [number, string] {
  return [member.createdAt, member.id]
}
