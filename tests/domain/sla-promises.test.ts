import { reportDefect } from '../../src/domain/defects/defects.ts'
import { linkDefect } from '../../src/domain/defects/links.ts'
import { INCIDENT_STATUSES } from '../../src/domain/incidents/incident.ts'
import { editIncidentUpdate, postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import type { NewDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import type { PolicyGoals } from '../../src/domain/sla/engine/goal-terms.ts'
import { listDeadlines } from '../../src/domain/sla/record/deadlines.ts'
import { listVerdicts } from '../../src/domain/sla/record/verdicts.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import { revisePolicy } from '../../src/domain/sla/terms/write-policy.ts'
import { settle } from '../../src/jobs/settle.ts'
import { DAY_MS, MINUTE_MS, toShortIso } from '../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import {
  confirmed,
  goalOf,
  happen,
  judge,
  openTrouble,
  post,
  promisesOf,
  publish,
  release,
  verdictsOf,
} from './promised.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

describe('a response', () => {
  test.for(INCIDENT_STATUSES)(
    'is the first update after the confirmation, also when it says %s',
    async (status, { site }) => {
      const { id, incidentId } = await confirmed(site)
      site.clock.advance({ minutes: 38 })
      const updateId = await post(site, incidentId, { status })
      const response = await goalOf(site, id, 'response')
      expect(response.state).toMatchObject({ verdict: 'met', completedAt: site.clock.now() })
      expect(response.evidence?.update).toMatchObject({ incidentId, updateId, postedLater: false })
    },
  )

  test('counts from when the update was really posted, not from what it shows', async ({ site }) => {
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ hours: 5 })
    await post(site, incidentId, { display_at: site.clock.now() - 240 * MINUTE_MS })
    const response = await goalOf(site, id, 'response')
    expect(response.state).toMatchObject({ verdict: 'missed', completedAt: site.clock.now() })
    expect(response.evidence?.update?.postedLater).toBe(true)
  })

  test('is not an update from before the confirmation', async ({ site }) => {
    const incidentId = await openTrouble(site)
    site.clock.advance({ minutes: 5 })
    await post(site, incidentId)
    site.clock.advance({ minutes: 5 })
    const { id } = await confirmed(site, { incidentId })
    expect((await goalOf(site, id, 'response')).state.verdict).toBe('open')
  })

  test('may be an update at the very instant of the deadline, and no later', async ({ site }) => {
    const inTime = await confirmed(site)
    const late = await confirmed(site, { key: 'CHK-413' })
    site.clock.advance({ hours: 4 })
    await post(site, inTime.incidentId)
    site.clock.set('2026-11-12T16:00:00.001+05:30')
    await post(site, late.incidentId)
    expect((await goalOf(site, inTime.id, 'response')).state.verdict).toBe('met')
    expect((await goalOf(site, late.id, 'response')).state.verdict).toBe('missed')
  })

  test('is nobody’s when Avow posted the update by itself', async ({ site }) => {
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ minutes: 5 })
    await site.as('job', (tx) =>
      postIncidentUpdate(tx, incidentId, { status: 'identified', body: 'A check failed.' }),
    )
    expect((await goalOf(site, id, 'response')).state.verdict).toBe('open')
  })

  test('may be an update of any linked incident', async ({ site }) => {
    const { id } = await confirmed(site)
    const other = await openTrouble(site)
    await site.as('responder', (tx) => linkDefect(tx, other, id))
    site.clock.advance({ minutes: 5 })
    await post(site, other)
    expect((await goalOf(site, id, 'response')).evidence?.update?.incidentId).toBe(other)
  })

  test('during a weekend is met before the clock has begun, with nothing used', async ({ site }) => {
    site.clock.set('2026-11-14T10:00:00+05:30')
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ hours: 3 })
    await post(site, incidentId)
    expect((await goalOf(site, id, 'response')).state).toMatchObject({ verdict: 'met', usedBusinessMs: 0 })
  })
})

describe('a workaround', () => {
  test('stops its own clock and never that of the fix', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.advance({ hours: 2 })
    await happen(site, id, { type: 'workaround' })
    expect(await verdictsOf(site, id)).toEqual(['met', 'met', 'open'])
    // 48 hours without the weekend end on Monday at noon.
    expect(toShortIso((await goalOf(site, id, 'fix')).state.deadlineAt ?? 0)).toBe('2026-11-16T06:30:00Z')
    site.clock.set('2026-11-16T12:00:00.001+05:30')
    expect(await verdictsOf(site, id)).toEqual(['met', 'met', 'missed'])
  })

  test('is at risk from three quarters of its window on', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.set('2026-11-12T14:59:59.999+05:30')
    expect((await goalOf(site, id, 'workaround')).state.verdict).toBe('open')
    site.clock.set('2026-11-12T15:00:00+05:30')
    expect((await goalOf(site, id, 'workaround')).state.verdict).toBe('at_risk')
  })
})

