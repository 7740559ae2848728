import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { SlaContractLinkTable } from '../../../db/schema.ts'
import { DomainError } from '../../../errors.ts'
import { type Id, newId } from '../../../lib/ids.ts'
import type { Instant } from '../../../lib/instant.ts'
import { hashOfSecret, newSecret } from '../../../lib/secret.ts'
import { record } from '../../events/record.ts'
import type { Reader, Tx } from '../../tx.ts'
import { type Contract, getContractVersions } from './contracts.ts'

export type ContractLinkId = Id<'contract_link'>

/** A private address of a contract. The secret in it is not here: only its hash is stored. */
export interface ContractLink {
  id: ContractLinkId
  contractId: string
  /** For whom it was made. */
  name: string
  createdAt: Instant
  revokedAt: Instant | null
}

export const NewContractLink = z.strictObject({
  name: z.string().trim().min(1, 'Say for whom the link is.').max(100),
})

/**
 * Makes a link. The secret is 256 random bits; it is returned here and can never be shown again.
 * @throws DomainError `not-found`
 */
export async function createContractLink(
  tx: Tx,
  contractId: string,
  input: z.input<typeof NewContractLink>,
): Promise<{ id: ContractLinkId; secret: string }> {
  await getContractVersions(tx.db, contractId)
  const { name } = NewContractLink.parse(input)
  const id: ContractLinkId = newId()
  const secret = newSecret()
  await tx.db
    .insertInto('sla_contract_link')
    .values({
      id,
      contract_id: contractId,
      name,
      hash: hashOfSecret(secret),
      created_at: tx.now,
      revoked_at: null,
    })
    .execute()
  await record(tx, 'sla.contract_link_created', id)
  return { id, secret }
}

/**
 * Ends a link, from the next request on.
 * @throws DomainError `not-found`, also when it is ended already
 */
export async function revokeContractLink(tx: Tx, contractId: string, id: ContractLinkId): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('sla_contract_link')
    .set({ revoked_at: tx.now })
    .where('id', '=', id)
    .where('contract_id', '=', contractId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new DomainError('not-found', `There is no link ${id} in use.`)
  await record(tx, 'sla.contract_link_revoked', id)
}

/** Every link that was ever made for a contract, oldest first. */
export async function listContractLinks(reader: Reader, contractId: string): Promise<ContractLink[]> {
  const rows = await reader
    .selectFrom('sla_contract_link')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toLink)
}

/** The newest version of the contract whose link this secret is; undefined for an unknown or ended one. */
export async function findContractBySecret(reader: Reader, secret: string): Promise<Contract | undefined> {
  const link = await reader
    .selectFrom('sla_contract_link')
    .select('contract_id')
    .where('hash', '=', hashOfSecret(secret))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return link && (await getContractVersions(reader, link.contract_id)).at(-1)
}

function toLink(row: Selectable<SlaContractLinkTable>): ContractLink {
  return {
    id: row.id,
    contractId: row.contract_id,
    name: row.name,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  }
}
