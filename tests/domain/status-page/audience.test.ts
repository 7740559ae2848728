import { getDefect } from '../../../src/domain/defects/defects.ts'
import { getContractVersions } from '../../../src/domain/sla/terms/contracts.ts'
import { createContract } from '../../../src/domain/sla/terms/write-contract.ts'
import { isShown, readAudience } from '../../../src/domain/status-page/audience.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { confirmed } from '../promised.ts'

// Whose defect is shown at whose private address: what runs under another contract would tell its terms.

const SUBJECTS = { customer: 'Harbour Mills', plan: 'Gold', product: 'Payouts' }

describe('a defect of a customer, a plan and a product', () => {
  test.for<[of: (keyof typeof SUBJECTS)[], shownTo: (keyof typeof SUBJECTS)[]]>([
    [['customer'], ['customer']],
    [['plan'], ['plan']],
    [['product'], ['product']],
    [['customer', 'plan'], ['customer']],
    [['customer', 'product'], ['customer']],
    [['plan', 'product'], ['plan']],
    [['customer', 'plan', 'product'], ['customer']],
  ])('that is of %j is shown to those of %j', async ([of, shownTo], { site }) => {
    const { id } = await confirmed(site, Object.fromEntries(of.map((kind) => [kind, SUBJECTS[kind]])))
    const defect = await getDefect(site.ctx.read, id)
    const shown: string[] = []
    for (const kind of ['customer', 'plan', 'product'] as const) {
      const audience = await audienceOf(site, kind)
      if (isShown(audience, defect)) shown.push(kind)
    }
    expect(shown).toEqual(shownTo)
    const everybody = await readAudience(site.ctx.read, { url: '', now: site.clock.now() })
    expect(isShown(everybody, defect)).toBe(false)
  })
})

async function audienceOf(site: Site, kind: keyof typeof SUBJECTS) {
  const contractId = await site.as('administrator', (tx) =>
    createContract(tx, { name: kind, [kind]: SUBJECTS[kind], policy_id: 'standard' }),
  )
  const contract = (await getContractVersions(site.ctx.read, contractId)).at(-1)
  if (!contract) throw new Error('There is no contract.')
  return readAudience(site.ctx.read, { url: '', now: site.clock.now(), contract })
}
