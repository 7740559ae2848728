import { DomainError } from '../../errors.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { endOtherSessions } from './session-ends.ts'
import type { SessionId } from './sessions.ts'
import type { StaffId } from './staff.ts'

/** The app that shows somebody the codes of the second step. */
export interface Authenticator {
  /** The secret that it shares with us, sealed; who signs people in can open it. */
  sealedSecret: string
  /** The 30-second step of the last code that was taken. */
  lastStep: number
}

/** Undefined for somebody who signs in without a second step. */
export async function findAuthenticator(reader: Reader, id: StaffId): Promise<Authenticator | undefined> {
  const row = await reader
    .selectFrom('staff_authenticator')
    .select(['sealed_secret', 'last_step'])
    .where('staff_id', '=', id)
    .executeTakeFirst()
  return row && { sealedSecret: row.sealed_secret, lastStep: row.last_step }
}

/** Asks for a second step from now on, with this app and no earlier one. Sessions in other browsers end. */
export async function addAuthenticator(
  tx: Tx,
  id: StaffId,
  { sealedSecret, lastStep, keep }: Authenticator & { keep: SessionId | null },
): Promise<void> {
  const row = { sealed_secret: sealedSecret, last_step: lastStep, created_at: tx.now }
  await tx.db
    .insertInto('staff_authenticator')
    .values({ staff_id: id, ...row })
    .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(row))
    .execute()
  await record(tx, 'staff.authenticator_added', id)
  await endOtherSessions(tx, id, keep)
}

/**
 * Takes the code of a step: once, and none of an earlier step after it.
 * @returns whether it could be taken
 */
export async function takeStep(tx: Tx, id: StaffId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('staff_authenticator')
    .set({ last_step: step })
    .where('staff_id', '=', id)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Asks for no second step any more; the recovery codes go with it. Sessions in other browsers end.
 * @throws DomainError `not-found` when none is asked for
 */
export async function removeAuthenticator(
  tx: Tx,
  id: StaffId,
  { keep }: { keep: SessionId | null },
): Promise<void> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('staff_authenticator')
    .where('staff_id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new DomainError('not-found', 'No second step is asked for.')
  await tx.db.deleteFrom('staff_recovery_code').where('staff_id', '=', id).execute()
  await record(tx, 'staff.authenticator_removed', id)
  await endOtherSessions(tx, id, keep)
}
