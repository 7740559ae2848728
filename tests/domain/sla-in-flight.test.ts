import { getDefect, reportDefect } from '../../src/domain/defects/defects.ts'
import { linkDefect } from '../../src/domain/defects/links.ts'
import { updateRelease } from '../../src/domain/defects/write-release.ts'
import { changeWords } from '../../src/domain/sla/change-words.ts'
import type { NewDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import { goalState } from '../../src/domain/sla/engine/goal-state.ts'
import { promiseSentence } from '../../src/domain/sla/promise-sentence.ts'
import { listVerdicts } from '../../src/domain/sla/record/verdicts.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import { reviseCalendar } from '../../src/domain/sla/terms/write-calendar.ts'
import { createContract } from '../../src/domain/sla/terms/write-contract.ts'
import { createPolicy } from '../../src/domain/sla/terms/write-policy.ts'
import { DAY_MS, HOUR_MS } from '../../src/lib/instant.ts'
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
import { reading } from './sla/engine/zoned.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

const WORSENED = {
  type: 'severity_changed',
  severity: 'critical',
  change: 'worsened',
  note: 'Refunds fail too.',
} as const
const MISCLASSIFIED = { ...WORSENED, change: 'misclassified' } as const
const DEFERRED = { type: 'deferred', note: 'We need a new library.' } as const
const LOWERED = {
  type: 'severity_changed',
  severity: 'medium',
  change: 'lowered',
  note: 'One report only.',
} as const

describe('a severity', () => {
  test('that got worse is promised anew from that moment, and never later than before', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'high' })
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-19T12:00')
    site.clock.set('2026-11-13T12:00:00+05:30')
    await happen(site, id, WORSENED)
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-17T12:00')
    expect((await goalOf(site, id, 'fix')).term).toEqual({ hours: 48 })
    expect((await getDefect(site.ctx.read, id)).severity).toBe('critical')
    expect((await promisesOf(site, id)).changes).toEqual([
      {
        kind: 'severity',
        at: site.clock.now(),
        before: 'high',
        after: 'critical',
        change: 'worsened',
        reason: 'Refunds fail too.',
      },
    ])
  })

  test('that had been judged wrongly is promised from the start', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'high' })
    site.clock.advance({ days: 1 })
    await happen(site, id, MISCLASSIFIED)
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-16T12:00')
  })

  test('that is lowered counts from the start, and saves nothing that was missed', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.advance({ hours: 5 })
    await happen(site, id, LOWERED)
    // Response and workaround were due after four hours; the fix waits for the next release now.
    expect(await verdictsOf(site, id)).toEqual(['missed', 'missed', 'open'])
    expect((await goalOf(site, id, 'fix')).state).toMatchObject({
      deadlineAt: null,
      promise: { release: 'next' },
    })
  })

  test('moves nothing that was met before', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'high' })
    site.clock.advance({ hours: 6 })
    await happen(site, id, { type: 'fixed' })
    const before = (await promisesOf(site, id)).goals.map(({ state }) => [state.verdict, state.deadlineAt])
    site.clock.advance({ hours: 1 })
    await happen(site, id, MISCLASSIFIED)
    expect((await promisesOf(site, id)).goals.map(({ state }) => [state.verdict, state.deadlineAt])).toEqual(
      before,
    )
  })

  test.for<[what: string, event: Partial<NewDefectEvent>, pointer: string]>([
    ['without a reason', { ...WORSENED, note: undefined }, '/note'],
    ['without saying why', { ...WORSENED, change: undefined }, '/change'],
    ['without the new severity', { ...WORSENED, severity: undefined }, '/severity'],
    ['lowered to a higher one', { ...WORSENED, change: 'lowered' }, '/change'],
    ['worsened to a lower one', { ...LOWERED, change: 'worsened' }, '/change'],
    ['lowered at a time that has passed', { ...LOWERED, at: Date.parse('2026-11-12T06:30:01Z') }, '/at'],
    [
      'judged wrongly at a time that has passed',
      { ...MISCLASSIFIED, at: Date.parse('2026-11-12T06:30:01Z') },
      '/at',
    ],
    ['before the clock was started', { ...WORSENED, at: Date.parse('2026-11-12T06:29:59Z') }, '/at'],
  ])('that is changed %s is refused', async ([, event, pointer], { site }) => {
    const { id } = await confirmed(site, { severity: 'high' })
    site.clock.advance({ hours: 1 })
    await expect(happen(site, id, { type: 'severity_changed', ...event })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer }],
    })
    expect((await promisesOf(site, id)).changes).toEqual([])
  })

  test('that is the same is a conflict', async ({ site }) => {
    const { id } = await confirmed(site)
    await expect(happen(site, id, WORSENED)).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('a severity that is lowered and gets worse again is promised from that moment, and was not missed meanwhile', async ({
  site,
}) => {
  const { id } = await confirmed(site)
  site.clock.set('2026-11-13T12:00:00+05:30')
  await happen(site, id, LOWERED)
  // The fix of a critical defect was due on Monday, that of a medium one is not yet.
  site.clock.set('2026-11-17T12:00:00+05:30')
  await happen(site, id, WORSENED)
  const { verdict } = (await goalOf(site, id, 'fix')).state
  expect([verdict, await dueOf(site, id, 'fix')]).toEqual(['open', '2026-11-19T12:00'])
})

describe('a completion', () => {
  test('in a release is not older than the release', async ({ site }) => {
    const { id } = await confirmed(site)
    const at = site.clock.now() + HOUR_MS
    site.clock.advance({ days: 1 })
    const late = await release(site, { published_at: site.clock.now() })
    await expect(happen(site, id, { type: 'fixed', release_id: late, at })).rejects.toMatchObject({
      fields: [{ pointer: '/at' }],
    })
  })

  test('that is told after a deferral is not older than that', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.advance({ hours: 2 })
    await happen(site, id, DEFERRED)
    site.clock.advance({ days: 1 })
    const at = site.clock.now() - 23 * HOUR_MS - 90 * 60_000
    await expect(happen(site, id, { type: 'fixed', at })).rejects.toMatchObject({
      fields: [{ pointer: '/at' }],
    })
    await happen(site, id, { type: 'fixed' })
    expect(await verdictsOf(site, id)).toEqual(['deferred', 'deferred', 'deferred'])
  })
})

describe('what is recorded when a promise was missed', () => {
  test('and was done in time says how that is known; what came late says it by itself', async ({ site }) => {
    const { id } = await confirmed(site)
    const inTime = site.clock.now() + HOUR_MS
    site.clock.advance({ days: 1 })
    expect(await verdictsOf(site, id)).toEqual(['missed', 'missed', 'open'])
    const workaround = { type: 'workaround', at: inTime } as const
    await happen(site, id, { ...workaround, at: site.clock.now() - HOUR_MS })
    expect(await verdictsOf(site, id)).toEqual(['missed', 'missed', 'open'])
    await happenForAReason(site, id, { ...workaround, note: 'Told by telephone at one o’clock.' })
    expect(await verdictsOf(site, id)).toEqual(['met', 'met', 'open'])
  })

  test('as fixed by a release that was out in time needs the reason of the release', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'medium' })
    site.clock.advance({ hours: 2 })
    const published = await release(site, { published_at: site.clock.now() })
    expect((await verdictsOf(site, id))[2]).toBe('missed')
    const note = 'It is in the list of changes of that release.'
    await happenForAReason(site, id, { type: 'fixed', release_id: published, note })
    expect((await verdictsOf(site, id))[2]).toBe('met')
  })
})