describe('a stronger event', () => {
  test.for<[type: NewDefectEvent['type'], verdicts: string[]]>([
    ['responded', ['met', 'open', 'open']],
    ['workaround', ['met', 'met', 'open']],
    ['fixed', ['met', 'met', 'met']],
  ])('satisfies the weaker goals: %s', async ([type, expected], { site }) => {
    const { id } = await confirmed(site)
    site.clock.advance({ minutes: 30 })
    await happen(site, id, { type })
    expect(await verdictsOf(site, id)).toEqual(expected)
  })
})

test('a resolved incident is not a fixed defect', async ({ site }) => {
  const { id, incidentId } = await confirmed(site)
  site.clock.advance({ minutes: 30 })
  await post(site, incidentId, { status: 'resolved' })
  expect(await verdictsOf(site, id)).toEqual(['met', 'open', 'open'])
  site.clock.advance({ days: 7 })
  expect(await verdictsOf(site, id)).toEqual(['met', 'missed', 'missed'])
})

describe('a deferral', () => {
  test('sets open goals apart, also when they are met after all, and leaves missed ones missed', async ({
    site,
  }) => {
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ hours: 1 })
    await post(site, incidentId)
    site.clock.advance({ hours: 6 })
    await happen(site, id, { type: 'deferred', until: '2026-12-02', note: 'We told you on the phone.' })
    expect(await verdictsOf(site, id)).toEqual(['met', 'missed', 'deferred'])
    expect((await goalOf(site, id, 'fix')).deferral).toMatchObject({
      untilOn: '2026-12-02',
      note: 'We told you on the phone.',
    })
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'fixed' })
    expect(await verdictsOf(site, id)).toEqual(['met', 'missed', 'deferred'])
  })
})

describe('the next release', () => {
  test('is open until a release is out, and its plan is no deadline', async ({ site }) => {
    const planned = await release(site, { planned_at: site.clock.now() + DAY_MS })
    const { id } = await confirmed(site, { severity: 'medium' })
    site.clock.advance({ days: 20 })
    const { state } = await goalOf(site, id, 'fix')
    expect(state).toMatchObject({ verdict: 'open', deadlineAt: null })
    expect(state.plannedAt).toBeLessThan(site.clock.now())
    await publish(site, planned)
    expect((await goalOf(site, id, 'fix')).state).toMatchObject({
      verdict: 'missed',
      verdictAt: site.clock.now(),
    })
  })

  test('is met by a fix that the release carries', async ({ site }) => {
    const planned = await release(site)
    const { id } = await confirmed(site, { severity: 'medium' })
    site.clock.advance({ days: 20 })
    await publish(site, planned)
    site.clock.advance({ minutes: 10 })
    await happen(site, id, { type: 'fixed', release_id: planned, note: 'It is in its list of changes.' })
    expect((await goalOf(site, id, 'fix')).state).toMatchObject({
      verdict: 'met',
      completedAt: site.clock.now() - 10 * MINUTE_MS,
    })
  })

  test('is met by a hotfix before it, and missed by one after it', async ({ site }) => {
    const planned = await release(site)
    const [early, late] = [
      await confirmed(site, { severity: 'medium' }),
      await confirmed(site, { severity: 'medium', key: 'CHK-413' }),
    ]
    site.clock.advance({ days: 1 })
    const hotfix = await release(site, { name: 'Hotfix', kind: 'hotfix', published_at: site.clock.now() })
    await happen(site, early.id, { type: 'fixed', release_id: hotfix })
    expect((await goalOf(site, late.id, 'fix')).state.verdict).toBe('open')
    site.clock.advance({ days: 1 })
    await publish(site, planned)
    site.clock.advance({ days: 1 })
    await happen(site, late.id, { type: 'fixed' })
    expect((await goalOf(site, early.id, 'fix')).state.verdict).toBe('met')
    expect((await goalOf(site, late.id, 'fix')).state.verdict).toBe('missed')
  })

  test('is the one after, for a defect confirmed after the cut-off', async ({ site }) => {
    const soon = await release(site, { cut_off_at: site.clock.now() - 1 })
    const { id } = await confirmed(site, { severity: 'medium' })
    site.clock.advance({ days: 1 })
    await publish(site, soon)
    expect((await goalOf(site, id, 'fix')).state.verdict).toBe('open')
  })
})

test('what is as seen fit has no promise, before and after', async ({ site }) => {
  const { id } = await confirmed(site, { severity: 'low' })
  site.clock.advance({ days: 60 })
  await happen(site, id, { type: 'fixed' })
  expect(await verdictsOf(site, id)).toEqual(['missed', 'no_promise', 'no_promise'])
})

test('a defect that nobody has confirmed has no promises', async ({ site }) => {
  const id = await site.as('responder', (tx) =>
    reportDefect(tx, { key: 'CHK-1', title: 'X', severity: 'high' }),
  )
  expect(await verdictsOf(site, id)).toEqual([])
})

