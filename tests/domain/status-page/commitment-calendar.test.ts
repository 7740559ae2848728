import { getDefect, reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { createRelease, updateRelease } from '../../../src/domain/defects/write-release.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { type NewDefectEvent, recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import type { GoalName } from '../../../src/domain/sla/engine/goal-terms.ts'
import { settleDefects } from '../../../src/domain/sla/record/settle.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { type Contract, getContractVersions } from '../../../src/domain/sla/terms/contracts.ts'
import { STANDARD_POLICY_ID } from '../../../src/domain/sla/terms/policies.ts'
import { createContract } from '../../../src/domain/sla/terms/write-contract.ts'
import type { CommitmentView } from '../../../src/domain/status-page/feed-views.ts'
import { readCommitmentCalendar } from '../../../src/domain/status-page/read-commitment-calendar.ts'
import { settle } from '../../../src/jobs/settle.ts'
import { type Instant, toShortIso } from '../../../src/lib/instant.ts'
import { commitmentCalendar } from '../../../src/render/commitment-calendar.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India, 06:30 UTC.

const CUSTOMER = 'Harbour Outfitters'

describe('the revision of a promise over its life', () => {
  /** What happens, and what the calendar then says of the fix. */
  const LIFE: [happens: string, step: (site: Site, ids: string[]) => Promise<unknown>, then: string][] = [
    ['is confirmed', confirm, '0 due 2026-11-19T06:30:00Z'],
    [
      'gets worse',
      at('2026-11-12T14:00:00+05:30', { type: 'severity_changed', severity: 'critical', change: 'worsened' }),
      '1 due 2026-11-16T08:30:00Z',
    ],
    ['is paused', at('2026-11-12T15:00:00+05:30', { type: 'paused' }), '2 cancelled 2026-11-16T08:30:00Z'],
    // The response is due at 16:00.
    ['waits', at('2026-11-12T16:30:00+05:30'), '2 cancelled 2026-11-16T08:30:00Z'],
    [
      'was answered in time, as is recorded now',
      at('2026-11-12T17:00:00+05:30', { type: 'responded', at: Date.parse('2026-11-12T12:10:00+05:30') }),
      '2 cancelled 2026-11-16T08:30:00Z',
    ],
    ['goes on', at('2026-11-12T18:00:00+05:30', { type: 'resumed' }), '3 due 2026-11-16T11:30:00Z'],
    ['is fixed', at('2026-11-13T10:00:00+05:30', { type: 'fixed' }), '4 cancelled 2026-11-16T11:30:00Z'],
    ['is withdrawn', at('2026-11-13T16:00:00+05:30', { type: 'withdrawn' }), '5 due 2026-11-16T11:30:00Z'],
    ['is missed', at('2026-11-16T17:00:00.001+05:30'), '6 missed 2026-11-16T11:30:00Z'],
    ['is fixed late', at('2026-11-16T19:00:00+05:30', { type: 'fixed' }), '6 missed 2026-11-16T11:30:00Z'],
    [
      'is withdrawn late',
      at('2026-11-17T10:00:00+05:30', { type: 'withdrawn' }),
      '6 missed 2026-11-16T11:30:00Z',
    ],
    [
      'was fixed in time, as is recorded now',
      at('2026-11-17T12:00:00+05:30', { type: 'fixed', at: Date.parse('2026-11-16T12:00:00+05:30') }),
      '7 cancelled 2026-11-16T11:30:00Z',
    ],
  ]

  test('grows with every change, and is the same whether a job writes everything down at once or never', async ({
    site,
  }) => {
    const contract = await underContract(site)
    const settled = await report(site, 'CHK-1', { customer: CUSTOMER })
    const unsettled = await report(site, 'CHK-2', { customer: CUSTOMER })
    const before = new Map<GoalName, CommitmentView>()
    for (const [happens, step, then] of LIFE) {
      await step(site, [settled, unsettled])
      await site.as('job', async (tx) => settleDefects(tx, [await getDefect(tx.db, settled)]))
      const commitments = await read(site, contract)
      const [one, other] = [settled, unsettled].map((id) =>
        commitments.filter(({ promises }) => promises.defect.id === id),
      )
      expect([happens, one?.map(({ revision }) => revision)]).toEqual([
        happens,
        other?.map(({ revision }) => revision),
      ])
      for (const view of other ?? []) {
        expectProgress(before.get(view.goal.goal), view)
        before.set(view.goal.goal, view)
      }
      expect([happens, lineOf(before.get('fix'))]).toEqual([happens, then])
    }
    // Due, missed, and met after all.
    expect(before.get('response')?.revision.number).toBe(2)
  })

  test('stays as it is when an incident with an earlier update is linked to what was missed', async ({
    site,
  }) => {
    const ids = [await report(site, 'CHK-1')]
    await confirm(site, ids)
    site.clock.advance({ minutes: 10 })
    const incidentId = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Payments fail', body: 'We are looking into it.' }),
    )
    const response = async () => (await read(site)).find(({ goal }) => goal.goal === 'response')
    site.clock.set('2026-11-12T16:00:00.001+05:30')
    const missed = await response()
    await site.as('responder', (tx) => linkDefect(tx, incidentId, ids[0] ?? ''))
    expect(missed && lineOf(missed)).toBe('1 missed 2026-11-12T10:30:00Z')
    expect((await response())?.revision.number).toBe(missed?.revision.number)
  })

  test('counts a miss that came to an end when an incident was linked to what was written down afterwards', async ({
    site,
  }) => {
    const ids = [await report(site, 'CHK-1'), await report(site, 'CHK-2')]
    const confirmedAt = site.clock.now()
    const open = () =>
      site.as('responder', (tx) =>
        openIncident(tx, { name: 'Payments fail', body: 'We are looking into it.' }),
      )
    site.clock.advance({ minutes: 10 })
    const first = await open()
    site.clock.advance({ minutes: 10 })
    const second = await open()
    const link = async (incidentId: string) => {
      for (const id of ids) await site.as('responder', (tx) => linkDefect(tx, incidentId, id))
    }
    const responses = async () =>
      (await read(site)).filter(({ goal }) => goal.goal === 'response').map(lineOf)
    site.clock.set('2026-11-12T16:00:00.001+05:30')
    await confirm(site, ids, confirmedAt)
    expect(await responses()).toEqual(Array(2).fill('1 missed 2026-11-12T10:30:00Z'))
    await site.as('job', async (tx) => settleDefects(tx, [await getDefect(tx.db, ids[0] ?? '')]))
    await link(second)
    expect(await responses()).toEqual(Array(2).fill('2 cancelled 2026-11-12T10:30:00Z'))
    await settle.runOne(site.ctx)
    expect(await responses()).toEqual(Array(2).fill('2 cancelled 2026-11-12T10:30:00Z'))
    // Another one was earlier still: the promise was met all the same.
    site.clock.advance({ minutes: 1 })
    await link(first)
    expect(await responses()).toEqual(Array(2).fill('2 cancelled 2026-11-12T10:30:00Z'))
  })

  test('does not count a miss where an update in time was judged late', async ({ site }) => {
    const id = await report(site, 'CHK-1')
    await confirm(site, [id])
    const incidentId = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Payments fail', body: 'We are looking into it.' }),
    )
    await site.as('responder', (tx) => linkDefect(tx, incidentId, id))
    site.clock.advance({ days: 1 })
    const response = async () => lineOf((await read(site)).find(({ goal }) => goal.goal === 'response'))
    expect(await response()).toBe('1 cancelled 2026-11-12T10:30:00Z')
    await settle.runOne(site.ctx)
    expect(await response()).toBe('1 cancelled 2026-11-12T10:30:00Z')
  })
})