describe('a miss that came with a severity judged wrongly', () => {
  test('is taken away by something that is recorded later with its reason alone', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'high' })
    site.clock.advance({ hours: 20 })
    await happen(site, id, MISCLASSIFIED)
    expect(await verdictsOf(site, id)).toEqual(['missed', 'missed', 'open'])
    site.clock.advance({ hours: 1 })
    const at = site.clock.now() - 2 * HOUR_MS
    const note = 'It was there before anybody knew how grave it was.'
    await happenForAReason(site, id, { type: 'workaround', at, note })
    expect((await verdictsOf(site, id))[1]).toBe('met')
  })
})

describe('what is promised after a deferral', () => {
  test('is held to every later change of the severity', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'low' })
    site.clock.advance({ hours: 1 })
    await happen(site, id, DEFERRED)
    site.clock.advance({ hours: 1 })
    await happen(site, id, { ...WORSENED, severity: 'high' })
    site.clock.advance({ hours: 1 })
    await happen(site, id, WORSENED)
    expect(await dueOf(site, id, 'workaround')).toBe('2026-11-12T19:00')
    site.clock.set('2026-11-12T19:00:00.001+05:30')
    expect((await verdictsOf(site, id)).slice(1)).toEqual(['missed', 'open'])
  })
})

describe('an incident that is linked', () => {
  /** A confirmed critical defect, and an incident with an update at one o’clock, an hour later, that is not linked. */
  async function answeredElsewhere(site: Site): Promise<{ id: string; elsewhere: string }> {
    const { id } = await confirmed(site)
    const elsewhere = await openTrouble(site)
    site.clock.advance({ hours: 1 })
    await post(site, elsewhere)
    return { id, elsewhere }
  }

  test.for([
    {
      what: 'in time answers by when its update was posted',
      linkedAt: '16:00:00',
      response: { verdict: 'met', completedAt: '13:00:00' },
    },
    {
      what: 'when the response was missed answers by when it was linked',
      linkedAt: '16:00:00.001',
      response: { verdict: 'missed', completedAt: '16:00:00.001', lateWallMs: 1 },
    },
  ])('$what', async ({ linkedAt, response: { completedAt, ...response } }, { site }) => {
    const at = (time: string) => `2026-11-12T${time}+05:30`
    const { id, elsewhere } = await answeredElsewhere(site)
    site.clock.set(at(linkedAt))
    await link(site, elsewhere, id)
    site.clock.advance({ days: 1 })
    const { state, evidence } = await goalOf(site, id, 'response')
    expect(state).toMatchObject({ ...response, completedAt: Date.parse(at(completedAt)) })
    expect(evidence?.update?.linkedLater).toBe(completedAt === linkedAt)
  })

  test('after a deferral leaves the response deferred', async ({ site }) => {
    const { id, elsewhere } = await answeredElsewhere(site)
    site.clock.advance({ hours: 1 })
    await happen(site, id, DEFERRED)
    site.clock.advance({ days: 1 })
    await link(site, elsewhere, id)
    expect((await verdictsOf(site, id))[0]).toBe('deferred')
  })

  test('in time keeps its evidence when the severity turns out to be graver', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'low' })
    const elsewhere = await openTrouble(site)
    site.clock.advance({ hours: 1 })
    await post(site, elsewhere)
    const answeredAt = site.clock.now()
    site.clock.advance({ hours: 6 })
    await link(site, elsewhere, id)
    site.clock.advance({ hours: 1 })
    await happen(site, id, MISCLASSIFIED)
    expect((await goalOf(site, id, 'response')).state).toMatchObject({
      verdict: 'met',
      completedAt: answeredAt,
    })
  })

  /** An incident with an update at one o’clock, and a defect of noon that is written down a day later. */
  async function writtenDownAfterwards(
    site: Site,
  ): Promise<{ id: string; elsewhere: string; confirmedAt: number }> {
    const elsewhere = await openTrouble(site)
    const confirmedAt = site.clock.now()
    site.clock.advance({ hours: 1 })
    await post(site, elsewhere)
    site.clock.advance({ days: 1 })
    const id = await site.as('responder', async (tx) => {
      const reported = { key: 'CHK-1', title: 'Payments are lost', severity: 'critical' } as const
      const defectId = await reportDefect(tx, { ...reported, reported_at: confirmedAt })
      await confirmDefect(tx, defectId, confirmedAt)
      return defectId
    })
    return { id, elsewhere, confirmedAt }
  }

  test('weeks later takes no miss away, though the defect was written down afterwards', async ({ site }) => {
    const { id, elsewhere } = await writtenDownAfterwards(site)
    site.clock.advance({ days: 20 })
    await link(site, elsewhere, id)
    expect((await verdictsOf(site, id))[0]).toBe('missed')
  })

  test('answers by when its update was posted where the defect itself was written down afterwards', async ({
    site,
  }) => {
    const { id, elsewhere, confirmedAt } = await writtenDownAfterwards(site)
    await link(site, elsewhere, id)
    expect((await goalOf(site, id, 'response')).state).toMatchObject({
      verdict: 'met',
      completedAt: confirmedAt + HOUR_MS,
    })
  })
})

