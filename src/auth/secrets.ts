import type { AppContext } from '../context.ts'
import { readSecret } from '../domain/installation.ts'
import { openSealed, seal } from '../lib/seal.ts'

/** What is sealed for one of these opens for no other. */
type Purpose = 'authenticator' | 'second step' | 'known browser' | 'provider'

/** Seals with `AVOW_SECRET`, or where that is not set, with the secret that was made with the database. */
export async function sealFor(ctx: AppContext, purpose: Purpose, text: string): Promise<string> {
  return seal(text, ctx.config.secret ?? (await readSecret(ctx.read)), purpose)
}

/**
 * What was sealed; undefined for what was not sealed here, or for something else. A setting that was made later opens
 * what was sealed before it.
 */
export async function openFor(
  ctx: AppContext,
  purpose: Purpose,
  sealed: string,
): Promise<string | undefined> {
  const { secret } = ctx.config
  const opened = secret === null ? undefined : openSealed(sealed, secret, purpose)
  return opened ?? openSealed(sealed, await readSecret(ctx.read), purpose)
}
