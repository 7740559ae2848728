import { hashPassword } from '../auth/password.ts'
import type { AppContext } from '../context.ts'
import type { Role } from '../domain/staff/scopes.ts'
import { addStaffMember } from '../domain/staff/staff.ts'
import type { Actor } from '../domain/tx.ts'
import { newSecret } from '../lib/secret.ts'
import { PEOPLE } from './act.ts'

const MEMBERS: [who: Actor, email: string, role: Role][] = [
  [PEOPLE.administrator, 'administrator@ledgerlane.example', 'administrator'],
  [PEOPLE.duty, 'duty@ledgerlane.example', 'responder'],
  [PEOPLE.lead, 'lead@ledgerlane.example', 'responder'],
  [PEOPLE.releases, 'releases@ledgerlane.example', 'sla_manager'],
  [PEOPLE.support, 'support@ledgerlane.example', 'viewer'],
]

const PASSWORD_LENGTH = 16

/** How somebody signs in at the demo. */
export interface DemoSignIn {
  email: string
  password: string
}

/** The people of the story as staff. The administrator alone has a password: another one at each start. */
export async function addDemoStaff(ctx: AppContext): Promise<DemoSignIn> {
  const password = newSecret().slice(0, PASSWORD_LENGTH)
  const hash = await hashPassword(password)
  await ctx.write({ kind: 'operator', id: null, name: 'Demo' }, async (tx) => {
    for (const [{ name }, email, role] of MEMBERS)
      await addStaffMember(tx, { name, email, role }, role === 'administrator' ? hash : null)
  })
  return { email: 'administrator@ledgerlane.example', password }
}
