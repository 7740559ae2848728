import { randomInt } from 'node:crypto'
import { hashOfSecret } from '../../lib/secret.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import type { StaffId } from './staff.ts'

export const RECOVERY_CODES = 10

/** Without signs that look alike. 24 of these are 118 bits: too many to guess, so a fast hash is enough. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const GROUPS = 6
const GROUP_LENGTH = 4

/** Makes new codes in the place of all earlier ones. They are returned here and can never be shown again. */
export async function makeRecoveryCodes(tx: Tx, id: StaffId): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  await tx.db.deleteFrom('staff_recovery_code').where('staff_id', '=', id).execute()
  await tx.db
    .insertInto('staff_recovery_code')
    .values(codes.map((code) => ({ staff_id: id, hash: hashOf(code), used_at: null })))
    .execute()
  await record(tx, 'staff.recovery_codes_made', id)
  return codes
}

/**
 * Takes a code in the place of the authenticator's, once.
 * @returns whether it could be taken
 */
export async function takeRecoveryCode(tx: Tx, id: StaffId, code: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('staff_recovery_code')
    .set({ used_at: tx.now })
    .where('staff_id', '=', id)
    .where('hash', '=', hashOf(code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await record(tx, 'staff.recovery_code_used', id)
  return true
}

/** How many can still be used. */
export async function countRecoveryCodes(reader: Reader, id: StaffId): Promise<number> {
  const rows = await reader
    .selectFrom('staff_recovery_code')
    .select('hash')
    .where('staff_id', '=', id)
    .where('used_at', 'is', null)
    .execute()
  return rows.length
}

function newCode(): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** However it is written: with or without lines and spaces, in large letters. */
function hashOf(code: string): string {
  return hashOfSecret(code.toLowerCase().replaceAll(/[\s-]/g, ''))
}
