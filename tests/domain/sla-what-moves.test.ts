import { listEvents } from '../../src/domain/events/list-events.ts'
import type { GoalName } from '../../src/domain/sla/engine/goal-terms.ts'
import { recomputeDeadlines } from '../../src/domain/sla/record/settle.ts'
import { listVerdicts } from '../../src/domain/sla/record/verdicts.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import { reviseCalendar } from '../../src/domain/sla/terms/write-calendar.ts'
import { revisePolicy } from '../../src/domain/sla/terms/write-policy.ts'
import { HOUR_MS } from '../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { confirmed, goalOf, happen, judge, promisesOf } from './promised.ts'
import { reading } from './sla/engine/zoned.ts'

// Critical defects are confirmed on Thursday 12 November 2026 at 12:00 in India: their fix is due on Monday at 12:00.
// On Friday at 14:00 something is changed under them.

/** How far the promise of a fix is when something is changed. */
const CASES = {
  running: async () => undefined,
  met: (site: Site, id: string) => happen(site, id, { type: 'fixed' }),
  deferred: (site: Site, id: string) =>
    happen(site, id, { type: 'deferred', note: 'We told you on the phone.' }),
} satisfies Record<string, (site: Site, id: string) => Promise<unknown>>

const CHANGES = {
  'the calendar gets a holiday': (site: Site) =>
    site.as('administrator', (tx) => reviseCalendar(tx, 'standard', { excluded_dates: ['2026-11-16'] })),
  'the policy gives 8 hours': (site: Site) =>
    site.as('administrator', (tx) => {
      const { critical } = STANDARD_POLICY.goals
      return revisePolicy(tx, 'standard', {
        goals: { ...STANDARD_POLICY.goals, critical: { ...critical, fix: { hours: 8 } } },
      })
    }),
  'the severity is lowered': (site: Site, id: string) =>
    happen(site, id, { type: 'severity_changed', severity: 'high', change: 'lowered', note: 'Few notice.' }),
  'a person re-plans': (site: Site, id: string) =>
    happen(site, id, { type: 'replanned', note: 'Monday became a holiday.' }),
  'the time-zone database is another': (site: Site, id: string) => startWithOtherDatabase(site, id),
} satisfies Record<string, (site: Site, id: string) => Promise<unknown>>

/** The deadline of the fix after the change, and its verdict; “=” is as before. */
const EXPECTED: [
  change: keyof typeof CHANGES,
  running: string,
  met: string,
  deferred: string,
  missed: string,
][] = [
  ['the calendar gets a holiday', '=', '=', '=', '='],
  ['the policy gives 8 hours', '=', '=', '=', '='],
  ['the severity is lowered', 'Thu 19 12:00 open', '=', '=', '='],
  ['a person re-plans', 'Tue 17 12:00 open', 'refused', 'refused', 'refused'],
  // It was an hour later on record, made with another database: an open one is what it computes to now, see below.
  [
    'the time-zone database is another',
    '=',
    'Mon 16 13:00 met',
    'Mon 16 13:00 deferred',
    'Mon 16 13:00 missed',
  ],
]

describe('what moves a promise', () => {
  test.for(EXPECTED)(
    'when %s: running %s, met %s, deferred %s, missed %s',
    async ([change, ...expected], { site }) => {
      const found: string[] = []
      for (const name of ['running', 'met', 'deferred', 'missed'] as const) {
        const { id } = await confirmed(site, { key: `FIX-${name}` })
        site.clock.set('2026-11-13T13:00:00+05:30')
        if (name !== 'missed') await CASES[name](site, id)
        site.clock.set(name === 'missed' ? '2026-11-16T14:00:00+05:30' : '2026-11-13T14:00:00+05:30')
        await judge(site)
        if (change === 'a person re-plans') await addHoliday(site)
        const before = await fixOf(site, id)
        const records = await listVerdicts(site.ctx.read, [id])
        const outcome = await outcomeOf(() => CHANGES[change](site, id))
        await judge(site)
        const after = await fixOf(site, id)
        found.push(outcome === 'refused' ? outcome : after === before ? '=' : after)
        // Whatever happens, no verdict that is on record is rewritten, and none that has fallen becomes another.
        expect(await listVerdicts(site.ctx.read, [id])).toEqual(records)
        site.clock.set('2026-11-12T12:00:00+05:30')
      }
      expect(found).toEqual(expected)
    },
  )

  test('is logged and shown where only the time-zone database moved it', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.set('2026-11-13T14:00:00+05:30')
    const moved = await startWithOtherDatabase(site, id)
    expect(moved).toMatchObject([{ defectId: id, goal: 'fix' }])
    expect((await promisesOf(site, id)).changes).toMatchObject([
      { kind: 'deadline_moved', goal: 'fix', database: process.versions.tz },
    ])
    const [event] = await listEvents(site.ctx.read, { limit: 1, subjectId: id })
    expect(event).toMatchObject({
      type: 'sla.deadline_set',
      after: { goal: 'fix', why: 'time_zone_database' },
    })
    // A second start finds nothing to do.
    expect(await site.as('job', recomputeDeadlines)).toEqual([])
  })
})

