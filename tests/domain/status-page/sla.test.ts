import { linkDefect } from '../../../src/domain/defects/links.ts'
import { createRelease } from '../../../src/domain/defects/write-release.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { updatePage } from '../../../src/domain/page.ts'
import { type Contract, getContractVersions } from '../../../src/domain/sla/terms/contracts.ts'
import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { createCalendar } from '../../../src/domain/sla/terms/write-calendar.ts'
import { createContract, reviseContract } from '../../../src/domain/sla/terms/write-contract.ts'
import { createPolicy } from '../../../src/domain/sla/terms/write-policy.ts'
import { readMonth } from '../../../src/domain/status-page/read-month.ts'
import { readCommitmentsDocument, readRecordDocument } from '../../../src/domain/status-page/read-record.ts'
import { readSla } from '../../../src/domain/status-page/read-sla.ts'
import type { OpenEntry, SlaView } from '../../../src/domain/status-page/sla-views.ts'
import type { Viewpoint } from '../../../src/domain/status-page/viewpoint.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, toShortIso } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { confirmed, happen, incidentOf, linesOf, post } from './commitments.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

describe('who sees the commitments', () => {
  test.for([
    ['public', 'everybody', true],
    ['internal', 'everybody', false],
    ['off', 'everybody', false],
    ['public', 'a customer', true],
    ['internal', 'a customer', true],
    ['off', 'a customer', false],
  ] as const)('while they are %s: %s does: %s', async ([commitments, who, sees], { site }) => {
    await confirmed(site, 'A-1')
    const contract = who === 'a customer' ? await contractOf(site) : null
    await site.as('administrator', (tx) => updatePage(tx, { commitments }))
    const viewpoint = viewOf(site, contract)
    const found = await Promise.all([
      readSla(site.ctx.read, viewpoint),
      readMonth(site.ctx.read, '2026-11', viewpoint),
      readRecordDocument(site.ctx.read, viewpoint),
      readCommitmentsDocument(site.ctx.read, viewpoint),
    ])
    expect(found.map((one) => one !== undefined)).toEqual([sees, sees, sees, sees])
  })

  test('reads the note that stands beside them', async ({ site }) => {
    const note = 'Ask your account manager about other terms.'
    await site.as('administrator', (tx) => updatePage(tx, { commitments_note: note }))
    expect((await slaOf(site)).page.commitmentsNote).toBe(note)
    expect((await readCommitmentsDocument(site.ctx.read, viewOf(site)))?.note).toBe(note)
    expect((await readRecordDocument(site.ctx.read, viewOf(site)))?.note).toBe(note)
  })
})

describe('the record', () => {
  test.for<[iso: string, month: string]>([
    ['2026-11-30T23:59:59.999+05:30', '2026-11'],
    ['2026-12-01T00:00:00.000+05:30', '2026-12'],
  ])('counts what was done at %s in %s, by the calendar’s midnight', async ([iso, month], { site }) => {
    site.clock.set('2026-11-30T22:00:00+05:30')
    const id = await confirmed(site, 'A-1')
    site.clock.set(iso)
    await happen(site, id, { type: 'responded' })
    expect(linesOf((await slaOf(site)).record)).toEqual([`${month} critical met: A-1 response`])
    expect((await readMonth(site.ctx.read, month, viewOf(site)))?.month.rows[0]?.met).toHaveLength(1)
  })

  test('is the same on the page, in its month and in the documents', async ({ site }) => {
    const id = await confirmed(site, 'A-1')
    await happen(site, id, { type: 'responded' })
    site.clock.advance({ days: 30 })
    const { record } = await slaOf(site)
    expect(linesOf(record)).toEqual([
      '2026-11 critical met: A-1 response',
      '2026-11 critical missed: A-1 fix, A-1 workaround',
    ])
    expect((await readRecordDocument(site.ctx.read, viewOf(site)))?.record).toEqual(record)
    const month = await readMonth(site.ctx.read, '2026-11', viewOf(site))
    expect(month?.month).toEqual(record.months[1])
  })

  test('keeps a miss where it fell when the severity is lowered, and counts what was open anew', async ({
    site,
  }) => {
    const id = await confirmed(site, 'A-1')
    site.clock.advance({ hours: 5 })
    const note = 'Only one report is affected.'
    await happen(site, id, { type: 'severity_changed', severity: 'low', change: 'lowered', note })
    expect(linesOf((await slaOf(site)).record)).toEqual([
      '2026-11 critical missed: A-1 response, A-1 workaround',
      '2026-11 low no_promise: A-1 fix',
    ])
  })

  test('takes a met promise back when it did not hold', async ({ site }) => {
    const id = await confirmed(site, 'A-1')
    const fixed = await happen(site, id, { type: 'fixed' })
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'withdrawn', event_id: fixed, note: 'It came back within the hour.' })
    const { record } = await slaOf(site)
    expect(linesOf(record)).toEqual([])
    expect(record.open).toHaveLength(3)
  })

  test('knows nothing of what is not shown', async ({ site }) => {
    await confirmed(site, 'SEC-1', { public: false })
    await confirmed(site, 'HM-1', { customer: 'Harbour Mills' })
    site.clock.advance({ days: 30 })
    const view = await slaOf(site)
    expect([linesOf(view.record), view.open, view.overdue]).toEqual([[], [], []])
    const document = await readCommitmentsDocument(site.ctx.read, viewOf(site))
    expect(document?.defects).toEqual([])
  })
})

