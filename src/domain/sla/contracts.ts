import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { SlaContractTable } from '../../db/schema.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { localDateWords } from '../../lib/date-words.ts'
import { type LocalDate, localDateOf } from '../../lib/dates.ts'
import { newId } from '../../lib/ids.ts'
import { type Subject, SubjectName } from '../defects/subject.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { type CalendarVersion, laterOf, listCalendars, ValidFrom } from './calendars.ts'
import { listPolicies } from './policies.ts'
import { assertBeginning, earliestBeginning, endOf, type Version } from './validity.ts'

/** Goals that a contract may let rest while it waits for the customer (rule 21). */
export const PAUSABLE_GOALS = ['workaround', 'fix'] as const
/** What a contract's clocks start with: the confirmation, as in the standard terms, or the report. */
export const CLOCK_STARTS = ['confirmation', 'report'] as const

/** One version of a contract: the policy that a customer, a plan or a product has instead of the standard one. */
export interface Contract extends Version {
  id: string
  name: string
  subject: Subject
  policyId: string
  clockStarts: (typeof CLOCK_STARTS)[number]
  pausableGoals: (typeof PAUSABLE_GOALS)[number][]
  validToOn: LocalDate | null
}

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
  const contract: Contract = {
    id: newId<'contract'>(),
    version: 1,
    name: draft.name,
    subject: subjectOf(draft),
    policyId: draft.policy_id,
    clockStarts: draft.clock_starts,
    pausableGoals: draft.pausable_goals,
    validFromOn: await beginning(tx, undefined, subjectOf(draft), draft.policy_id, draft.valid_from),
    validToOn: draft.valid_to,
  }
  await insertVersion(tx, contract)
  await recordContract(tx, 'sla.contract_created', contract)
  return contract.id
}

export const ContractChanges = z.strictObject({ ...fields, valid_from: ValidFrom }).partial()
export type ContractChanges = z.infer<typeof ContractChanges>

/**
 * Edits a contract, or gives it an end with `valid_to`: a new version, for clocks that start later.
 * @throws DomainError `not-found`; `invalid` as for a new one
 */
export async function reviseContract(tx: Tx, id: string, changes: ContractChanges): Promise<void> {
  const before = (await getContractVersions(tx.db, id)).at(-1)
  if (!before) throw new Error(`Contract ${id} has no version.`)
  const policyId = changes.policy_id ?? before.policyId
  const contract: Contract = {
    ...before,
    version: before.version + 1,
    name: changes.name ?? before.name,
    policyId,
    clockStarts: changes.clock_starts ?? before.clockStarts,
    pausableGoals: changes.pausable_goals ?? before.pausableGoals,
    validFromOn: await beginning(tx, before, before.subject, policyId, changes.valid_from),
    validToOn: changes.valid_to === undefined ? before.validToOn : changes.valid_to,
  }
  await insertVersion(tx, contract)
  await recordContract(tx, 'sla.contract_revised', contract)
}

/** All versions of all contracts, by contract, the oldest version first. */
export async function listContracts(reader: Reader): Promise<Map<string, Contract[]>> {
  const rows = await reader
    .selectFrom('sla_contract')
    .selectAll()
    .orderBy('created_at')
    .orderBy('version')
    .execute()
  return Map.groupBy(rows.map(toContract), ({ id }) => id)
}

/** @throws DomainError `not-found` */
export async function getContractVersions(reader: Reader, id: string): Promise<Contract[]> {
  const versions = (await listContracts(reader)).get(id)
  if (!versions) throw new DomainError('not-found', `There is no contract ${id}.`)
  return versions
}

export function isSameSubject(one: Subject, other: Subject): boolean {
  return one.kind === other.kind && one.name === other.name
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

/** The first day of a version, in the zone of the calendar that its policy counts by. */
async function beginning(
  tx: Tx,
  before: Contract | undefined,
  subject: Subject,
  policyId: string,
  asked: LocalDate | undefined,
): Promise<LocalDate> {
  const calendar = await calendarOfPolicy(tx.db, policyId)
  const clocks = { column: subject.kind, id: subject.name }
  const earliest = await earliestBeginning(tx.db, before, clocks, calendar)
  const validFromOn = asked ?? laterOf(localDateOf(tx.now, calendar.timeZone), earliest)
  assertBeginning(validFromOn, earliest)
  return validFromOn
}

/** @throws DomainError `invalid` for a policy that is not there */
async function calendarOfPolicy(reader: Reader, policyId: string): Promise<CalendarVersion> {
  const policy = (await listPolicies(reader)).get(policyId)?.at(-1)
  if (!policy) throw invalidField('/policy_id', `There is no policy ${policyId}.`)
  const calendar = (await listCalendars(reader)).get(policy.calendarId)?.at(-1)
  if (!calendar) throw new Error(`Calendar ${policy.calendarId} is gone.`)
  return calendar
}

/** @throws DomainError `invalid` for an end before the beginning, or days that another contract has */
async function assertFree(reader: Reader, contract: Contract): Promise<void> {
  const { validFromOn, validToOn, subject } = contract
  if (validToOn !== null && validToOn <= validFromOn) {
    throw invalidField(
      '/valid_to',
      'A contract ends after it begins; its last day is the day before “valid_to”.',
    )
  }
  for (const [id, versions] of await listContracts(reader)) {
    const [first] = versions
    const last = versions.at(-1)
    if (id === contract.id || !first || !last || !isSameSubject(first.subject, subject)) continue
    const end = endOf(versions, last)
    const overlaps =
      (validToOn === null || first.validFromOn < validToOn) && (end === null || validFromOn < end)
    if (!overlaps) continue
    const until = end === null ? 'without an end' : `until before ${localDateWords(end, { year: true })}`
    throw invalidField(
      '/valid_from',
      `The contract “${last.name}” holds for the same ${subject.kind} from ${localDateWords(first.validFromOn, { year: true })} on, ${until}.`,
    )
  }
}

/** Whom a contract is with, and what it says, stands in its own versions and nowhere else. */
async function recordContract(
  tx: Tx,
  type: 'sla.contract_created' | 'sla.contract_revised',
  { id, version }: Contract,
): Promise<void> {
  await record(tx, type, id, { after: { version } })
}

async function insertVersion(tx: Tx, contract: Contract): Promise<void> {
  await assertFree(tx.db, contract)
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

function toContract(row: Selectable<SlaContractTable>): Contract {
  const subject: Subject =
    row.customer !== null
      ? { kind: 'customer', name: row.customer }
      : row.plan !== null
        ? { kind: 'plan', name: row.plan }
        : { kind: 'product', name: row.product ?? '' }
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    subject,
    policyId: row.policy_id,
    clockStarts: row.clock_starts as Contract['clockStarts'],
    pausableGoals: JSON.parse(row.pausable_goals),
    validFromOn: row.valid_from_on,
    validToOn: row.valid_to_on,
  }
}