test('a verdict that has fallen stays although another goal of the defect is open', async ({ site }) => {
  const { id } = await confirmed(site)
  site.clock.advance({ hours: 1 })
  await happen(site, id, { type: 'workaround' })
  const asComputed = (await goalOf(site, id, 'workaround')).state.deadlineAt ?? 0
  expect(await startWithOtherDatabase(site, id, 'workaround')).toEqual([])
  for (let start = 0; start < 2; start += 1) {
    await judge(site)
    await site.as('job', recomputeDeadlines)
    const { verdict, deadlineAt } = (await goalOf(site, id, 'workaround')).state
    expect([verdict, deadlineAt]).toEqual(['met', asComputed + HOUR_MS])
  }
  expect((await promisesOf(site, id)).changes).toEqual([])
})

describe('a verdict that fell by a deadline of another time-zone database, and a severity that is lowered', () => {
  const LOWERED = {
    type: 'severity_changed',
    severity: 'high',
    change: 'lowered',
    note: 'Few notice.',
  } as const

  test('after a miss: it stays missed', async ({ site }) => {
    const { id } = await confirmed(site)
    await holdDeadline(site, id, 'fix', -HOUR_MS)
    site.clock.set('2026-11-16T11:30:00+05:30')
    await judge(site)
    expect(await fixOf(site, id)).toBe('Mon 16 11:00 missed')
    await happen(site, id, LOWERED)
    await judge(site)
    expect(await fixOf(site, id)).toBe('Mon 16 11:00 missed')
  })

  test('after a fix in time: it stays met', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.set('2026-11-16T12:30:00+05:30')
    await happen(site, id, { type: 'fixed', note: 'By the rules of its day this was in time.' })
    await holdDeadline(site, id, 'fix', HOUR_MS)
    expect(await fixOf(site, id)).toBe('Mon 16 13:00 met')
    site.clock.advance({ minutes: 10 })
    await happen(site, id, LOWERED)
    await judge(site)
    expect(await fixOf(site, id)).toBe('Mon 16 13:00 met')
  })

  test('before it: the new promise counts, computed by the rules of today', async ({ site }) => {
    const { id } = await confirmed(site)
    await holdDeadline(site, id, 'fix', -HOUR_MS)
    site.clock.set('2026-11-16T10:30:00+05:30')
    await happen(site, id, LOWERED)
    site.clock.set('2026-11-16T11:30:00+05:30')
    await judge(site)
    expect(await fixOf(site, id)).toBe('Thu 19 12:00 open')
  })
})

/** As if the deadline had been computed an hour later, by a platform with other rules; then the program starts anew. */
async function startWithOtherDatabase(
  site: Site,
  id: string,
  goal: GoalName = 'fix',
  laterByMs: number = HOUR_MS,
) {
  await holdDeadline(site, id, goal, laterByMs)
  return site.as('job', recomputeDeadlines)
}

/** As if its last deadline had been computed by a platform with other rules. */
async function holdDeadline(site: Site, id: string, goal: GoalName, laterByMs: number): Promise<void> {
  const { deadlineAt, atRiskAt } = (await goalOf(site, id, goal)).state
  await site.as('administrator', (tx) =>
    tx.db
      .updateTable('sla_deadline')
      .set({
        tz_version: '1999a',
        deadline_at: (deadlineAt ?? 0) + laterByMs,
        at_risk_at: (atRiskAt ?? 0) + laterByMs,
      })
      .where('defect_id', '=', id)
      .where('goal', '=', goal)
      .execute(),
  )
}

async function addHoliday(site: Site): Promise<void> {
  await site.as('administrator', (tx) => reviseCalendar(tx, 'standard', { excluded_dates: ['2026-11-16'] }))
}

async function outcomeOf(change: () => Promise<unknown>): Promise<'done' | 'refused'> {
  try {
    await change()
    return 'done'
  } catch (error) {
    expect(error).toMatchObject({ code: 'conflict' })
    return 'refused'
  }
}

/** "Mon 16 12:00 open" */
async function fixOf(site: Site, id: string): Promise<string> {
  const { deadlineAt, verdict } = (await goalOf(site, id, 'fix')).state
  const local = reading('Asia/Kolkata', deadlineAt ?? 0)
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(local.slice(0, 10)).getUTCDay()]
  return `${weekday} ${local.slice(8, 10)} ${local.slice(11, 16)} ${verdict === 'at_risk' ? 'open' : verdict}`
}
