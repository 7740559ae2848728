import type { AppContext } from './context.ts'
import { createSetUpLink, hasStaff } from './domain/staff/invitations.ts'
import type { Actor } from './domain/tx.ts'

const INSTALLER: Actor = { kind: 'operator', id: null, name: 'installation' }

/**
 * As long as nobody has joined, says on standard error where the first administrator does: by a link that works for a
 * day, until somebody has.
 */
export async function offerSetUp(ctx: AppContext): Promise<void> {
  if (await hasStaff(ctx.read)) return
  const { secret } = await ctx.write(INSTALLER, createSetUpLink)
  process.stderr.write(`Nobody can sign in yet. Open this address once, within a day, and become the first administrator:
  ${ctx.config.url}/admin/set-up/${secret}
`)
}
