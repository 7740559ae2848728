import type { AppContext } from '../context.ts'
import type { StaffId } from '../domain/staff/staff.ts'
import { readCookie, setCookie } from '../lib/cookies.ts'
import { DAY_MS } from '../lib/instant.ts'
import { openFor, sealFor } from './secrets.ts'

/**
 * A browser in which somebody has signed in before has tries of its own: however long strangers guess, they do not lock
 * the owner out. It proves nothing else. (OWASP: “Slow down online guessing attacks with device cookies”.)
 */
const KNOWN_FOR_MS = 365 * DAY_MS

/** The `Set-Cookie` header by which the browser is known next time. */
export async function rememberBrowser(ctx: AppContext, staffId: StaffId): Promise<string> {
  const sealed = await sealFor(ctx, 'known browser', staffId)
  return setCookie('avow-known', sealed, { origin: ctx.config.url, lastsMs: KNOWN_FOR_MS })
}

/** Who has signed in here before. */
export async function findKnown(ctx: AppContext, request: Request): Promise<StaffId | undefined> {
  const sealed = readCookie(request, 'avow-known', ctx.config.url)
  return sealed === undefined ? undefined : openFor(ctx, 'known browser', sealed)
}