describe('a completion that did not hold', () => {
  const WITHDRAWN = { type: 'withdrawn', note: 'Payments are lost again.' } as const

  test('leaves the same clock running as if it had never stopped, and its verdict on record', async ({
    site,
  }) => {
    const { id } = await confirmed(site)
    site.clock.advance({ hours: 2 })
    await happen(site, id, { type: 'fixed' })
    expect(await verdictsOf(site, id)).toEqual(['met', 'met', 'met'])
    site.clock.advance({ hours: 1 })
    await happen(site, id, WITHDRAWN)
    // A fix had satisfied all three.
    expect(await verdictsOf(site, id)).toEqual(['at_risk', 'at_risk', 'open'])
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-16T12:00')
    site.clock.advance({ days: 30 })
    await judge(site)
    const recorded = (await listVerdicts(site.ctx.read, [id])).filter(({ goal }) => goal === 'fix')
    expect(recorded.map(({ verdict }) => verdict)).toEqual(['met', 'withdrawn', 'missed'])
    expect((await promisesOf(site, id)).changes).toMatchObject([
      { kind: 'withdrawn', what: 'fixed', reason: 'Payments are lost again.' },
    ])
  })

  test('may be any that is named, and is met by the next one', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.advance({ hours: 1 })
    const workaround = await happen(site, id, { type: 'workaround' })
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'fixed' })
    await happen(site, id, { ...WITHDRAWN, event_id: workaround })
    expect((await goalOf(site, id, 'workaround')).state).toMatchObject({
      verdict: 'met',
      completedAt: site.clock.now(),
    })
    expect(await changesOf(site, id)).toEqual([
      'The workaround of Thursday 12 November, 13:00 IST did not hold; the fix of Thursday 12 November, 14:00 IST counts: Payments are lost again.',
    ])
    await expect(happen(site, id, { ...WITHDRAWN, event_id: workaround })).rejects.toMatchObject({
      fields: [{ pointer: '/event_id' }],
    })
  })

  test('leaves an earlier one in force, until that does not hold either', async ({ site }) => {
    const { id, incidentId } = await confirmed(site)
    site.clock.advance({ minutes: 30 })
    await post(site, incidentId)
    site.clock.advance({ minutes: 30 })
    await happen(site, id, { type: 'fixed' })
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'fixed' })
    await happen(site, id, { type: 'responded' })
    for (let completion = 0; completion < 3; completion += 1) {
      site.clock.advance({ minutes: 1 })
      await happen(site, id, WITHDRAWN)
    }
    // What comes afterwards changes no sentence.
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'fixed' })
    const why = 'Payments are lost again.'
    expect(await changesOf(site, id)).toEqual([
      `The response of Thursday 12 November, 14:00 IST did not hold; the earlier update of Thursday 12 November, 12:30 IST counts: ${why}`,
      `The fix of Thursday 12 November, 14:00 IST did not hold; the earlier fix of Thursday 12 November, 13:00 IST counts: ${why}`,
      `The fix of Thursday 12 November, 13:00 IST did not hold; its clock goes on as if it had never stopped: ${why}`,
    ])
  })

  test('is withdrawn for five business days after a fix; what comes back later is a new defect', async ({
    site,
  }) => {
    const { id } = await confirmed(site)
    site.clock.advance({ hours: 2 })
    await happen(site, id, { type: 'fixed' })
    // Friday, then Monday to Thursday.
    site.clock.set('2026-11-19T14:00:00.001+05:30')
    await expect(happen(site, id, WITHDRAWN)).rejects.toMatchObject({ fields: [{ pointer: '/type' }] })
    const again = await site.as('responder', (tx) =>
      reportDefect(tx, {
        key: 'CHK-500',
        title: 'Payments are lost again',
        severity: 'critical',
        follows: id,
      }),
    )
    expect((await getDefect(site.ctx.read, again)).followsId).toBe(id)
    site.clock.set('2026-11-19T14:00:00+05:30')
    await expect(happen(site, id, WITHDRAWN)).resolves.toBeTruthy()
  })

  test('needs a completion, and a reason', async ({ site }) => {
    const { id } = await confirmed(site)
    await expect(happen(site, id, WITHDRAWN)).rejects.toMatchObject({ code: 'conflict' })
    await expect(happen(site, id, { type: 'withdrawn' })).rejects.toMatchObject({
      fields: [{ pointer: '/note' }],
    })
  })
})

