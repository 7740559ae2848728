import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { getPage } from '../domain/page.ts'
import {
  acceptInvitation,
  findInvitationBySecret,
  type Invitation,
  keepInvitationEnd,
} from '../domain/staff/invitations.ts'
import { getStaffMember, StaffEmail, StaffName } from '../domain/staff/staff.ts'
import type { Actor } from '../domain/tx.ts'
import { DomainError } from '../errors.ts'
import { assertHardToGuess } from './guessable.ts'
import { hashPassword, Password } from './password.ts'
import { type Attempt, type SignIn, signInAs } from './sign-in.ts'

/** Whoever comes by a link has no name yet that anybody has checked. */
export const GUEST: Actor = { kind: 'staff', id: null, name: 'by a link' }

/** What a link opens; undefined for one that was used, revoked or never was, and for one whose time is over. */
export async function findInvitation(ctx: AppContext, secret: string): Promise<Invitation | undefined> {
  const found = await findInvitationBySecret(ctx.read, secret, ctx.now())
  if (found.state === 'over') await ctx.write(GUEST, (tx) => keepInvitationEnd(tx, found.id))
  return found.state === 'open' ? found.invitation : undefined
}

/** What is asked of whoever joins by an invitation, sets the page up, or sets a new password. */
export const Joining = z.strictObject({ name: StaffName, password: Password })
export const SettingUp = z.strictObject({ name: StaffName, email: StaffEmail, password: Password })
export const NewPassword = z.strictObject({ password: Password })

/**
 * Takes somebody in by a link, and signs in.
 * @throws DomainError `not-found` for a link that opens nothing, also one that was used at this very moment; `invalid`
 */
export async function acceptLink(
  ctx: AppContext,
  attempt: Attempt,
  secret: string,
  input: { name?: string; email?: string; password: string },
): Promise<SignIn> {
  const invitation = await findInvitation(ctx, secret)
  if (invitation === undefined) throw new DomainError('not-found', 'This link opens nothing.')
  const { name: pageName } = await getPage(ctx.read)
  const about = [pageName, invitation.email ?? '', input.email ?? '', input.name ?? '']
  await assertHardToGuess(input.password, about)
  const passwordHash = await hashPassword(input.password)
  const name = input.name ?? ''
  const actor = invitation.staffId === null ? { ...GUEST, name } : GUEST
  const staff = await ctx.write(actor, async (tx) => {
    const id = await acceptInvitation(tx, secret, { ...input, name, passwordHash })
    return getStaffMember(tx.db, id)
  })
  return signInAs(ctx, attempt, staff, 'link')
}
