import { z } from '@hono/zod-openapi'
import { assertNotRevisedSince } from '../../domain/sla/terms/assert-not-revised.ts'
import {
  CLOCK_STARTS,
  type Contract,
  getContractVersions,
  listContracts,
  PAUSABLE_GOALS,
} from '../../domain/sla/terms/contracts.ts'
import type { Recorded } from '../../domain/sla/terms/validity.ts'
import {
  ContractChanges,
  createContract,
  NewContract,
  reviseContract,
} from '../../domain/sla/terms/write-contract.ts'
import type { Reader } from '../../domain/tx.ts'
import { changesOf } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { VersionedCursor, versionedJson, versionedOf, versionedSource } from './versions.ts'

const ContractJson = versionedOf('Contract', {
  name: z.string(),
  customer: z.string().nullable(),
  plan: z.string().nullable(),
  product: z.string().nullable(),
  policy_id: z.string(),
  clock_starts: z.enum(CLOCK_STARTS).openapi({ description: 'What the clocks of a defect start with.' }),
  pausable_goals: z
    .array(z.enum(PAUSABLE_GOALS))
    .openapi({ description: 'Goals whose clocks may rest while they wait for the customer.' }),
})

// Who has which terms is nobody else's: only who may write contracts reads them.
export const scope = 'sla:write'
export const tag = 'Contracts'
const answer = ContractJson

export function contractRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/sla/contracts',
      scope,
      tag,
      summary: 'List the contracts, the first made first',
      item: ContractJson,
      cursor: VersionedCursor,
    },
    versionedSource(listContracts, contractJson),
  )
  routes.write(
    {
      method: 'post',
      path: '/sla/contracts',
      scope,
      tag,
      summary: 'Make a contract',
      description:
        'It is for one `customer`, or everybody on one `plan`, or everybody who uses one `product`, as defects name them; a defect has the terms of the first of these that has a contract, else the standard ones. `valid_from` is today when left out, or the day after the last clock of theirs; `valid_to` is the first day without it.',
      body: NewContract,
      answer,
    },
    async (tx, { body }) => readOne(tx.db, await createContract(tx, body)),
  )
  routes.read(
    { path: '/sla/contracts/{id}', scope, tag, summary: 'Read a contract and its versions', answer },
    (reader, { params }) => readOne(reader, params.id),
  )
  routes.write(
    {
      method: 'patch',
      path: '/sla/contracts/{id}',
      scope,
      tag,
      summary: 'Edit a contract or end it, which makes a new version',
      description:
        'It holds for clocks that start on or after `valid_from`, today when left out and at the earliest; clocks that run keep their terms. `valid_to` is the first day without the contract; on the first day of the new version it ends at once.',
      body: changesOf(ContractChanges),
      assertUnchanged: (reader, version, { id }) =>
        assertNotRevisedSince(reader, 'sla.contract_revised', { id, version }),
      answer,
    },
    async (tx, { params: { id }, body }) => {
      await reviseContract(tx, id, body)
      return readOne(tx.db, id)
    },
  )
}

async function readOne(reader: Reader, id: string) {
  return contractJson(await getContractVersions(reader, id))
}

function contractJson(versions: readonly Recorded<Contract>[]): z.input<typeof ContractJson> {
  return versionedJson(versions, ({ name, subject, policyId, clockStarts, pausableGoals }) => ({
    name,
    customer: null,
    plan: null,
    product: null,
    [subject.kind]: subject.name,
    policy_id: policyId,
    clock_starts: clockStarts,
    pausable_goals: pausableGoals,
  }))
}
