import { type Id, newId } from '../../lib/ids.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../../lib/instant.ts'
import { hashOfSecret, newSecret } from '../../lib/secret.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { isOver } from './session-ends.ts'
import { type StaffId, type StaffMember, toStaffMember } from './staff.ts'

export type SessionId = Id<'session'>

/** A browser in which somebody has signed in. The secret of its cookie is not here: only the hash is stored. */
export interface StaffSession {
  id: SessionId
  userAgent: string | null
  createdAt: Instant
  lastUsedAt: Instant
  expiresAt: Instant
}

/** So long a session lasts, however much it is used. */
export const SESSION_LASTS_MS = 14 * DAY_MS

const LONGEST_USER_AGENT = 300

/** How somebody has shown who it is. */
export interface ShownBy {
  /** A link sets a first password, or a new one. */
  by: 'password' | 'provider' | 'link'
  /** Null for who is asked for none. */
  secondStep: 'app' | 'recovery_code' | null
}

/** Signs somebody in. The secret is returned here and can never be read again. */
export async function startSession(
  tx: Tx,
  staffId: StaffId,
  { userAgent, by, secondStep }: ShownBy & { userAgent: string | null },
): Promise<{ id: SessionId; secret: string }> {
  const id: SessionId = newId()
  const secret = newSecret()
  await tx.db
    .insertInto('staff_session')
    .values({
      id,
      staff_id: staffId,
      hash: hashOfSecret(secret),
      user_agent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      created_at: tx.now,
      last_used_at: tx.now,
      expires_at: tx.now + SESSION_LASTS_MS,
      ended_at: null,
    })
    .execute()
  await record(tx, 'session.signed_in', staffId, { after: { session_id: id, by, second_step: secondStep } })
  return { id, secret }
}

/** Whose secret this is. `over` has been met for the first time after its end, which is to be kept. */
export type FoundSession =
  | { state: 'open'; session: StaffSession; staff: StaffMember }
  | { state: 'over'; id: SessionId; staff: StaffMember }
  | { state: 'none' }

export async function findSessionBySecret(
  reader: Reader,
  secret: string,
  now: Instant,
): Promise<FoundSession> {
  const row = await reader
    .selectFrom('staff_session as session')
    .innerJoin('staff', 'staff.id', 'session.staff_id')
    .select(['session.id as session_id', 'session.user_agent', 'session.created_at as started_at'])
    .select(['session.last_used_at', 'session.expires_at'])
    .select([
      'staff.id',
      'staff.name',
      'staff.email',
      'staff.role',
      'staff.created_at',
      'staff.deactivated_at',
    ])
    .where('session.hash', '=', hashOfSecret(secret))
    .where('session.ended_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return { state: 'none' }
  const session = toSession({ ...row, id: row.session_id, created_at: row.started_at })
  const staff = toStaffMember(row)
  return isOver(session, now) ? { state: 'over', id: session.id, staff } : { state: 'open', session, staff }
}

/** Whether the kept time of last use is older than a minute: finer than that nobody needs it. */
export function isSessionUseWorthKeeping({ lastUsedAt }: StaffSession, now: Instant): boolean {
  return now - lastUsedAt >= MINUTE_MS
}

/** Keeps when a session was last used, on which hangs how long it waits. It is no change worth telling. */
export async function keepSessionUse(tx: Tx, id: SessionId): Promise<void> {
  await tx.db.updateTable('staff_session').set({ last_used_at: tx.now }).where('id', '=', id).execute()
}

/** Where somebody is signed in, newest first. */
export async function listSessions(reader: Reader, staffId: StaffId, now: Instant): Promise<StaffSession[]> {
  const rows = await reader
    .selectFrom('staff_session')
    .select(['id', 'user_agent', 'created_at', 'last_used_at', 'expires_at'])
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toSession).filter((session) => !isOver(session, now))
}

function toSession(row: {
  id: string
  user_agent: string | null
  created_at: Instant
  last_used_at: Instant
  expires_at: Instant
}): StaffSession {
  return {
    id: row.id,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }
}
