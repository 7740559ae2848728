import type { Role } from '../../src/domain/staff/scopes.ts'
import { SESSION_LASTS_MS, startSession } from '../../src/domain/staff/sessions.ts'
import { addStaffMember } from '../../src/domain/staff/staff.ts'
import type { Tx } from '../../src/domain/tx.ts'
import { setCookie } from '../../src/lib/cookies.ts'

/** Somebody who has signed in. */
export interface SignedIn {
  staffId: string
  sessionId: string
  email: string
  /** A `Cookie` header, for the origin it was made for. */
  cookie: string
}

/**
 * Makes a member of staff of a role, or finds the one with this address, and signs in, without any page.
 * @param write runs a transaction, for instance `(work) => site.as('administrator', work)`
 */
export async function signIn(
  write: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>,
  role: Role,
  { origin, email = `${role}@ledgerlane.example` }: { origin: string; email?: string },
): Promise<SignedIn> {
  return write(async (tx) => {
    const known = await tx.db.selectFrom('staff').select('id').where('email', '=', email).executeTakeFirst()
    const staffId = known?.id ?? (await addStaffMember(tx, { name: `A ${role}`, email, role }))
    const session = await startSession(tx, staffId, {
      userAgent: 'A browser',
      by: 'password',
      secondStep: null,
    })
    const cookie =
      setCookie('avow', session.secret, { origin, lastsMs: SESSION_LASTS_MS }).split(';')[0] ?? ''
    return { staffId, sessionId: session.id, email, cookie }
  })
}
