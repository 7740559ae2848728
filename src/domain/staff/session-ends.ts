import { DomainError } from '../../errors.ts'
import { DAY_MS, type Instant } from '../../lib/instant.ts'
import { hashOfSecret } from '../../lib/secret.ts'
import { record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import type { SessionId, StaffSession } from './sessions.ts'
import type { StaffId } from './staff.ts'

/** So long a session waits for its next use. */
export const SESSION_WAITS_MS = 3 * DAY_MS

/** Whether a session has ended by itself. */
export function isOver(
  { expiresAt, lastUsedAt }: Pick<StaffSession, 'expiresAt' | 'lastUsedAt'>,
  now: Instant,
) {
  return expiresAt <= now || lastUsedAt + SESSION_WAITS_MS <= now
}

/** Makes the end of a session that is over a fact, so that no clock which goes back opens the door again. */
export async function keepSessionEnd(tx: Tx, id: SessionId): Promise<void> {
  await tx.db
    .updateTable('staff_session')
    .set({ ended_at: tx.now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/**
 * Ends the session that somebody has at hand, from the next request on.
 * @throws DomainError `not-found`, also when it has ended already
 */
export async function signOut(tx: Tx, staffId: StaffId, id: SessionId): Promise<void> {
  await end(tx, staffId, id)
  await record(tx, 'session.signed_out', staffId, { after: { session_id: id } })
}

/**
 * Ends one session of somebody, from the next request on.
 * @throws DomainError `not-found`, also when it has ended already
 */
export async function endSession(tx: Tx, staffId: StaffId, id: SessionId): Promise<void> {
  await end(tx, staffId, id)
  await recordEnd(tx, staffId, id)
}

/** Ends whatever session has this secret: a browser in which somebody signs in anew leaves the one before. */
export async function endSessionOfSecret(tx: Tx, secret: string): Promise<void> {
  const rows = await openSessions(tx).where('hash', '=', hashOfSecret(secret)).execute()
  await endAll(tx, rows)
}

/** Ends every session of somebody but one: whoever knew the password or had the app may have one. */
export async function endOtherSessions(tx: Tx, staffId: StaffId, keep: SessionId | null): Promise<void> {
  const rows = await openSessions(tx)
    .where('staff_id', '=', staffId)
    .where('id', '!=', keep ?? '')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  await endAll(tx, rows)
}

function openSessions(tx: Tx) {
  return tx.db
    .selectFrom('staff_session')
    .select(['id', 'staff_id', 'expires_at', 'last_used_at'])
    .where('ended_at', 'is', null)
}

type OpenSession = Awaited<ReturnType<ReturnType<typeof openSessions>['execute']>>[number]

async function endAll(tx: Tx, sessions: OpenSession[]): Promise<void> {
  for (const { id, staff_id, expires_at, last_used_at } of sessions) {
    await end(tx, staff_id, id)
    // One that was over has ended by itself.
    const wasOver = isOver({ expiresAt: expires_at, lastUsedAt: last_used_at }, tx.now)
    if (!wasOver) await recordEnd(tx, staff_id, id)
  }
}

async function end(tx: Tx, staffId: StaffId, id: SessionId): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('staff_session')
    .set({ ended_at: tx.now })
    .where('id', '=', id)
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new DomainError('not-found', `There is no session ${id}.`)
}

async function recordEnd(tx: Tx, staffId: StaffId, id: SessionId): Promise<void> {
  await record(tx, 'session.ended', staffId, { after: { session_id: id } })
}
