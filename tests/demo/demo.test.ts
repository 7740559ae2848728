import { afterAll, beforeAll } from 'vitest'
import { type AppContext, openContext } from '../../src/context.ts'
import { type Cast, idOf } from '../../src/demo/act.ts'
import { DEMO_CALENDAR } from '../../src/demo/almanac.ts'
import { buildDemo } from '../../src/demo/build-demo.ts'
import { OPEN_INCIDENT, openCriticalDefect } from '../../src/demo/today.ts'
import { listComponents } from '../../src/domain/components/components.ts'
import { readComponentStatuses } from '../../src/domain/components/impacts.ts'
import { listDefects } from '../../src/domain/defects/defects.ts'
import { listReleases } from '../../src/domain/defects/releases.ts'
import { listIncidents, listOpenIncidents } from '../../src/domain/incidents/list-incidents.ts'
import { findDueStep } from '../../src/domain/maintenance/due-maintenance.ts'
import { listMaintenances } from '../../src/domain/maintenance/list-maintenances.ts'
import type { Verdict } from '../../src/domain/sla/goal-state.ts'
import { readPromises } from '../../src/domain/sla/read-promises.ts'
import { listVerdicts } from '../../src/domain/sla/verdicts.ts'
import { atRiskAt, windowEndsAt } from '../../src/domain/sla/window.ts'
import { readHistory } from '../../src/domain/status-page/read-history.ts'
import { readHome } from '../../src/domain/status-page/read-home.ts'
import { readSla } from '../../src/domain/status-page/read-sla.ts'
import { readSupportHours } from '../../src/domain/status-page/read-support-hours.ts'
import { listUpdates } from '../../src/domain/updates/list-updates.ts'
import { isPostedLater } from '../../src/domain/updates/status-update.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { copyTemplate, describe, expect, test } from '../support/site.ts'
import { testConfig } from '../support/test-config.ts'

const BUILD_LIMIT_MS = 60_000