describe('the calendar of promises', () => {
  test('says when anything in it last changed: a title, a link, a verdict that fell', async ({ site }) => {
    const id = await report(site, 'CHK-1')
    await confirm(site, [id])
    const fix = async () => (await read(site)).find(({ goal }) => goal.goal === 'fix')
    const changedAt = async () => toShortIso((await fix())?.revision.changedAt ?? 0)
    expect(await changedAt()).toBe('2026-11-12T06:30:00Z')
    const incidentId = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Payments fail', body: 'We are looking into it.' }),
    )
    site.clock.advance({ minutes: 7 })
    await site.as('responder', (tx) => linkDefect(tx, incidentId, id))
    expect(await changedAt()).toBe('2026-11-12T06:37:00Z')
    site.clock.advance({ days: 30 })
    // One week, at noon.
    expect(await changedAt()).toBe('2026-11-19T06:30:00Z')
  })

  test('leaves out what never had a deadline, and cancels what has none any more', async ({ site }) => {
    const id = await report(site, 'CHK-1', { severity: 'medium' })
    await confirm(site, [id])
    const fix = async () => lineOf((await read(site)).find(({ goal }) => goal.goal === 'fix'))
    expect(await fix()).toBe('')
    const change = (input: Partial<NewDefectEvent>) =>
      at(toShortIso(site.clock.now()), { type: 'severity_changed', ...input })(site, [id])
    site.clock.advance({ minutes: 10 })
    await change({ severity: 'high', change: 'misclassified' })
    expect(await fix()).toBe('0 due 2026-11-19T06:30:00Z')
    site.clock.advance({ minutes: 10 })
    await change({ severity: 'medium', change: 'lowered' })
    expect(await fix()).toBe('1 cancelled 2026-11-19T06:30:00Z')
    const releaseId = await site.as('responder', (tx) => createRelease(tx, { name: '26.47' }))
    site.clock.advance({ minutes: 10 })
    await site.as('responder', (tx) => updateRelease(tx, releaseId, { published_at: site.clock.now() }))
    expect(await fix()).toBe('2 missed 2026-11-19T06:30:00Z')
    await settle.runOne(site.ctx)
    expect(await fix()).toBe('2 missed 2026-11-19T06:30:00Z')
  })

  test('keeps the 200 latest of what has ended, and everything that is open', async ({ site }) => {
    const ended: string[] = []
    for (let number = 1; number <= 68; number += 1) ended.push(await report(site, `CHK-${number}`))
    await confirm(site, ended)
    for (const id of ended) {
      site.clock.advance({ minutes: 1 })
      await at(toShortIso(site.clock.now()), { type: 'fixed' })(site, [id])
    }
    const open = await report(site, 'CHK-69')
    await confirm(site, [open])
    const commitments = await read(site)
    expect(commitments).toHaveLength(203)
    const keys = new Set(commitments.map(({ promises }) => promises.defect.key))
    // 67 defects with three goals each are one too many: of the oldest one, two are left.
    expect(keys.has('CHK-1')).toBe(false)
    expect(commitments.filter(({ promises }) => promises.defect.key === 'CHK-2')).toHaveLength(2)
    expect(commitments.filter(({ promises }) => promises.defect.id === open)).toHaveLength(3)
  })

  test('has the same bytes before and after the job that settles promises', async ({ site }) => {
    const contract = await underContract(site)
    const ids = [await report(site, 'CHK-1'), await report(site, 'CHK-2', { customer: CUSTOMER })]
    await confirm(site, ids)
    site.clock.advance({ days: 2 })
    const bytes = async () => commitmentCalendar(await view(site, contract))
    const before = await bytes()
    expect(await settle.runOne(site.ctx)).toBe(true)
    site.clock.advance({ minutes: 3 })
    expect(await bytes()).toBe(before)
  })

  test('shows a contract’s own deadlines to those it concerns alone', async ({ site }) => {
    const contract = await underContract(site)
    await confirm(site, [await report(site, 'CHK-1'), await report(site, 'CHK-2', { customer: CUSTOMER })])
    const keys = (views: CommitmentView[]) => [...new Set(views.map((it) => it.promises.defect.key))].sort()
    expect(keys(await read(site))).toEqual(['CHK-1'])
    expect(keys(await read(site, contract))).toEqual(['CHK-1', 'CHK-2'])
  })
})

