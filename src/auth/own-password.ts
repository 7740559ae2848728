import type { AppContext } from '../context.ts'
import { readPasswordHash } from '../domain/staff/passwords.ts'
import type { StaffMember } from '../domain/staff/staff.ts'
import { DomainError, invalidField } from '../errors.ts'
import { tryOf, trySlowly } from './limits.ts'
import { isPassword } from './password.ts'

/**
 * Makes sure that who is at the keyboard knows the password, before something changes by which they sign in: a browser
 * may have been left open. Whoever has no password has shown who it is elsewhere. It writes by itself, so it is called
 * outside of transactions.
 * @throws DomainError `invalid`; `too-many` after ten wrong ones
 */
export async function assertOwnPassword(
  ctx: AppContext,
  { id }: StaffMember,
  password: string,
  pointer = '/password',
): Promise<void> {
  const hash = await readPasswordHash(ctx.read, id)
  if (hash === null) return
  const tried = await tryOf(ctx, { account: `own password of ${id}`, address: null })
  const { state } = await trySlowly(ctx, tried, async () => (await isPassword(password, hash)) || undefined)
  if (state === 'slow')
    throw new DomainError('too-many', 'There were too many wrong passwords. Wait ten minutes.')
  if (state === 'wrong') throw invalidField(pointer, 'This is not your password.')
}
