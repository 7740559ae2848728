import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { StaffTable } from '../../db/schema.ts'
import { isUniqueViolation } from '../../db/unique-violation.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { type Id, newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { asChanged, record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { ROLES, type Role } from './scopes.ts'
import { endOtherSessions } from './session-ends.ts'

export type StaffId = Id<'staff'>

/** A person who may sign in, or could. What proves who it is stays out of here. */
export interface StaffMember {
  id: StaffId
  name: string
  /** In lower case. */
  email: string
  role: Role
  createdAt: Instant
  deactivatedAt: Instant | null
}

export const StaffName = z.string().trim().min(1, 'Say a name.').max(100)
export const StaffEmail = z.email('This is not an e-mail address.').max(254).toLowerCase()

export const NewStaffMember = z.strictObject({ name: StaffName, email: StaffEmail, role: z.enum(ROLES) })
export type NewStaffMember = z.input<typeof NewStaffMember>

export const StaffChanges = z.strictObject({ name: StaffName, role: z.enum(ROLES) }).partial()
export type StaffChanges = z.input<typeof StaffChanges>

/**
 * Adds a member of staff, with the hash of the password, if there is one.
 * @throws DomainError `invalid` when the address is somebody's already
 */
export async function addStaffMember(
  tx: Tx,
  input: NewStaffMember,
  passwordHash: string | null = null,
): Promise<StaffId> {
  const { name, email, role } = NewStaffMember.parse(input)
  const id: StaffId = newId()
  try {
    await tx.db
      .insertInto('staff')
      .values({
        id,
        name,
        email,
        role,
        password_hash: passwordHash,
        created_at: tx.now,
        deactivated_at: null,
      })
      .execute()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw invalidField('/email', 'A member of staff has this address already.')
  }
  await record(tx, 'staff.joined', id, { after: { name, email, role } })
  return id
}

/** Everybody who was ever staff, oldest first. */
export async function listStaff(reader: Reader): Promise<StaffMember[]> {
  const rows = await reader.selectFrom('staff').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(toStaffMember)
}

/** @throws DomainError `not-found` */
export async function getStaffMember(reader: Reader, id: StaffId): Promise<StaffMember> {
  const row = await reader.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', `There is no member of staff ${id}.`)
  return toStaffMember(row)
}

/** The member of staff with this address, deactivated ones too. */
export async function findStaffByEmail(reader: Reader, email: string): Promise<StaffMember | undefined> {
  // What is no address is nobody's, and may hold what no text of the database does.
  const address = StaffEmail.safeParse(email.trim())
  if (!address.success) return undefined
  const row = await reader
    .selectFrom('staff')
    .selectAll()
    .where('email', '=', address.data)
    .executeTakeFirst()
  return row && toStaffMember(row)
}

/**
 * Changes the name or the role; another role counts from the next request on, for tokens as well.
 * @throws DomainError `not-found`; `conflict` for the last administrator
 */
export async function changeStaffMember(tx: Tx, id: StaffId, input: StaffChanges): Promise<void> {
  const changes = StaffChanges.parse(input)
  const { name, role } = await getStaffMember(tx.db, id)
  if (changes.role !== undefined && changes.role !== 'administrator') await assertNotLastAdministrator(tx, id)
  await tx.db.updateTable('staff').set(changes).where('id', '=', id).execute()
  await record(tx, 'staff.updated', id, { before: asChanged({ name, role }, changes), after: changes })
}

/**
 * Shuts somebody out: sessions and tokens end at once, and none of them comes back.
 * @throws DomainError `not-found`, also when it has happened already; `conflict` for the last administrator
 */
export async function deactivateStaffMember(tx: Tx, id: StaffId): Promise<void> {
  await assertNotLastAdministrator(tx, id)
  const { numUpdatedRows } = await tx.db
    .updateTable('staff')
    .set({ deactivated_at: tx.now })
    .where('id', '=', id)
    .where('deactivated_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new DomainError('not-found', `There is no member of staff ${id} at work.`)
  await tx.db
    .updateTable('token')
    .set({ revoked_at: tx.now })
    .where('staff_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  await tx.db
    .updateTable('invitation')
    .set({ revoked_at: tx.now })
    .where('staff_id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
  await record(tx, 'staff.deactivated', id)
  await endOtherSessions(tx, id, null)
}

/**
 * Lets somebody in again, who has to sign in anew.
 * @throws DomainError `not-found`, also for somebody who is at work
 */
export async function reactivateStaffMember(tx: Tx, id: StaffId): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('staff')
    .set({ deactivated_at: null })
    .where('id', '=', id)
    .where('deactivated_at', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new DomainError('not-found', `There is no deactivated member of staff ${id}.`)
  await record(tx, 'staff.reactivated', id)
}

/** Writers stand in line, so that of two administrators who leave at once the second one is refused. */
async function assertNotLastAdministrator(tx: Tx, id: StaffId): Promise<void> {
  const administrators = await tx.db
    .selectFrom('staff')
    .select('id')
    .where('role', '=', 'administrator')
    .where('deactivated_at', 'is', null)
    .execute()
  if (administrators.length === 1 && administrators[0]?.id === id)
    throw new DomainError('conflict', 'This is the last administrator: make somebody else one first.')
}

/** Rows are written here alone, so a role is one of ours. */
export function toStaffMember(row: Omit<Selectable<StaffTable>, 'password_hash'>): StaffMember {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role as Role,
    createdAt: row.created_at,
    deactivatedAt: row.deactivated_at,
  }
}
