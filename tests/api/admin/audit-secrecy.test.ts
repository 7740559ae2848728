import { EVENT_TYPES } from '../../../src/domain/events/event-types.ts'
import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { settle } from '../../../src/jobs/settle.ts'
import { toIso } from '../../../src/lib/instant.ts'
import { expect, type Site, test } from '../../support/site.ts'
import { type Client, type Json, writer } from './client.ts'

/** What nobody may find in the log: a word in every text, and numbers and days that nothing else has. */
const CANARY = 'canary'
const HOURS = 37
const DAY = '2031-07-07'

test('the audit log tells nothing of a contract, or of what a confidential defect says', async ({ site }) => {
  const api = await writer(site)
  const defects = await contractWithDefects(site, api)
  const log = await readLog(api)
  // It tells that all of this happened.
  const types = new Set(log.map(({ type }) => type))
  const expected = EVENT_TYPES.filter((type) => /^(defect|sla)\./.test(type) && type !== 'defect.unlinked')
  expect(expected.filter((type) => !types.has(type))).toEqual([])

  const said = JSON.stringify(log.map(({ before, after }) => ({ before, after })))
  expect(JSON.stringify(log)).not.toContain(CANARY)
  expect(said).not.toContain(DAY)
  expect(said).not.toMatch(new RegExp(`"hours"|\\b${HOURS}\\b`))
  for (const defect of defects) {
    const instants = defect.sla.goals.flatMap((goal: Json) => [goal.deadline_at, goal.at_risk_at])
    for (const instant of instants.filter((it: string | null) => it !== null)) {
      expect(said).not.toContain(instant)
      expect(said).not.toContain(String(Date.parse(instant)))
    }
  }
})

/** A contract with everything that can be said of one, and defects to which everything happens that can. */
async function contractWithDefects(site: Site, api: Client): Promise<Json[]> {
  const done = async (answer: ReturnType<Client['post']>): Promise<Json> => {
    const { status, body } = await answer
    expect([status, body.errors]).toEqual([expect.toBeOneOf([200, 201]), undefined])
    return body
  }
  const calendar = await done(
    api.post('/sla/calendars', { name: `${CANARY} days`, time_zone: 'Asia/Kolkata' }),
  )
  const critical = { ...STANDARD_POLICY.goals.critical, fix: { hours: HOURS } }
  const goals = { ...STANDARD_POLICY.goals, critical, high: { ...critical, workaround: { hours: HOURS } } }
  const policy = await done(
    api.post('/sla/policies', { name: `${CANARY} policy`, calendar_id: calendar.id, goals }),
  )
  const customer = `${CANARY} customer`
  const terms = { policy_id: policy.id, pausable_goals: ['fix'], clock_starts: 'report' }
  const contract = await done(
    api.post('/sla/contracts', { name: `${CANARY} contract`, customer, ...terms, valid_from: '2026-01-01' }),
  )
  for (const subject of ['plan', 'product']) {
    await done(
      api.post('/sla/contracts', { name: CANARY, [subject]: `${CANARY} ${subject}`, policy_id: policy.id }),
    )
  }
  const links = `/sla/contracts/${contract.id}/links`
  const link = await done(api.post(links, { name: `${CANARY} desk` }))
  await done(api.delete(`${links}/${link.id}`))
  await done(api.patch(`/sla/calendars/${calendar.id}`, { name: `${CANARY} other days` }))
  await done(api.patch(`/sla/policies/${policy.id}`, { name: `${CANARY} other policy`, goals }))
  await done(api.patch(`/sla/contracts/${contract.id}`, { name: `${CANARY} other contract`, valid_to: DAY }))

  const whose = { customer, plan: `${CANARY} plan`, product: `${CANARY} product` }
  const report = async (key: string, more: object = {}) => {
    const defect = { key, title: `${CANARY} title`, severity: 'high', ...whose, ...more }
    const { id } = await done(api.post('/defects', defect))
    await done(
      api.patch(`/defects/${id}`, { title: `${CANARY} other title`, confirmed_at: toIso(site.ctx.now()) }),
    )
    return id as string
  }
  const { id: incident } = await done(api.post('/incidents', { name: 'Down', body: 'Looking.' }))
  const id = await report(`${CANARY}-1`)
  await done(api.put(`/incidents/${incident}/defects/${id}`))
  const note = `${CANARY} note`
  site.clock.advance({ minutes: 10 })
  for (const event of [
    { type: 'responded' },
    { type: 'severity_changed', severity: 'critical', change: 'worsened' },
    { type: 'paused' },
    { type: 'resumed' },
    { type: 'workaround' },
    { type: 'fixed' },
    { type: 'withdrawn' },
    { type: 'deferred', until: DAY },
    { type: 'fixed' },
  ]) {
    await done(api.post(`/defects/${id}/events`, { ...event, note }))
    site.clock.advance({ minutes: 1 })
  }
  const missed = await report(`${CANARY}-2`, { follows: id })
  site.clock.advance({ days: 20 })
  while (await settle.runOne(site.ctx));
  const replanned = await report(`${CANARY}-3`)
  await done(api.patch(`/sla/calendars/${calendar.id}`, { excluded_dates: ['2026-12-03'] }))
  site.clock.advance({ days: 1 })
  await done(api.post(`/defects/${replanned}/events`, { type: 'replanned', note }))
  return Promise.all([id, missed, replanned].map(async (it) => (await api.get(`/defects/${it}`)).body))
}

async function readLog(api: Client): Promise<Json[]> {
  const log: Json[] = []
  for (let cursor = ''; ; ) {
    const { body } = await api.get(`/audit?limit=100${cursor && `&cursor=${cursor}`}`)
    log.push(...body.items)
    if (body.next_cursor === null) return log
    cursor = body.next_cursor
  }
}
