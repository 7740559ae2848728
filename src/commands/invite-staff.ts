import { createInvitation, createPasswordLink } from '../domain/staff/invitations.ts'
import type { Role } from '../domain/staff/scopes.ts'
import { findStaffByEmail } from '../domain/staff/staff.ts'
import type { Actor } from '../domain/tx.ts'
import { withContext } from './with-context.ts'

const OPERATOR: Actor = { kind: 'operator', id: null, name: 'command line' }

/**
 * `avow staff invite`: writes the link by which somebody joins, and nothing else; for a member of staff that by which
 * the password is set anew, so that nobody is locked out who can get at this machine.
 */
export async function inviteStaffCommand(
  { email, role }: { email: string; role: Role },
  write: (line: string) => void,
): Promise<void> {
  const url = await withContext((ctx) =>
    ctx.write(OPERATOR, async (tx) => {
      const member = await findStaffByEmail(tx.db, email)
      const { secret } =
        member?.deactivatedAt === null
          ? await createPasswordLink(tx, member.id)
          : await createInvitation(tx, { email, role })
      return `${ctx.config.url}/admin/invitations/${secret}`
    }),
  )
  write(url)
}