describe.each([
  ['on a Tuesday at noon', '2026-11-10T12:00:00+05:30'],
  ['on a Saturday night', '2026-11-14T22:30:00+05:30'],
  ['on a Sunday, a second before midnight', '2026-11-15T23:59:59+05:30'],
  ['on a Monday, ten minutes after midnight', '2026-11-16T00:10:00+05:30'],
  ['on the last evening of the year', '2026-12-31T18:00:00+05:30'],
  ['on a leap day', '2028-02-29T09:07:31+05:30'],
])('the demo, started %s,', (_, iso) => {
  const now = Date.parse(iso)
  let demo: { ctx: AppContext; cast: Cast; remove(): Promise<void> }
  beforeAll(async () => {
    demo = await builtDemo(now)
  }, BUILD_LIMIT_MS)
  afterAll(async () => {
    await demo.ctx.close()
    await demo.remove()
  })

  test('has one open incident, which takes one component out and another in part', async () => {
    const { ctx, cast } = demo
    expect((await listOpenIncidents(ctx.read)).map(({ id }) => id)).toEqual([
      idOf(cast, `incident/${OPEN_INCIDENT}`),
    ])
    const statuses = await readComponentStatuses(ctx.read, now)
    expect(statuses.get(idOf(cast, 'component/cards'))).toBe('major_outage')
    expect(statuses.get(idOf(cast, 'component/checkout'))).toBe('partial_outage')
  })

  test('has a workaround at risk, and its response met by an update', async () => {
    const goals = await goalsOf(demo, now, 'PAY-412')
    expect(goals.map(({ state }) => state.verdict)).toEqual(['met', 'at_risk', 'open'])
    expect(goals[0]?.evidence?.update?.incidentId).toBe(idOf(demo.cast, `incident/${OPEN_INCIDENT}`))
    // Most of an hour is left to look at it.
    expect(goals[1]?.state.remainingBusinessMs).toBeGreaterThan(0.8 * HOUR_MS)
  })

  test.each<[what: string, key: string, verdicts: Verdict[]]>([
    ['kept altogether', 'PAY-398', ['met', 'met', 'met']],
    ['whose fix was late', 'MER-231', ['met', 'met', 'missed']],
    ['whose workaround was late on a Saturday', 'PAY-371', ['met', 'missed', 'met']],
    ['whose response was late', 'ACC-121', ['missed', 'no_promise', 'no_promise']],
    ['deferred', 'MER-244', ['met', 'met', 'deferred']],
    ['that waits for the next release', 'MER-249', ['met', 'met', 'open']],
    ['as seen fit', 'MER-250', ['met', 'no_promise', 'no_promise']],
    ['whose incident is over', 'MER-252', ['met', 'met', 'open']],
    ['that nobody has confirmed', 'DEV-390', []],
  ])('has a promise %s', async (_what, key, verdicts) => {
    expect((await goalsOf(demo, now, key)).map(({ state }) => state.verdict)).toEqual(verdicts)
  })

  test('says late what came when the working clock had stopped', async () => {
    const [, workaround] = await goalsOf(demo, now, 'PAY-371')
    expect(workaround?.state).toMatchObject({ lateWallMs: 9 * HOUR_MS, lateBusinessMs: 0 })
  })

  test('defers to a day ahead, with the message', async () => {
    const fix = (await goalsOf(demo, now, 'MER-244'))[2]
    expect(Date.parse(fix?.deferral?.untilOn ?? '')).toBeGreaterThan(now)
    expect(fix?.deferral?.note).toMatch(/library/)
  })

  test('plans the next release and calls nothing its deadline', async () => {
    const fix = (await goalsOf(demo, now, 'MER-249'))[2]
    expect(fix?.state.plannedAt).toBeGreaterThan(now)
    expect(fix?.state.deadlineAt).toBeNull()
    expect(
      (await listReleases(demo.ctx.read)).filter((release) => release.publishedAt === null),
    ).toHaveLength(1)
  })

  test('has maintenance running, ahead, past and cancelled, and nothing that is due', async () => {
    const byStatus = Map.groupBy(await listMaintenances(demo.ctx.read), ({ status }) => status)
    expect(byStatus.get('in_progress')).toHaveLength(1)
    expect(byStatus.get('scheduled')).toHaveLength(1)
    expect(byStatus.get('cancelled')).toHaveLength(1)
    expect(byStatus.get('completed')?.length).toBeGreaterThan(5)
    expect(byStatus.get('scheduled')?.[0]?.scheduledFor).toBeGreaterThan(now + DAY_MS)
    expect(await findDueStep(demo.ctx.read, now)).toBeUndefined()
  })

  test('has a year of incidents with whatever a timeline can show', async () => {
    const incidents = await listIncidents(demo.ctx.read, {})
    expect(incidents.length).toBeGreaterThanOrEqual(60)
    expect(incidents.length).toBeLessThanOrEqual(80)
    expect(incidents.at(-1)?.startedAt).toBeLessThan(now - 330 * DAY_MS)
    expect(incidents.filter(({ postmortem }) => postmortem !== null)).toHaveLength(3)
    expect(incidents.filter(({ backfilled }) => backfilled)).toHaveLength(1)
    expect(incidents.some(({ name }) => name.length > 140)).toBe(true)
    const updates = [
      ...(await listUpdates(demo.ctx.read, { incidentIds: incidents.map(({ id }) => id) })).values(),
    ]
    expect(updates.flat().filter(({ editedAt }) => editedAt !== null)).toHaveLength(2)
    expect(updates.flat().filter(isPostedLater).length).toBeGreaterThanOrEqual(2)
    expect(updates.some((of) => of.length === 1 && of[0]?.status === 'resolved')).toBe(true)
    expect(updates.some((of) => of.length > 5)).toBe(true)
  })

  test('has components of every kind', async () => {
    const components = await listComponents(demo.ctx.read, { archived: true })
    expect(
      components.filter(({ groupId, archivedAt }) => groupId === null && archivedAt === null),
    ).toHaveLength(1)
    expect(components.filter(({ onlyShowIfDegraded }) => onlyShowIfDegraded)).toHaveLength(1)
    expect(components.filter(({ archivedAt }) => archivedAt !== null)).toHaveLength(1)
    expect(components.filter(({ createdAt }) => createdAt > now - 36 * DAY_MS)).toHaveLength(1)
  })

  test('has chat and telephone for two plans, one of them always open', async () => {
    const support = await readSupportHours(demo.ctx.read, now)
    expect(support.map(({ channel, forWhom }) => `${channel} for ${forWhom}`)).toEqual([
      'chat for Business plan',
      'chat for Starter plan',
      'phone for Business plan',
      'phone for Payments, Business plan',
    ])
    expect(support.filter(({ until }) => until === null)).toHaveLength(1)
  })

  test('never shows the private defect', async () => {
    expect((await listDefects(demo.ctx.read)).map(({ key }) => key)).toContain('SEC-31')
    expect(await pagesOf(demo.ctx, now)).not.toMatch(/SEC-31|Remembered browsers/)
  })

  test('has recorded every verdict as it is computed', async () => {
    const { ctx } = demo
    const defects = await listDefects(ctx.read)
    const recorded = await listVerdicts(
      ctx.read,
      defects.map(({ id }) => id),
    )
    const computed = [...(await readPromises(ctx.read, defects, now)).values()].flatMap(({ defect, goals }) =>
      goals
        .filter(({ state }) => ['met', 'missed', 'deferred'].includes(state.verdict))
        .map(({ goal, state }) => `${defect.id} ${goal} ${state.verdict}`),
    )
    expect(recorded.map((it) => `${it.defectId} ${it.goal} ${it.verdict}`).sort()).toEqual(computed.sort())
  })
})