describe('a month', () => {
  test.for(['2026-1', '2026-13', '2026-00', '26-11', '2026-11-01', '', 'record', '２０２６-11'])(
    'is not %j',
    async (month, { site }) => {
      expect(await readMonth(site.ctx.read, month, viewOf(site))).toBeUndefined()
    },
  )

  test('that is still to come is not there', async ({ site }) => {
    expect(await readMonth(site.ctx.read, '2026-12', viewOf(site))).toBeUndefined()
    expect(await readMonth(site.ctx.read, '2026-11', viewOf(site))).toMatchObject({ isRunning: true })
    // A quarter to midnight in India is still November there.
    site.clock.set('2026-11-30T23:45:00+05:30')
    expect(await readMonth(site.ctx.read, '2026-12', viewOf(site))).toBeUndefined()
    site.clock.set('2026-12-01T00:00:00+05:30')
    expect(await readMonth(site.ctx.read, '2026-12', viewOf(site))).toMatchObject({ isRunning: true })
    expect(await readMonth(site.ctx.read, '2026-11', viewOf(site))).toMatchObject({ isRunning: false })
  })

  test('before the record is one in which nothing fell due', async ({ site }) => {
    await happen(site, await confirmed(site, 'A-1'), { type: 'fixed' })
    const view = await readMonth(site.ctx.read, '2026-03', viewOf(site))
    expect(view).toMatchObject({ begins: '2026-11', older: null, newer: null })
    expect(view?.month.rows.flatMap(({ met, missed }) => [...met, ...missed])).toEqual([])
  })

  test('leads to the months beside it', async ({ site }) => {
    await happen(site, await confirmed(site, 'A-1'), { type: 'fixed' })
    site.clock.advance({ days: 60 })
    const beside = async (month: string) => {
      const view = await readMonth(site.ctx.read, month, viewOf(site))
      return view && [view.older, view.newer]
    }
    expect(await beside('2026-11')).toEqual([null, '2026-12'])
    expect(await beside('2026-12')).toEqual(['2026-11', '2027-01'])
    expect(await beside('2027-01')).toEqual(['2026-12', null])
  })
})

describe('what is open', () => {
  test('stands with its incidents, soonest deadline first, late ones apart and releases last', async ({
    site,
  }) => {
    await site.as('administrator', (tx) =>
      createRelease(tx, { name: '26.48', planned_at: site.clock.now() + 20 * DAY_MS }),
    )
    const late = await confirmed(site, 'A-1')
    const first = await incidentOf(site, late, 'Payments fail')
    site.clock.advance({ hours: 5 })
    const second = await incidentOf(site, late, 'Payments fail again')
    await happen(site, await confirmed(site, 'A-2', { severity: 'medium' }), { type: 'responded' })
    const { open, overdue } = await slaOf(site)
    expect(open.map(nameOf)).toEqual(['A-1 fix', 'A-2 workaround', 'A-2 fix'])
    expect(overdue.map(nameOf)).toEqual(['A-1 workaround'])
    expect(open[0]?.incidents).toEqual([
      { id: second, name: 'Payments fail again' },
      { id: first, name: 'Payments fail' },
    ])
    expect(open[1]?.incidents).toEqual([])
    const document = await readCommitmentsDocument(site.ctx.read, viewOf(site))
    expect(document?.defects.map(({ defect }) => defect.key)).toEqual(['A-1', 'A-2'])
  })

  test('is a defect whose every promise was missed, until it is done', async ({ site }) => {
    const id = await confirmed(site, 'A-1')
    site.clock.advance({ days: 30 })
    const keys = async () =>
      (await readCommitmentsDocument(site.ctx.read, viewOf(site)))?.defects.map(({ defect }) => defect.key)
    expect(await keys()).toEqual(['A-1'])
    await happen(site, id, { type: 'fixed' })
    expect(await keys()).toEqual([])
  })
})

