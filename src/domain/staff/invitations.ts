import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { InvitationTable } from '../../db/schema.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { type Id, newId } from '../../lib/ids.ts'
import { DAY_MS, type Instant } from '../../lib/instant.ts'
import { hashOfSecret, newSecret } from '../../lib/secret.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { changePassword } from './passwords.ts'
import { ROLES, type Role } from './scopes.ts'
import { addStaffMember, findStaffByEmail, getStaffMember, StaffEmail, type StaffId } from './staff.ts'

export type InvitationId = Id<'invitation'>

/** A link by which somebody joins, or sets a new password, once. The secret in it is not here: only its hash is stored. */
export interface Invitation {
  id: InvitationId
  /** Who sets a new password; null where somebody joins. */
  staffId: StaffId | null
  /** Whom it is for; null for the link of the first set-up, whose bearer names an address. */
  email: string | null
  role: Role
  createdAt: Instant
  expiresAt: Instant
}

export const INVITATION_LASTS_MS = 7 * DAY_MS
const SET_UP_LASTS_MS = DAY_MS
const PASSWORD_LINK_LASTS_MS = DAY_MS

export const NewInvitation = z.strictObject({ email: StaffEmail, role: z.enum(ROLES) })
export type NewInvitation = z.input<typeof NewInvitation>

/**
 * Invites somebody. The secret is 256 random bits; it is returned here and can never be shown again. An earlier
 * invitation of the same address ends.
 * @throws DomainError `invalid` when the address is that of a member of staff
 */
export async function createInvitation(
  tx: Tx,
  input: NewInvitation,
): Promise<{ id: InvitationId; secret: string }> {
  const { email, role } = NewInvitation.parse(input)
  const member = await findStaffByEmail(tx.db, email)
  if (member !== undefined) {
    const isAtWork = member.deactivatedAt === null
    const sentence = isAtWork
      ? 'A member of staff has this address already.'
      : 'This was a member of staff: let that person in again instead.'
    throw invalidField('/email', sentence)
  }
  return insertLink(tx, { staffId: null, email, role, lastsMs: INVITATION_LASTS_MS })
}

/**
 * Makes a link by which the first administrator joins. Others that were made stay open: of several processes that start
 * together each prints its own, and any of them has to work until somebody has joined.
 * @throws DomainError `conflict` when there is staff already
 */
export async function createSetUpLink(tx: Tx): Promise<{ id: InvitationId; secret: string }> {
  if (await hasStaff(tx.db)) throw new DomainError('conflict', 'This page has been set up already.')
  return insertLink(tx, { staffId: null, email: null, role: 'administrator', lastsMs: SET_UP_LASTS_MS })
}

/**
 * Makes a link by which a member of staff sets a new password, for a day; one that was made before ends.
 * @throws DomainError `not-found`; `conflict` for somebody who is shut out
 */
export async function createPasswordLink(
  tx: Tx,
  staffId: StaffId,
): Promise<{ id: InvitationId; secret: string }> {
  const { email, role, deactivatedAt } = await getStaffMember(tx.db, staffId)
  if (deactivatedAt !== null) throw new DomainError('conflict', 'Let this member of staff in again first.')
  return insertLink(tx, { staffId, email, role, lastsMs: PASSWORD_LINK_LASTS_MS })
}

