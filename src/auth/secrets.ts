import type { AppContext } from '../context.ts'
import { readSecret } from '../domain/installation.ts'
import { blindName, openSealed, seal } from '../lib/seal.ts'

/** What is sealed for one of these opens for no other. */
type Purpose = 'authenticator' | 'second step' | 'known browser' | 'provider'

/** Seals with the secret of the installation. */
export async function sealFor(ctx: AppContext, purpose: Purpose, text: string): Promise<string> {
  return seal(text, await secretOf(ctx), purpose)
}

/** A name under which something is found again, by every process, and which does not say what it is. */
export async function nameFor(ctx: AppContext, purpose: 'wrong tries', text: string): Promise<string> {
  return blindName(text, await secretOf(ctx), purpose)
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

/** `AVOW_SECRET`, or where that is not set, what was made with the database. */
async function secretOf({ config, read }: AppContext): Promise<string> {
  return config.secret ?? readSecret(read)
}