describe('a pause', () => {
  const PAUSED = { type: 'paused', note: 'We wait for your log files.' } as const

  test('by contract moves deadlines by the business time inside, and no response', async ({ site }) => {
    const { id } = await underContract(site)
    const response = await dueOf(site, id, 'response')
    site.clock.set('2026-11-13T20:00:00+05:30')
    await happen(site, id, PAUSED)
    site.clock.set('2026-11-16T02:00:00+05:30')
    await happen(site, id, { type: 'resumed' })
    expect(await dueOf(site, id, 'response')).toBe(response)
    // Four hours of Friday and two of Monday.
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-16T18:00')
    expect((await goalOf(site, id, 'fix')).state.pauses).toHaveLength(1)
    // The workaround had been missed the day before.
    expect((await promisesOf(site, id)).changes).toMatchObject([
      { kind: 'paused', goals: ['fix'], reason: 'We wait for your log files.' },
      { kind: 'resumed', goals: ['fix'], reason: null },
    ])
  })

  test('names the clocks that it stopped, and those that go on after it', async ({ site }) => {
    const { id } = await underContract(site)
    site.clock.advance({ hours: 1 })
    await happen(site, id, PAUSED)
    const at = site.clock.now() + HOUR_MS
    site.clock.advance({ hours: 2 })
    await happen(site, id, { type: 'resumed', note: 'They came.' })
    const stopped = 'Clocks of the workaround and the permanent fix paused: We wait for your log files.'
    expect(await changesOf(site, id)).toEqual([
      stopped,
      'Clocks of the workaround and the permanent fix go on: They came.',
    ])
    await happen(site, id, { type: 'workaround', at })
    expect(await changesOf(site, id)).toEqual([stopped, 'Clock of the permanent fix goes on: They came.'])
    // Nothing is left that could go on.
    await happen(site, id, { type: 'fixed', at })
    expect(await changesOf(site, id)).toEqual([stopped])
    await happen(site, id, { type: 'withdrawn', note: 'It fails again.' })
    expect((await changesOf(site, id)).slice(0, 2)).toEqual([
      stopped,
      'Clock of the permanent fix goes on: They came.',
    ])
  })

  test('stops no clock of what nothing is promised for', async ({ site }) => {
    const { critical, ...others } = STANDARD_POLICY.goals
    const goals = { ...others, critical: { ...critical, workaround: null } }
    const policy = { name: 'Fixes alone', calendar_id: 'standard', goals }
    const { id } = await underContract(site, await site.as('administrator', (tx) => createPolicy(tx, policy)))
    await happen(site, id, PAUSED)
    expect(await changesOf(site, id)).toEqual([
      'Clock of the permanent fix paused: We wait for your log files.',
    ])
  })

  test('without an end has no deadline, however long it lasts', async ({ site }) => {
    const { id } = await underContract(site)
    site.clock.advance({ hours: 1 })
    await happen(site, id, PAUSED)
    const since = site.clock.now()
    site.clock.advance({ days: 60 })
    expect((await goalOf(site, id, 'fix')).state).toMatchObject({
      verdict: 'open',
      deadlineAt: null,
      pausedSince: since,
      usedBusinessMs: HOUR_MS,
    })
    expect(await verdictsOf(site, id)).toEqual(['missed', 'open', 'open'])
  })

  test('may have ended earlier than somebody wrote it down', async ({ site }) => {
    const { id } = await underContract(site)
    await happen(site, id, PAUSED)
    site.clock.advance({ hours: 3 })
    await happen(site, id, { type: 'resumed', at: site.clock.now() - 2 * HOUR_MS })
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-16T13:00')
  })

  test('is not in the standard terms', async ({ site }) => {
    const { id } = await confirmed(site)
    await expect(happen(site, id, PAUSED)).rejects.toMatchObject({ fields: [{ pointer: '/type' }] })
  })

  test('needs a reason, runs once, and ends once', async ({ site }) => {
    const { id } = await underContract(site)
    await expect(happen(site, id, { type: 'paused' })).rejects.toMatchObject({
      fields: [{ pointer: '/note' }],
    })
    await expect(happen(site, id, { ...PAUSED, at: site.clock.now() - 1 })).rejects.toMatchObject({
      fields: [{ pointer: '/at' }],
    })
    await expect(happen(site, id, { type: 'resumed' })).rejects.toMatchObject({ code: 'conflict' })
    await happen(site, id, PAUSED)
    await expect(happen(site, id, PAUSED)).rejects.toMatchObject({ code: 'conflict' })
    await happen(site, id, { type: 'resumed' })
    await expect(happen(site, id, { type: 'resumed' })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a deferral', () => {
  test('covers nothing that was promised later', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'low' })
    await happen(site, id, { type: 'deferred', note: 'We told you on the phone.' })
    site.clock.advance({ hours: 1 })
    await happen(site, id, WORSENED)
    expect(await verdictsOf(site, id)).toEqual(['deferred', 'open', 'open'])
    site.clock.advance({ days: 10 })
    expect(await verdictsOf(site, id)).toEqual(['deferred', 'missed', 'missed'])
  })

  test('of a defect with nothing open is a conflict', async ({ site }) => {
    const { id } = await confirmed(site)
    await happen(site, id, { type: 'fixed' })
    await expect(happen(site, id, { type: 'deferred', note: 'Later.' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('covers what was promised later when the customer is told again', async ({ site }) => {
    const { id } = await confirmed(site, { severity: 'low' })
    await happen(site, id, { type: 'deferred', note: 'We told you on the phone.' })
    const first = site.clock.now()
    site.clock.advance({ hours: 1 })
    await happen(site, id, WORSENED)
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'deferred', note: 'We told you by mail.' })
    const { goals } = await promisesOf(site, id)
    expect(goals.map(({ state }) => [state.verdict, state.verdictAt])).toEqual([
      ['deferred', first],
      ['deferred', site.clock.now()],
      ['deferred', site.clock.now()],
    ])
    const between = { type: 'workaround', at: site.clock.now() - 1, note: 'It was there already.' } as const
    await expect(happen(site, id, between)).rejects.toMatchObject({ fields: [{ pointer: '/at' }] })
    site.clock.advance({ days: 10 })
    expect(await verdictsOf(site, id)).toEqual(['deferred', 'deferred', 'deferred'])
  })

  test('counts from the first message and shows the latest, until it is done', async ({ site }) => {
    const { id } = await confirmed(site)
    const deferredAt = site.clock.now()
    await happen(site, id, { type: 'deferred', until: '2026-12-02', note: 'We need a new library.' })
    site.clock.set('2026-12-01T12:00:00+05:30')
    const again = { type: 'deferred', until: '2026-12-09', note: 'It is late.' } as const
    await happen(site, id, again)
    const { state, deferral } = await goalOf(site, id, 'fix')
    expect(state).toMatchObject({ verdict: 'deferred', verdictAt: deferredAt })
    expect(deferral).toEqual({ at: site.clock.now(), untilOn: '2026-12-09', note: 'It is late.' })
    await happen(site, id, { type: 'fixed' })
    await expect(happen(site, id, again)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is to a day that is not over in the zone of the calendar', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.set('2026-11-13T00:30:00+05:30')
    const until = (day: string) => happen(site, id, { type: 'deferred', until: day, note: 'Later.' })
    await expect(until('2026-11-12')).rejects.toMatchObject({
      fields: [
        {
          pointer: '/until',
          message: 'Thursday 12 November 2026 is over: a deferral is to a day that comes.',
        },
      ],
    })
    await until('2026-11-13')
    expect((await goalOf(site, id, 'fix')).deferral?.untilOn).toBe('2026-11-13')
  })
})

test('a release cannot escape the promises that wait for it', async ({ site }) => {
  const next = await release(site, { planned_at: site.clock.now() + DAY_MS })
  const { id } = await confirmed(site, { severity: 'medium' })
  site.clock.advance({ days: 1 })
  const publish = (more: Parameters<typeof updateRelease>[2]) =>
    site.as('administrator', (tx) => updateRelease(tx, next, { published_at: tx.now, ...more }))
  const before = site.clock.now() - 2 * DAY_MS
  await expect(publish({ cut_off_at: before, reason: 'Late.' })).rejects.toMatchObject({
    fields: [{ pointer: '/cut_off_at' }],
  })
  await expect(publish({ kind: 'hotfix' })).rejects.toMatchObject({ fields: [{ pointer: '/kind' }] })
  await publish({})
  expect((await goalOf(site, id, 'fix')).state.verdict).toBe('missed')
})

test('a release that comes without a fix before another deadline is what the page says of the miss', async ({
  site,
}) => {
  const next = await release(site, { planned_at: site.clock.now() + 2 * DAY_MS })
  const { id } = await confirmed(site, { severity: 'medium' })
  site.clock.advance({ hours: 1 })
  await happen(site, id, { ...WORSENED, severity: 'high' })
  expect(promiseSentence(await goalOf(site, id, 'fix'))).toBe(
    'Permanent fix promised by Thursday 19 November, 13:00 IST.',
  )
  site.clock.set('2026-11-16T12:00:00+05:30')
  await publish(site, next)
  await judge(site)
  const words =
    'Permanent fix promised in the next release: missed, the release of Monday 16 November came without it.'
  expect(promiseSentence(await goalOf(site, id, 'fix'))).toBe(words)
  site.clock.advance({ days: 10 })
  await judge(site)
  expect(promiseSentence(await goalOf(site, id, 'fix'))).toBe(words)
  const fixes = (await listVerdicts(site.ctx.read, [id])).filter(({ goal }) => goal === 'fix')
  expect(fixes).toMatchObject([{ verdict: 'missed', deadlineAt: null }])
})

test('a release that is entered with a cut-off leaves out nothing that waits already', async ({ site }) => {
  const { id } = await confirmed(site, { severity: 'medium' })
  site.clock.advance({ days: 1 })
  const entered = { published_at: site.clock.now(), cut_off_at: site.clock.now() - 2 * DAY_MS }
  await expect(release(site, { ...entered, reason: 'Late.' })).rejects.toMatchObject({
    fields: [{ pointer: '/cut_off_at' }],
  })
  await release(site, { ...entered, cut_off_at: null })
  expect((await goalOf(site, id, 'fix')).state.verdict).toBe('missed')
})

test('a release that is re-planned says so where a promise waits for it, with the reason', async ({
  site,
}) => {
  const planned = site.clock.now() + 7 * DAY_MS
  const next = await release(site, { planned_at: planned })
  const { id } = await confirmed(site, { severity: 'medium' })
  const other = await confirmed(site, { severity: 'high', key: 'CHK-413' })
  site.clock.advance({ days: 1 })
  await site.as('administrator', (tx) =>
    updateRelease(tx, next, { planned_at: planned + DAY_MS, reason: 'The tests take a day longer.' }),
  )
  expect((await promisesOf(site, id)).changes).toEqual([
    {
      kind: 'release_replanned',
      at: site.clock.now(),
      name: '26.48',
      before: planned,
      after: planned + DAY_MS,
      timeZone: 'Asia/Kolkata',
      reason: 'The tests take a day longer.',
    },
  ])
  expect((await goalOf(site, id, 'fix')).state.plannedAt).toBe(planned + DAY_MS)
  expect((await promisesOf(site, other.id)).changes).toEqual([])
})

describe('a calendar that is edited', () => {
  test('moves a running promise only when a person re-plans it, with a reason', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.set('2026-11-13T10:00:00+05:30')
    await site.as('administrator', (tx) => reviseCalendar(tx, 'standard', { excluded_dates: ['2026-11-13'] }))
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-16T12:00')
    await expect(happen(site, id, { type: 'replanned' })).rejects.toMatchObject({
      fields: [{ pointer: '/note' }],
    })
    await happen(site, id, { type: 'replanned', note: 'Friday became a holiday.' })
    expect(await dueOf(site, id, 'fix')).toBe('2026-11-17T12:00')
    // What was missed on Thursday stays missed.
    expect(await verdictsOf(site, id)).toEqual(['missed', 'missed', 'open'])
    expect((await promisesOf(site, id)).changes).toMatchObject([
      { kind: 'replanned', reason: 'Friday became a holiday.' },
    ])
    await expect(happen(site, id, { type: 'replanned', note: 'Again.' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

test('the stored inputs of a verdict are enough to reach it again', async ({ site }) => {
  const { id, incidentId } = await underContract(site)
  site.clock.advance({ hours: 1 })
  await post(site, incidentId)
  await happen(site, id, { type: 'paused', note: 'We wait for your log files.' })
  site.clock.advance({ hours: 2 })
  await happen(site, id, { type: 'resumed' })
  await happen(site, id, { ...LOWERED, severity: 'high' })
  await happen(site, id, { type: 'paused', note: 'We wait for more.' })
  site.clock.advance({ days: 30 })
  await happen(site, id, { type: 'fixed' })
  await judge(site)
  const rows = await site.ctx.read.selectFrom('sla_verdict').selectAll().where('defect_id', '=', id).execute()
  expect(rows.map(({ goal, verdict }) => `${goal} ${verdict}`).sort()).toEqual([
    'fix met',
    'response met',
    'workaround met',
  ])
  for (const row of rows) {
    const state = goalState(JSON.parse(row.inputs))
    expect([state.verdict, state.deadlineAt, state.completedAt]).toEqual([
      row.verdict,
      row.deadline_at,
      row.completed_at,
    ])
  }
})

/** A critical defect of a customer whose contract lets workaround and fix rest. */
async function underContract(
  site: Site,
  policy_id = 'standard',
): Promise<{ id: string; incidentId: string }> {
  const customer = 'Harbour Mills'
  await site.as('administrator', (tx) =>
    createContract(tx, {
      name: 'Gold',
      customer,
      policy_id,
      pausable_goals: ['workaround', 'fix'],
    }),
  )
  return confirmed(site, { customer })
}

/** What moved its promises, in words. */
async function changesOf(site: Site, id: string): Promise<string[]> {
  return (await promisesOf(site, id)).changes.map(changeWords)
}

/** The deadline as a clock in India reads it, to the minute. */
async function dueOf(
  site: Site,
  id: string,
  goal: 'response' | 'workaround' | 'fix',
): Promise<string | null> {
  const { deadlineAt } = (await goalOf(site, id, goal)).state
  return deadlineAt === null ? null : reading('Asia/Kolkata', deadlineAt).slice(0, 16)
}

/** Records an event that is refused without its note, and taken with it. */
async function happenForAReason(site: Site, id: string, event: NewDefectEvent): Promise<void> {
  const { note, ...without } = event
  await expect(happen(site, id, without)).rejects.toMatchObject({ fields: [{ pointer: '/note' }] })
  await happen(site, id, event)
}

function link(site: Site, incidentId: string, id: string): Promise<void> {
  return site.as('responder', (tx) => linkDefect(tx, incidentId, id))
}
