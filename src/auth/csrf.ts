import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What each form of somebody signed in carries, so that no other site's form is taken for one. It follows from the
 * secret of the session, which no script and no other site can read, and ends with it; nothing is stored.
 */
export function csrfTokenOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('avow csrf').digest('base64url')
}

/** Whether this is the token of the session, in a time that does not depend on how much of it fits. */
export function isCsrfToken(token: string, sessionSecret: string): boolean {
  const given = Buffer.from(token)
  const right = Buffer.from(csrfTokenOf(sessionSecret))
  return given.length === right.length && timingSafeEqual(given, right)
}