describe('the terms', () => {
  test('are the standard ones for everybody, with an example of the last Friday night', async ({ site }) => {
    const { contract, policy, terms, example } = await slaOf(site)
    expect([contract, policy.id, policy.version]).toEqual([null, 'standard', 1])
    expect(terms[0]).toMatchObject({ severity: 'critical', workaround: 'within 4 hours' })
    expect(example && [example.startAt, example.deadlineAt].map(toShortIso)).toEqual([
      '2026-11-06T16:30:00Z',
      '2026-11-08T20:30:00Z',
    ])
  })

  test('of a contract are its own, and so is what it alone sees', async ({ site }) => {
    const contract = await contractOf(site)
    await confirmed(site, 'HM-1', { customer: 'Harbour Mills' })
    await confirmed(site, 'OT-1', { customer: 'Other' })
    await confirmed(site, 'A-1')
    const view = await slaOf(site, contract)
    expect([view.contract?.name, view.policy.name, view.calendar.timeZone]).toEqual([
      'Gold',
      'Gold terms',
      'Europe/Paris',
    ])
    expect(view.terms[0]).toMatchObject({ response: 'within 1 hour' })
    expect(view.example && toShortIso(view.example.startAt)).toBe('2026-11-06T21:00:00Z')
    expect(new Set(view.open.map(({ defect }) => defect.key))).toEqual(new Set(['HM-1', 'A-1']))
    expect(new Set((await slaOf(site)).open.map(({ defect }) => defect.key))).toEqual(new Set(['A-1']))
  })

  test('of a contract that has ended are the standard ones', async ({ site }) => {
    const contract = await contractOf(site)
    await site.as('administrator', (tx) => reviseContract(tx, contract.id, { valid_to: '2026-11-20' }))
    site.clock.set('2026-11-20T12:00:00+05:30')
    const view = await slaOf(site, contract)
    expect([view.contract, view.policy.id]).toEqual([null, 'standard'])
  })
})

describe('the measured figures', () => {
  test('are of the last twelve months, from what was reported to what was really posted', async ({
    site,
  }) => {
    const reported = await confirmed(site, 'A-1', { reported_at: site.clock.now() - 3 * MINUTE_MS })
    const incident = await incidentOf(site, reported)
    site.clock.advance({ minutes: 1 })
    // The word at the very confirmation is the response already.
    await post(site, incident)
    expect((await slaOf(site)).measured).toEqual({
      response: { median: 0, percentile90: 0, count: 1 },
      firstWord: { median: 3 * MINUTE_MS, percentile90: 3 * MINUTE_MS, count: 1 },
    })
    site.clock.set('2027-11-12T23:59:00+05:30')
    expect((await slaOf(site)).measured.response?.count).toBe(1)
    site.clock.set('2027-11-13T00:00:00+05:30')
    expect((await slaOf(site)).measured).toEqual({ response: null, firstWord: null })
  })

  test('leave out what was told after the fact, what Avow said by itself, and what is not shown', async ({
    site,
  }) => {
    const [told, silent] = [await confirmed(site, 'A-1'), await confirmed(site, 'A-2')]
    const hidden = await confirmed(site, 'SEC-1', { public: false })
    const opened = { name: 'Trouble', body: 'It was down.' }
    const displayAt = site.clock.now() - HOUR_MS
    site.clock.advance({ hours: 1 })
    await site.as('responder', async (tx) => {
      const id = await openIncident(tx, { ...opened, backfilled: true, display_at: displayAt })
      await linkDefect(tx, id, told)
    })
    await site.as('job', async (tx) => linkDefect(tx, await openIncident(tx, opened), silent))
    await incidentOf(site, hidden)
    expect((await slaOf(site)).measured.firstWord).toBeNull()
    expect((await slaOf(site)).measured.response?.count).toBe(1)
  })
})

const nameOf = ({ defect, goal }: OpenEntry) => `${defect.key} ${goal.goal}`

function viewOf(site: Site, contract: Contract | null = null): Viewpoint {
  return { url: site.ctx.config.url, now: site.clock.now(), contract }
}

async function slaOf(site: Site, contract: Contract | null = null): Promise<SlaView> {
  const view = await readSla(site.ctx.read, viewOf(site, contract))
  if (!view) throw new Error('No commitments are shown.')
  return view
}

/** A contract of one customer, with quicker terms by a calendar in another zone. */
async function contractOf(site: Site): Promise<Contract> {
  const id = await site.as('administrator', async (tx) => {
    const calendarId = await createCalendar(tx, { name: 'Paris', time_zone: 'Europe/Paris' })
    const critical = { ...STANDARD_POLICY.goals.critical, response: { hours: 1 } }
    const goals = { ...STANDARD_POLICY.goals, critical }
    const policyId = await createPolicy(tx, { name: 'Gold terms', calendar_id: calendarId, goals })
    return createContract(tx, { name: 'Gold', customer: 'Harbour Mills', policy_id: policyId })
  })
  const contract = (await getContractVersions(site.ctx.read, id)).at(-1)
  if (!contract) throw new Error('There is no contract.')
  return contract
}
