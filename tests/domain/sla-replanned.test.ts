import type { Severity } from '../../src/domain/defects/defect.ts'
import { updateRelease } from '../../src/domain/defects/write-release.ts'
import { changeWords } from '../../src/domain/sla/change-words.ts'
import { promiseSentence } from '../../src/domain/sla/promise-sentence.ts'
import { recordOf } from '../../src/domain/sla/record/record.ts'
import { recomputeDeadlines } from '../../src/domain/sla/record/settle.ts'
import { reviseCalendar } from '../../src/domain/sla/terms/write-calendar.ts'
import type { DefectSlaJson } from '../../src/render/sla/defect-sla-json.ts'
import { expect, type Site, test } from '../support/site.ts'
import { confirmed, happen, promisesOf, release } from './promised.ts'
import { linesOf } from './status-page/commitments.ts'

// A medium defect is confirmed on Monday 30 November 2026 at 12:00 in India and answered at 17:00, which is Tuesday
// 1 December in New Zealand. At 18:00 a person re-plans it by a second version of the calendar, which is in that zone.
// At 20:00 it has a workaround; the fix waits for a release.

test('a verdict on record names the version of the calendar that the goal was counted by', async ({
  site,
}) => {
  const id = await replanned(site)
  const rows = await site.ctx.read
    .selectFrom('sla_verdict')
    .select(['goal', 'verdict', 'calendar_id', 'calendar_version'])
    .where('defect_id', '=', id)
    .orderBy('recorded_at')
    .execute()
  const calendar_id = 'standard'
  expect(rows).toEqual([
    { goal: 'response', verdict: 'met', calendar_id, calendar_version: 1 },
    { goal: 'workaround', verdict: 'met', calendar_id, calendar_version: 2 },
  ])
})

test('the record counts a verdict in the month of the zone that counted it', async ({ site }) => {
  const promises = await promisesOf(site, await replanned(site))
  expect(linesOf(recordOf([promises], '2026-12'))).toEqual([
    '2026-12 medium met: CHK-412 workaround',
    '2026-11 medium met: CHK-412 response',
  ])
})

test('a goal is told in the zone that counted it', async ({ site }) => {
  await release(site, { planned_at: Date.parse('2026-12-08T18:00:00+05:30') })
  const { goals } = await promisesOf(site, await replanned(site))
  expect(goals.map(promiseSentence)).toEqual([
    'Response promised by Monday 30 November, 20:00 IST: met after 5 h.',
    'Workaround promised by Thursday 3 December, 19:30 NZDT: met after 8 h.',
    'Permanent fix promised in the next release, planned for Wednesday 9 December.',
  ])
})

test('the JSON of a goal names the version that counted it, that of the defect the pinned one', async ({
  site,
}) => {
  await replanned(site)
  const response = await site.web.request('/api/v2/sla/commitments.json')
  const { defects } = (await response.json()) as { defects: DefectSlaJson[] }
  expect(defects).toMatchObject([
    {
      calendar: { version: 1, time_zone: 'Asia/Kolkata' },
      goals: [
        { goal: 'response', verdict: 'met', calendar_version: 1 },
        { goal: 'workaround', verdict: 'met', calendar_version: 2 },
        { goal: 'fix', verdict: 'open', calendar_version: 2 },
      ],
    },
  ])
})

test('what moved a goal is told in the zone that counts it', async ({ site }) => {
  const next = await release(site, { planned_at: Date.parse('2026-12-08T18:00:00+05:30') })
  const id = await confirmedInIndia(site, 'medium')
  await replan(site, id)
  await site.as('administrator', (tx) =>
    tx.db
      .updateTable('sla_deadline')
      .set({ tz_version: '1999a', deadline_at: Date.parse('2026-12-03T20:30:00+13:00') })
      .where('goal', '=', 'workaround')
      .execute(),
  )
  await site.as('job', recomputeDeadlines)
  await happen(site, id, { type: 'responded' })
  await happen(site, id, { type: 'withdrawn', note: 'It was another defect.' })
  await site.as('administrator', (tx) =>
    updateRelease(tx, next, { planned_at: Date.parse('2026-12-09T18:00:00+05:30'), reason: 'A test fails.' }),
  )
  expect((await promisesOf(site, id)).changes.map(changeWords).sort()).toEqual([
    'Open deadlines are counted by the changed calendar: Our specialists sit in Auckland now.',
    'Release 26.48 is planned for Thursday 10 December 2026 instead of Wednesday 9 December 2026: A test fails.',
    `The deadline of the workaround moved from Thursday 3 December, 20:30 NZDT to Thursday 3 December, 19:30 NZDT, because the rules of the time zone changed (time-zone database ${process.versions.tz}).`,
    'The response of Tuesday 1 December, 01:30 NZDT did not hold; its clock goes on as if it had never stopped: It was another defect.',
  ])
})

test('a goal that is open again counts by the calendar of the re-plan', async ({ site }) => {
  const id = await replanned(site)
  await happen(site, id, { type: 'withdrawn', note: 'It helps nobody.' })
  expect(await versionsOf(site, id)).toEqual([1, 2, 2])
})

test('what nothing was promised for stays in the month of the zone that started its clock', async ({
  site,
}) => {
  const id = await confirmedInIndia(site, 'low')
  await replan(site, id)
  site.clock.set('2026-11-30T20:00:00+05:30')
  await happen(site, id, { type: 'responded' })
  expect(await versionsOf(site, id)).toEqual([2, 1, 1])
  expect(linesOf(recordOf([await promisesOf(site, id)], '2026-12'))).toEqual([
    '2026-12 low met: CHK-412 response',
    '2026-11 low no_promise: CHK-412 workaround, CHK-412 fix',
  ])
})

test('a fix that did not hold is withdrawn within five business days of the calendar that counted it', async ({
  site,
}) => {
  const id = await replanned(site)
  // Sunday evening in India is Monday, 03:30 in New Zealand.
  site.clock.set('2026-12-06T20:00:00+05:30')
  await happen(site, id, { type: 'fixed' })
  const withdraw = () => happen(site, id, { type: 'withdrawn', note: 'It fails again.' })
  site.clock.set('2026-12-14T03:30:00.001+13:00')
  await expect(withdraw()).rejects.toMatchObject({ fields: [{ pointer: '/type' }] })
  site.clock.set('2026-12-14T03:30:00+13:00')
  await expect(withdraw()).resolves.toBeTruthy()
})

async function replanned(site: Site): Promise<string> {
  const id = await confirmedInIndia(site, 'medium')
  site.clock.set('2026-11-30T17:00:00+05:30')
  await happen(site, id, { type: 'responded' })
  await replan(site, id)
  site.clock.set('2026-11-30T20:00:00+05:30')
  await happen(site, id, { type: 'workaround' })
  return id
}

async function confirmedInIndia(site: Site, severity: Severity): Promise<string> {
  site.clock.set('2026-11-30T12:00:00+05:30')
  return (await confirmed(site, { severity })).id
}

async function replan(site: Site, id: string): Promise<void> {
  site.clock.set('2026-11-30T18:00:00+05:30')
  await site.as('administrator', (tx) => reviseCalendar(tx, 'standard', { time_zone: 'Pacific/Auckland' }))
  await happen(site, id, { type: 'replanned', note: 'Our specialists sit in Auckland now.' })
}

/** Of response, workaround and fix. */
async function versionsOf(site: Site, id: string): Promise<number[]> {
  return (await promisesOf(site, id)).goals.map(({ calendar }) => calendar.version)
}