describe('the record of verdicts', () => {
  test('stays as it was when an update is edited later', async ({ site }) => {
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ minutes: 20 })
    const updateId = await post(site, incidentId)
    await judge(site)
    const before = await listVerdicts(site.ctx.read, [id])
    expect(before.map(({ goal, verdict }) => [goal, verdict])).toEqual([['response', 'met']])
    site.clock.advance({ minutes: 20 })
    await site.as('responder', (tx) =>
      editIncidentUpdate(tx, incidentId, updateId, { body: 'Better words.', display_at: site.clock.now() }),
    )
    await judge(site)
    expect(await listVerdicts(site.ctx.read, [id])).toEqual(before)
    expect((await goalOf(site, id, 'response')).state.completedAt).toBe(before[0]?.completedAt)
  })

  test('comes to the same whenever the job runs, or not at all', async ({ site }) => {
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ minutes: 20 })
    await post(site, incidentId)
    site.clock.advance({ days: 30 })
    // The job was off for a month.
    const computed = await verdictsOf(site, id)
    await judge(site)
    expect(await verdictsOf(site, id)).toEqual(computed)
    const recorded = await listVerdicts(site.ctx.read, [id])
    expect(
      recorded.map(({ goal, verdict, deadlineAt }) => [goal, verdict, toShortIso(deadlineAt ?? 0)]).sort(),
    ).toEqual([
      ['fix', 'missed', '2026-11-16T06:30:00Z'],
      ['response', 'met', '2026-11-12T10:30:00Z'],
      ['workaround', 'missed', '2026-11-12T10:30:00Z'],
    ])
  })

  test('says nothing new by a clock that was set back before what it says', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'high' })
    site.clock.advance({ hours: 1 })
    const worse = {
      type: 'severity_changed',
      severity: 'critical',
      change: 'worsened',
      note: 'More.',
    } as const
    await happen(site, id, worse)
    await happen(site, id, { type: 'workaround' })
    const before = await listVerdicts(site.ctx.read, [id])
    const deadlines = await listDeadlines(site.ctx.read, [id])
    expect(before).toHaveLength(2)
    site.clock.advance({ minutes: -30 })
    expect(await settle.runOne(site.ctx)).toBe(false)
    expect(await listVerdicts(site.ctx.read, [id])).toEqual(before)
    expect(await listDeadlines(site.ctx.read, [id])).toEqual(deadlines)
    site.clock.advance({ hours: 1 })
    await judge(site)
    expect(await listVerdicts(site.ctx.read, [id])).toEqual(before)
  })

  test('keeps what it said when an event is recorded late', async ({ site }) => {
    const { id } = await confirmed(site)
    const workedAround = site.clock.now() + 60 * MINUTE_MS
    site.clock.advance({ hours: 5 })
    await judge(site)
    const before = await listVerdicts(site.ctx.read, [id])
    await happen(site, id, { type: 'workaround', at: workedAround, note: 'Told by telephone.' })
    await judge(site)
    expect(await listVerdicts(site.ctx.read, [id])).toEqual(expect.arrayContaining(before))
    expect((await goalOf(site, id, 'workaround')).state.verdict).toBe('met')
  })
})

test('terms that are changed later touch no clock that is running', async ({ site }) => {
  const old = await confirmed(site)
  // Today belongs to the clock that has started.
  await expect(shortenTerms(site, '2026-11-12')).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ pointer: '/valid_from' }],
  })
  await shortenTerms(site, '2026-11-13')
  site.clock.advance({ days: 1 })
  const young = await confirmed(site, { key: 'CHK-413' })
  expect((await goalOf(site, old.id, 'response')).term).toEqual({ hours: 4 })
  expect((await goalOf(site, young.id, 'response')).term).toEqual({ hours: 1 })
  // They stay pinned by version.
  expect((await promisesOf(site, old.id)).terms?.policy.version).toBe(1)
  expect((await promisesOf(site, young.id)).terms?.policy.version).toBe(2)
})

test('terms are chosen by the day on which the clock starts, not by that of the confirmation', async ({
  site,
}) => {
  await shortenTerms(site, '2026-11-16')
  site.clock.set('2026-11-14T10:00:00+05:30')
  const { id } = await confirmed(site)
  expect((await goalOf(site, id, 'response')).term).toEqual({ hours: 1 })
})

/** A second version of the standard terms that promises a response within one hour. */
async function shortenTerms(site: Site, fromDay: string): Promise<void> {
  const goals: PolicyGoals = {
    ...STANDARD_POLICY.goals,
    critical: { ...STANDARD_POLICY.goals.critical, response: { hours: 1 } },
  }
  await site.as('administrator', (tx) => revisePolicy(tx, STANDARD_POLICY.id, { goals, valid_from: fromDay }))
}
