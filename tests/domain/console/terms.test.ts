import {
  readCalendarDesk,
  readContractDesk,
  readPolicyDesk,
  readTerms,
} from '../../../src/domain/console/read-terms.ts'
import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { createContract, reviseContract } from '../../../src/domain/sla/terms/write-contract.ts'
import { createPolicy, revisePolicy } from '../../../src/domain/sla/terms/write-policy.ts'
import { expect, type Site, test } from '../../support/site.ts'

const viewpointOf = (site: Site) => ({ url: 'https://status.example', now: site.clock.now(), isStaff: true })

test('terms are listed with what is in force and to come, contracts only for who may write them', async ({
  site,
}) => {
  const { goals } = STANDARD_POLICY
  const { policyId, contractId } = await site.as('administrator', async (tx) => {
    const policyId = await createPolicy(tx, { name: 'Gold terms', calendar_id: 'standard', goals })
    const contractId = await createContract(tx, {
      name: 'Gold',
      customer: 'Harbour Mills',
      policy_id: policyId,
      valid_from: '2026-11-01',
    })
    await revisePolicy(tx, 'standard', { name: 'Newer terms', valid_from: '2026-12-01' })
    return { policyId, contractId }
  })
  const read = (seesContracts: boolean) => readTerms(site.ctx.read, viewpointOf(site), { seesContracts })
  const all = await read(true)
  expect(
    all.policies.map(({ id, current, coming }) => [id, current.version, coming.map(({ from }) => from)]),
  ).toEqual([
    ['standard', 1, ['2026-12-01']],
    [policyId, 1, []],
  ])
  expect(all.contracts.map(({ id, standing }) => [id, standing.kind])).toEqual([[contractId, 'in_force']])
  const some = await read(false)
  expect([some.policies.map(({ id }) => id), some.contracts, some.calendars.length]).toEqual([
    ['standard'],
    [],
    1,
  ])

  await site.as('responder', async (tx) => {
    const report = { title: 'Totals are wrong', severity: 'critical' } as const
    await confirmDefect(tx, await reportDefect(tx, { ...report, key: 'CHK-1', customer: 'Harbour Mills' }))
    await confirmDefect(tx, await reportDefect(tx, { ...report, key: 'CHK-2' }))
  })
  const runningOf = (desk: { reach: { running: { defect: { key: string } }[] } } | undefined) =>
    desk?.reach.running.map(({ defect }) => defect.key).sort()
  const policy = await readPolicyDesk(site.ctx.read, policyId, viewpointOf(site))
  expect([runningOf(policy), policy?.reach.contracts.map(({ id }) => id)]).toEqual([['CHK-1'], [contractId]])
  const calendar = await readCalendarDesk(site.ctx.read, 'standard', viewpointOf(site))
  expect([runningOf(calendar), calendar?.reach.policies.length]).toEqual([['CHK-1', 'CHK-2'], 2])
  const contract = await readContractDesk(site.ctx.read, contractId, viewpointOf(site))
  expect([runningOf(contract), contract?.links]).toEqual([['CHK-1'], []])

  await site.as('administrator', (tx) =>
    reviseContract(tx, contractId, { name: 'Platinum', valid_from: '2026-12-01' }),
  )
  const edited = await readContractDesk(site.ctx.read, contractId, viewpointOf(site))
  expect([edited?.current.version, edited?.coming.map(({ version }) => version.version)]).toEqual([1, [2]])
  expect(await readPolicyDesk(site.ctx.read, 'nosuchthing1', viewpointOf(site))).toBeUndefined()
  expect(await readCalendarDesk(site.ctx.read, 'nosuchthing1', viewpointOf(site))).toBeUndefined()
  expect(await readContractDesk(site.ctx.read, 'nosuchthing1', viewpointOf(site))).toBeUndefined()
})
