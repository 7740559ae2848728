import { findContractBySecret } from '../../../src/domain/sla/terms/contract-links.ts'
import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { describe, expect, test } from '../../support/site.ts'
import { type Client, type Json, writer } from './client.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

const GOLD = { name: 'Gold', customer: 'Harbour Mills', policy_id: 'standard' }

async function quickPolicy(api: Client, hours = 1): Promise<string> {
  const critical = { ...STANDARD_POLICY.goals.critical, response: { hours } }
  const goals = { ...STANDARD_POLICY.goals, critical }
  return (await api.post('/sla/policies', { name: 'Quick', calendar_id: 'standard', goals })).body.id
}

async function critical(api: Client, key: string, more: object = {}): Promise<Json> {
  const report = {
    key,
    title: 'Checkout is down',
    severity: 'critical',
    confirmed_at: '2026-11-12T06:30:00Z',
  }
  const answer = await api.post('/defects', { ...report, ...more })
  expect(answer.status).toBe(201)
  return answer.body
}

describe('a contract', () => {
  test('is made, edited and ended, and shows every version', async ({ site }) => {
    const api = await writer(site)
    const made = await api.post('/sla/contracts', GOLD)
    expect(made.status).toBe(201)
    const first = {
      version: 1,
      valid_from: '2026-11-12',
      valid_to: null,
      created_at: '2026-11-12T06:30:00.000Z',
      ...GOLD,
      plan: null,
      product: null,
      clock_starts: 'confirmation',
      pausable_goals: [],
    }
    expect(made.body).toEqual({ id: made.body.id, ...first, versions: [first] })
    const path = `/sla/contracts/${made.body.id}`
    await api.patch(path, { pausable_goals: ['fix'], clock_starts: 'report', valid_from: '2026-12-01' })
    const ended = await api.patch(path, { valid_to: '2027-07-01' })
    expect(ended.status).toBe(200)
    expect(ended.body).toMatchObject({ version: 3, pausable_goals: ['fix'], clock_starts: 'report' })
    expect(ended.body.versions.map((it: Json) => [it.version, it.valid_from, it.valid_to])).toEqual([
      [1, '2026-11-12', '2026-12-01'],
      // Replaced before it began.
      [2, '2026-12-01', '2026-12-01'],
      [3, '2026-12-01', '2027-07-01'],
    ])
    expect((await api.get(path)).body).toEqual(ended.body)
    expect((await api.get('/sla/contracts')).body.items).toEqual([ended.body])
  })

  test('gives its customer’s defects its terms, from the report where it says so', async ({ site }) => {
    const api = await writer(site)
    const policy_id = await quickPolicy(api)
    const terms = { ...GOLD, policy_id, clock_starts: 'report', valid_from: '2026-01-01' }
    const { body: contract } = await api.post('/sla/contracts', terms)
    const reported_at = '2026-11-12T06:00:00Z'
    const defect = await critical(api, 'CHK-1', { customer: 'Harbour Mills', reported_at })
    expect(defect).toMatchObject({ public: false, customer: 'Harbour Mills', plan: null, product: null })
    expect(defect.sla).toMatchObject({
      contract: { id: contract.id, version: 1, name: 'Gold' },
      policy: { id: policy_id, name: 'Quick' },
    })
    expect(defect.sla.goals[0]).toMatchObject({
      clock_starts_at: '2026-11-12T06:00:00.000Z',
      deadline_at: '2026-11-12T07:00:00.000Z',
    })
    // Before the confirmation, after the report.
    const events = `/defects/${defect.id}/events`
    expect((await api.post(events, { type: 'responded', at: '2026-11-12T05:59:59Z' })).status).toBe(422)
    const answered = await api.post(events, { type: 'responded', at: '2026-11-12T06:10:00Z' })
    expect(answered.body.sla.goals[0]).toMatchObject({ verdict: 'met', used_business_seconds: 600 })
    expect((await critical(api, 'CHK-2', { customer: 'Another' })).sla.contract).toBeNull()
  })

  test('of a plan or a product serves whoever has none of their own', async ({ site }) => {
    const api = await writer(site)
    const { name, policy_id } = GOLD
    await api.post('/sla/contracts', { name: 'of the product', product: 'Ledger', policy_id })
    await api.post('/sla/contracts', { name: 'of the plan', plan: 'Silver', policy_id })
    await api.post('/sla/contracts', { ...GOLD, valid_from: '2026-11-13' })
    const whose = { customer: 'Harbour Mills', plan: 'Silver', product: 'Ledger' }
    const contractOf = async (key: string, more: object) =>
      (await critical(api, key, more)).sla.contract?.name ?? null
    // Their own begins tomorrow.
    expect(await contractOf('CHK-1', whose)).toBe('of the plan')
    expect(await contractOf('CHK-2', { customer: 'Another', product: 'Ledger' })).toBe('of the product')
    site.clock.advance({ days: 1 })
    expect(await contractOf('CHK-3', { ...whose, confirmed_at: '2026-11-13T06:30:00Z' })).toBe(name)
  })

  test('for one customer by two at once is made once', async ({ site }) => {
    const api = await writer(site)
    const answers = await Promise.all([api.post('/sla/contracts', GOLD), api.post('/sla/contracts', GOLD)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
    const edits = ['One', 'Other'].map((name) =>
      api.patch(`/sla/contracts/${answers.find(({ status }) => status === 201)?.body.id}`, { name }),
    )
    expect((await Promise.all(edits)).map(({ body }) => body.version).sort()).toEqual([2, 3])
  })
})

describe('a private link', () => {
  test('is shown once, leads to its contract, and to nothing once it is revoked', async ({ site }) => {
    const api = await writer(site)
    const { body: contract } = await api.post('/sla/contracts', GOLD)
    const links = `/sla/contracts/${contract.id}/links`
    const made = await api.post(links, { name: 'Their support desk' })
    expect(made.status).toBe(201)
    const { url, ...shown } = made.body
    expect(url).toMatch(/^https:\/\/status\.ledgerlane\.example\/private\/[\w-]{43}$/)
    expect(shown).toEqual({
      id: shown.id,
      name: 'Their support desk',
      created_at: '2026-11-12T06:30:00.000Z',
      revoked_at: null,
    })
    expect((await api.get(links)).body.items).toEqual([shown])
    const secret = url.split('/').at(-1)
    expect(await findContractBySecret(site.ctx.read, secret)).toMatchObject({ id: contract.id })

    site.clock.advance({ minutes: 1 })
    const revoked = await api.delete(`${links}/${shown.id}`)
    expect([revoked.status, revoked.body]).toEqual([
      200,
      { ...shown, revoked_at: '2026-11-12T06:31:00.000Z' },
    ])
    expect(await findContractBySecret(site.ctx.read, secret)).toBeUndefined()
    expect((await api.get(links)).body.items).toEqual([revoked.body])
  })

  test('is in the database as a hash only, even where its answer is kept for a repeated request', async ({
    site,
  }) => {
    const api = await writer(site)
    const { body: contract } = await api.post('/sla/contracts', GOLD)
    const ask = () =>
      api.post(`/sla/contracts/${contract.id}/links`, { name: 'Desk' }, { 'Idempotency-Key': 'desk' })
    const made = await ask()
    expect((await ask()).body).toEqual(made.body)
    const stored = JSON.stringify([
      await site.ctx.read.selectFrom('sla_contract_link').selectAll().execute(),
      await site.ctx.read.selectFrom('idempotency_key').selectAll().execute(),
      await site.ctx.read.selectFrom('event').selectAll().execute(),
    ])
    expect(stored).toContain(made.body.id)
    expect(stored).not.toContain(made.body.url.split('/').at(-1))
  })
})