test('the demo, built twice at the same moment, is the same apart from ids', {
  timeout: BUILD_LIMIT_MS,
}, async () => {
  const now = Date.parse('2026-11-12T16:45:12+05:30')
  const pages: string[] = []
  for (let build = 0; build < 2; build += 1) {
    const { ctx, remove } = await builtDemo(now)
    pages.push(withoutIds(await pagesOf(ctx, now)))
    await ctx.close()
    await remove()
  }
  expect(pages[1]).toBe(pages[0])
})

test('the demo has a workaround at risk at every hour of every week', () => {
  const first = Date.parse('2026-11-09T00:00:00+05:30')
  for (let hour = 0; hour < 14 * 24; hour += 1) {
    const now = first + hour * HOUR_MS + 17 * MINUTE_MS
    const confirmedAt = openCriticalDefect(now).confirmedAt ?? Number.NaN
    expect(atRiskAt(DEMO_CALENDAR, confirmedAt, { hours: 4 })).toBeLessThanOrEqual(now)
    expect(windowEndsAt(DEMO_CALENDAR, confirmedAt, { hours: 4 })).toBeGreaterThan(now)
  }
})

async function builtDemo(now: number) {
  const { url, remove } = await copyTemplate()
  const cast = await buildDemo(testConfig(url), { now })
  return { cast, remove, ctx: openContext(testConfig(url), { now: () => now }) }
}

async function goalsOf({ ctx, cast }: { ctx: AppContext; cast: Cast }, now: number, key: string) {
  const id = idOf(cast, `defect/${key}`)
  const defects = (await listDefects(ctx.read)).filter((defect) => defect.id === id)
  return (await readPromises(ctx.read, defects, now)).get(id)?.goals ?? []
}

/** Everything that the public can read of a year, as text. */
async function pagesOf(ctx: AppContext, now: number): Promise<string> {
  const viewpoint = { url: ctx.config.url, now }
  const history = await Promise.all(
    [1, 2, 3, 4, 5].map((number) => readHistory(ctx.read, { number, componentId: null }, viewpoint)),
  )
  const pages = [
    await readHome(ctx.read, viewpoint),
    await readSla(ctx.read, viewpoint),
    await readSupportHours(ctx.read, now),
    ...history,
  ]
  return JSON.stringify(pages, null, 1)
}

/** Ids are random; each becomes the number of its first appearance. */
function withoutIds(text: string): string {
  const seen = new Map<string, number>()
  return text.replaceAll(/"([0-9a-z]{12})"/g, (_, id: string) => {
    if (!seen.has(id)) seen.set(id, seen.size)
    return `"#${seen.get(id)}"`
  })
}
