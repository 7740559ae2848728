import type { Instant } from '../../lib/instant.ts'
import { findAuthenticator } from '../staff/authenticators.ts'
import { readPasswordHash } from '../staff/passwords.ts'
import { countRecoveryCodes } from '../staff/recovery-codes.ts'
import { listSessions, type StaffSession } from '../staff/sessions.ts'
import type { StaffId } from '../staff/staff.ts'
import { listTokens, type Token } from '../staff/tokens.ts'
import type { Reader } from '../tx.ts'

/** What somebody sees of the own account. */
export interface AccountView {
  hasPassword: boolean
  /** Undefined where no second step is asked for. */
  secondStep: { recoveryCodesLeft: number } | undefined
  /** Newest first. */
  sessions: StaffSession[]
  /** Those in use, oldest first. */
  tokens: Token[]
}

export async function readAccount(reader: Reader, id: StaffId, now: Instant): Promise<AccountView> {
  const hasAuthenticator = (await findAuthenticator(reader, id)) !== undefined
  const tokens = await listTokens(reader)
  return {
    hasPassword: (await readPasswordHash(reader, id)) !== null,
    secondStep: hasAuthenticator ? { recoveryCodesLeft: await countRecoveryCodes(reader, id) } : undefined,
    sessions: await listSessions(reader, id, now),
    tokens: tokens.filter((token) => token.staffId === id && isInUse(token, now)),
  }
}

function isInUse({ revokedAt, expiresAt }: Token, now: Instant): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now)
}