/** Sets the clock, then records the event for each defect; the reason is there where one is needed. */
function at(time: string, event?: Partial<NewDefectEvent> & Pick<NewDefectEvent, 'type'>) {
  return async (site: Site, ids: string[]) => {
    site.clock.set(time)
    if (event === undefined) return
    for (const id of ids)
      await site.as('responder', (tx) => recordDefectEvent(tx, id, { note: 'For a reason.', ...event }))
  }
}

async function report(
  site: Site,
  key: string,
  more: { customer?: string; severity?: 'high' | 'medium' } = {},
): Promise<string> {
  return site.as('responder', (tx) =>
    reportDefect(tx, { key, title: 'Card payments time out', severity: 'high', ...more }),
  )
}

async function confirm(site: Site, ids: string[], confirmedAt?: number): Promise<void> {
  for (const id of ids) await site.as('responder', (tx) => confirmDefect(tx, id, confirmedAt))
}

/** The standard terms, with pauses. */
async function underContract(site: Site): Promise<Contract> {
  const id = await site.as('administrator', (tx) =>
    createContract(tx, {
      name: 'Gold',
      customer: CUSTOMER,
      policy_id: STANDARD_POLICY_ID,
      pausable_goals: ['workaround', 'fix'],
    }),
  )
  const contract = (await getContractVersions(site.ctx.read, id)).at(-1)
  if (!contract) throw new Error('There is no contract.')
  return contract
}

async function view(site: Site, contract: Contract | null = null) {
  const found = await site.ctx.snapshot((reader) =>
    readCommitmentCalendar(reader, { url: site.ctx.config.url, now: site.clock.now(), contract }),
  )
  if (!found) throw new Error('The page shows no commitments.')
  return found
}

async function read(site: Site, contract: Contract | null = null): Promise<CommitmentView[]> {
  return (await view(site, contract)).commitments
}

/** Its number, where it stands, and its deadline; empty when it is not there. */
function lineOf(commitment: CommitmentView | undefined): string {
  if (commitment === undefined) return ''
  const { goal, revision } = commitment
  return `${revision.number} ${standingOf(goal.state)} ${toShortIso(revision.deadlineAt)}`
}

function standingOf({ verdict, deadlineAt }: { verdict: string; deadlineAt: Instant | null }): string {
  if (verdict === 'missed') return 'missed'
  return ['open', 'at_risk'].includes(verdict) && deadlineAt !== null ? 'due' : 'cancelled'
}

/** Never back; and on, when the deadline or the standing is another one. */
function expectProgress(before: CommitmentView | undefined, after: CommitmentView): void {
  if (before === undefined) return
  const [old, now] = [before.revision, after.revision]
  expect(now.number).toBeGreaterThanOrEqual(old.number)
  expect(now.changedAt).toBeGreaterThanOrEqual(old.changedAt)
  const isSame = lineOf(before).slice(1) === lineOf(after).slice(1)
  if (!isSame) expect(now.number).toBeGreaterThan(old.number)
}