/** Whether anybody has ever joined. */
export async function hasStaff(reader: Reader): Promise<boolean> {
  return (await reader.selectFrom('staff').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** What a secret opens. `over` has been met for the first time after its end, which is to be kept. */
export type FoundInvitation =
  | { state: 'open'; invitation: Invitation }
  | { state: 'over'; id: InvitationId }
  | { state: 'none' }

export async function findInvitationBySecret(
  reader: Reader,
  secret: string,
  now: Instant,
): Promise<FoundInvitation> {
  const row = await openInvitations(reader).where('hash', '=', hashOfSecret(secret)).executeTakeFirst()
  if (row === undefined) return { state: 'none' }
  if (row.email === null && (await hasStaff(reader))) return { state: 'none' }
  if (row.expires_at <= now) return { state: 'over', id: row.id }
  return { state: 'open', invitation: toInvitation(row) }
}

/** Makes the end of an invitation a fact, so that no clock which goes back opens the door again. */
export async function keepInvitationEnd(tx: Tx, id: InvitationId): Promise<void> {
  await tx.db
    .updateTable('invitation')
    .set((eb) => ({ revoked_at: eb.ref('expires_at') }))
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** @throws DomainError `not-found` for one that cannot be accepted any more */
export async function getInvitation(reader: Reader, id: InvitationId): Promise<Invitation> {
  const row = await openInvitations(reader).where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', `There is no open invitation ${id}.`)
  return toInvitation(row)
}

/**
 * Takes the person who was invited in, or gives a member of staff the new password; the link opens nothing any more.
 * @param input the name counts for who joins, the address for the first set-up only: an invitation has its own
 * @throws DomainError `not-found` for a link that opens nothing, also one that has just been used; `invalid`
 */
export async function acceptInvitation(
  tx: Tx,
  secret: string,
  input: { name: string; email?: string; passwordHash: string },
): Promise<StaffId> {
  const found = await findInvitationBySecret(tx.db, secret, tx.now)
  if (found.state !== 'open') throw new DomainError('not-found', 'This link opens nothing.')
  const { id, staffId, role, email } = found.invitation
  await tx.db.updateTable('invitation').set({ accepted_at: tx.now }).where('id', '=', id).execute()
  if (staffId !== null) {
    await changePassword(tx, staffId, { hash: input.passwordHash, keep: null })
    return staffId
  }
  const member = { name: input.name, email: email ?? input.email ?? '', role }
  return addStaffMember(tx, member, input.passwordHash)
}

/**
 * Takes in the person who has shown elsewhere that the address is theirs, where an invitation is open for it.
 * @returns undefined without one
 */
export async function acceptInvitationOf(
  tx: Tx,
  email: string,
  { name }: { name: string },
): Promise<StaffId | undefined> {
  const row = await openInvitations(tx.db)
    .where('email', '=', email.trim().toLowerCase())
    .where('staff_id', 'is', null)
    .where('expires_at', '>', tx.now)
    .executeTakeFirst()
  if (row === undefined) return undefined
  await tx.db.updateTable('invitation').set({ accepted_at: tx.now }).where('id', '=', row.id).execute()
  return addStaffMember(tx, { name: name.slice(0, 100), email, role: toInvitation(row).role })
}

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(reader: Reader, now: Instant): Promise<Invitation[]> {
  const rows = await openInvitations(reader)
    .where('email', 'is not', null)
    .where('staff_id', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toInvitation)
}

/**
 * Ends an invitation before somebody uses it.
 * @throws DomainError `not-found`, also when it is used or over
 */
export async function revokeInvitation(tx: Tx, id: InvitationId): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('invitation')
    .set({ revoked_at: tx.now })
    .where('id', '=', id)
    .where('email', 'is not', null)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new DomainError('not-found', `There is no open invitation ${id}.`)
  await record(tx, 'invitation.revoked', id)
}

async function insertLink(
  tx: Tx,
  {
    staffId,
    email,
    role,
    lastsMs,
  }: { staffId: StaffId | null; email: string | null; role: Role; lastsMs: number },
): Promise<{ id: InvitationId; secret: string }> {
  if (email !== null) await endEarlierLinks(tx, email)
  const id: InvitationId = newId()
  const secret = newSecret()
  const expiresAt = tx.now + lastsMs
  await tx.db
    .insertInto('invitation')
    .values({
      id,
      staff_id: staffId,
      email,
      role,
      hash: hashOfSecret(secret),
      created_at: tx.now,
      expires_at: expiresAt,
      accepted_at: null,
      revoked_at: null,
    })
    .execute()
  if (staffId === null)
    await record(tx, 'invitation.created', id, { after: { email, role, expires_at: expiresAt } })
  else await record(tx, 'staff.password_link_created', staffId)
  return { id, secret }
}

async function endEarlierLinks(tx: Tx, email: string): Promise<void> {
  await tx.db
    .updateTable('invitation')
    .set({ revoked_at: tx.now })
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

function openInvitations(reader: Reader) {
  return reader
    .selectFrom('invitation')
    .selectAll()
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
}

/** Rows are written here alone, so a role is one of ours. */
function toInvitation(row: Selectable<InvitationTable>): Invitation {
  return {
    id: row.id,
    staffId: row.staff_id,
    email: row.email,
    role: row.role as Role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
