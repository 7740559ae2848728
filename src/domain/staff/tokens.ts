import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { TokenTable } from '../../db/schema.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { type Id, newId } from '../../lib/ids.ts'
import { type Instant, MINUTE_MS } from '../../lib/instant.ts'
import { hashOfSecret, newSecret } from '../../lib/secret.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { type Role, SCOPES, type Scope, scopesOf } from './scopes.ts'
import { getStaffMember, type StaffId } from './staff.ts'

export type TokenId = Id<'token'>

/** What a program shows to be let in. The secret itself is not here: only its hash is stored. */
export interface Token {
  id: TokenId
  name: string
  /** Whose it is: it may do no more than that member of staff, and ends with the membership. Null: the installation's. */
  staffId: StaffId | null
  scopes: Scope[]
  createdAt: Instant
  expiresAt: Instant | null
  lastUsedAt: Instant | null
  revokedAt: Instant | null
}

export const TokenName = z.string().trim().min(1, 'A token needs a name.').max(100)
export const TokenScopes = z
  .array(z.enum(SCOPES))
  .min(1, 'A token needs at least one scope.')
  .refine((scopes) => new Set(scopes).size === scopes.length, 'A scope is given twice.')

export interface NewToken {
  name: string
  scopes: Scope[]
  /** The installation's, when left out. */
  staffId?: StaffId | null
  /** Never, when left out. */
  expiresAt?: Instant | null
}

/**
 * Makes a token. The secret is 256 random bits; it is returned here and can never be shown again.
 * @throws DomainError `invalid` for an expiry that has passed, or a scope beyond the role of whose it is
 */
export async function createToken(tx: Tx, input: NewToken): Promise<{ id: TokenId; secret: string }> {
  const name = TokenName.parse(input.name)
  const scopes = TokenScopes.parse(input.scopes)
  const expiresAt = input.expiresAt ?? null
  if (expiresAt !== null && expiresAt <= tx.now) throw invalidField('/expires_at', 'This moment has passed.')
  const staffId = input.staffId ?? null
  if (staffId !== null) assertWithinRole(scopes, (await getStaffMember(tx.db, staffId)).role)
  const id = newId<'token'>()
  const secret = `avow_${newSecret()}`
  await tx.db
    .insertInto('token')
    .values({
      id,
      name,
      staff_id: staffId,
      hash: hashOfSecret(secret),
      scopes: JSON.stringify(scopes),
      created_at: tx.now,
      expires_at: expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute()
  await record(tx, 'token.created', id, { after: { name, scopes, expires_at: expiresAt } })
  return { id, secret }
}

function assertWithinRole(scopes: readonly Scope[], role: Role): void {
  const beyond = scopes.filter((scope) => !scopesOf(role).includes(scope))
  if (beyond.length > 0) throw invalidField('/scopes', `Your role does not have ${beyond.join(', ')}.`)
}

/**
 * Whose secret this is, with what it may do at present. Revocation is a fact and not a comparison of times: no clock that goes back undoes it.
 * @throws DomainError `unauthenticated`
 */
export async function authenticate(reader: Reader, secret: string, now: Instant): Promise<Token> {
  const row = await reader
    .selectFrom('token')
    .leftJoin('staff', 'staff.id', 'token.staff_id')
    .selectAll('token')
    .select('staff.role')
    .where('token.hash', '=', hashOfSecret(secret))
    .executeTakeFirst()
  if (!row) throw new DomainError('unauthenticated', 'This token is not known here.')
  if (row.revoked_at !== null) throw new DomainError('unauthenticated', 'This token has been revoked.')
  if (row.expires_at !== null && row.expires_at <= now) {
    throw new ExpiredToken(row.id)
  }
  const token = toToken(row)
  return row.role === null ? token : { ...token, scopes: scopesWithin(token.scopes, row.role as Role) }
}

/** What is left of a token's scopes in a role: reading at least. */
function scopesWithin(scopes: readonly Scope[], role: Role): Scope[] {
  const left = scopes.filter((scope) => scopesOf(role).includes(scope))
  return left.length > 0 ? left : ['read']
}

/** Refused for the first time after its end; to be kept, so that no clock which goes back opens the door again. */
export class ExpiredToken extends DomainError {
  readonly tokenId: TokenId

  constructor(tokenId: TokenId) {
    super('unauthenticated', 'This token has expired.')
    this.tokenId = tokenId
  }
}

/** Makes the end of a token a fact. That it would end was told when it was made, so it records nothing. */
export async function keepTokenExpiry(tx: Tx, id: TokenId): Promise<void> {
  await tx.db
    .updateTable('token')
    .set((eb) => ({ revoked_at: eb.ref('expires_at') }))
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Whether the kept time of last use is older than a minute: finer than that nobody needs it. */
export function isUseWorthKeeping(token: Token, now: Instant): boolean {
  return token.lastUsedAt === null || now - token.lastUsedAt >= MINUTE_MS
}

/** Keeps when a token was last used. It is no change worth telling, so it records nothing. */
export async function keepTokenUse(tx: Tx, id: TokenId): Promise<void> {
  await tx.db.updateTable('token').set({ last_used_at: tx.now }).where('id', '=', id).execute()
}

/** Every token that was ever made, oldest first; revoked ones stay, so that the audit log can be read. */
export async function listTokens(reader: Reader): Promise<Token[]> {
  const rows = await reader.selectFrom('token').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(toToken)
}

/** @throws DomainError `not-found` */
export async function getToken(reader: Reader, id: TokenId): Promise<Token> {
  const row = await reader.selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', `There is no token ${id}.`)
  return toToken(row)
}

/**
 * Makes a token useless, from the next request on.
 * @throws DomainError `not-found`, also when it is revoked already
 */
export async function revokeToken(tx: Tx, id: TokenId): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('token')
    .set({ revoked_at: tx.now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new DomainError('not-found', `There is no token ${id} in use.`)
  await record(tx, 'token.revoked', id)
}

function toToken(row: Selectable<TokenTable>): Token {
  return {
    id: row.id,
    name: row.name,
    staffId: row.staff_id,
    scopes: JSON.parse(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }
}
