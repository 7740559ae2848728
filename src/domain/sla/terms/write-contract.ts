import { z } from 'zod'
import { invalidField } from '../../../errors.ts'
import { localDateWords } from '../../../lib/date-words.ts'
import { newId } from '../../../lib/ids.ts'
import { type Subject, SubjectName } from '../../defects/subject.ts'
import { record } from '../../events/record.ts'
import type { Tx } from '../../tx.ts'
import { assertContractEnd, assertDaysFree, firstContractDay } from './contract-days.ts'
import {
  CLOCK_STARTS,
  type Contract,
  getContractVersions,
  heldBy,
  listContracts,
  PAUSABLE_GOALS,
} from './contracts.ts'
import { editedVersion, ValidFrom } from './validity.ts'

const fields = {
  name: z.string().trim().min(1, 'A contract needs a name.').max(100),
  policy_id: z.string(),
  clock_starts: z.enum(CLOCK_STARTS),
  pausable_goals: z
    .array(z.enum(PAUSABLE_GOALS))
    .refine((goals) => new Set(goals).size === goals.length, 'A goal is named twice.'),
  valid_to: ValidFrom.nullable(),
}

export const NewContract = z.strictObject({
  ...fields,
  customer: SubjectName.optional(),
  plan: SubjectName.optional(),
  product: SubjectName.optional(),
  clock_starts: fields.clock_starts.default('confirmation'),
  pausable_goals: fields.pausable_goals.default([]),
  valid_from: ValidFrom.optional(),
  valid_to: fields.valid_to.default(null),
})
export type NewContract = z.input<typeof NewContract>

/**
 * Makes a contract. Without `valid_from` it holds from today on, or from the first day that is free.
 * @throws DomainError `invalid` for none or several of customer, plan and product, a policy that is not there, a
 * validity that ends before it begins, that overlaps another contract's or touches a clock that is running
 */
export async function createContract(tx: Tx, input: NewContract): Promise<string> {
  const draft = NewContract.parse(input)
  const contract = {
    id: newId<'contract'>(),
    version: 1,
    name: draft.name,
    subject: subjectOf(draft),
    policyId: draft.policy_id,
    clockStarts: draft.clock_starts,
    pausableGoals: draft.pausable_goals,
    validToOn: draft.valid_to,
  }
  const validFromOn = await firstContractDay(tx, contract, [], draft.valid_from)
  if (draft.valid_to !== null && draft.valid_to <= validFromOn) {
    throw invalidField(
      '/valid_to',
      `A contract ends after it begins: this one begins on ${localDateWords(validFromOn, { year: true })}, and “valid_to” is the first day without it.`,
    )
  }
  await insertVersion(tx, { ...contract, validFromOn })
  await recordContract(tx, 'sla.contract_created', contract)
  return contract.id
}

export const ContractChanges = z.strictObject({ ...fields, valid_from: ValidFrom }).partial()
export type ContractChanges = z.infer<typeof ContractChanges>

/**
 * Edits a contract, or gives it an end with `valid_to`, which makes a new version for clocks that start later;
 * `firstDayOf` says from when on. An end on that very day calls off what is left of it.
 * @throws DomainError `not-found`; `invalid` as for a new one
 */
export async function reviseContract(tx: Tx, id: string, changes: ContractChanges): Promise<void> {
  const versions = await getContractVersions(tx.db, id)
  const before = editedVersion(versions, changes.valid_from)
  const draft = {
    ...before,
    version: versions.length + 1,
    name: changes.name ?? before.name,
    policyId: changes.policy_id ?? before.policyId,
    clockStarts: changes.clock_starts ?? before.clockStarts,
    pausableGoals: changes.pausable_goals ?? before.pausableGoals,
    validToOn: changes.valid_to === undefined ? before.validToOn : changes.valid_to,
  }
  const validFromOn = await firstContractDay(tx, draft, versions, changes.valid_from)
  const contract = { ...draft, validFromOn }
  assertContractEnd(contract, changes.valid_to)
  await insertVersion(tx, contract)
  await recordContract(tx, 'sla.contract_revised', contract)
}

function subjectOf({ customer, plan, product }: z.output<typeof NewContract>): Subject {
  const given = Object.entries({ customer, plan, product }).flatMap(([kind, name]) =>
    name === undefined ? [] : [{ kind, name } as Subject],
  )
  const [subject, ...others] = given
  if (subject === undefined || others.length > 0) {
    throw invalidField('/customer', 'A contract is for one customer, or one plan, or one product.')
  }
  return subject
}

/** Whom a contract is with, and what it says, stands in its own versions and nowhere else. */
async function recordContract(
  tx: Tx,
  type: 'sla.contract_created' | 'sla.contract_revised',
  { id, version }: Pick<Contract, 'id' | 'version'>,
): Promise<void> {
  await record(tx, type, id, { after: { version } })
}

async function insertVersion(tx: Tx, contract: Contract): Promise<void> {
  const held = heldBy(contract.subject, await listContracts(tx.db))
  const others = held.filter(({ version }) => version.id !== contract.id)
  assertDaysFree(contract, others)
  const { kind, name } = contract.subject
  await tx.db
    .insertInto('sla_contract')
    .values({
      id: contract.id,
      version: contract.version,
      name: contract.name,
      customer: kind === 'customer' ? name : null,
      plan: kind === 'plan' ? name : null,
      product: kind === 'product' ? name : null,
      policy_id: contract.policyId,
      clock_starts: contract.clockStarts,
      pausable_goals: JSON.stringify(contract.pausableGoals),
      valid_from_on: contract.validFromOn,
      valid_to_on: contract.validToOn,
      created_at: tx.now,
    })
    .execute()
}
