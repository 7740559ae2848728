import { afterAll, beforeAll, inject } from 'vitest'
import { type AppContext, openContext } from '../../src/context.ts'
import { type Cast, idOf } from '../../src/demo/act.ts'
import { DEMO_CALENDAR } from '../../src/demo/almanac.ts'
import { buildDemo } from '../../src/demo/build-demo.ts'
import { CUSTOMER } from '../../src/demo/terms.ts'
import { OPEN_INCIDENT, openCriticalDefect } from '../../src/demo/today.ts'
import { privateAddress } from '../../src/demo/welcome.ts'
import { listComponents } from '../../src/domain/components/components.ts'
import { readComponentStatuses } from '../../src/domain/components/impacts.ts'
import { getDefect, listDefects } from '../../src/domain/defects/defects.ts'
import { listReleases } from '../../src/domain/defects/releases.ts'
import { readQueueAges } from '../../src/domain/due-work.ts'
import { listIncidents, listOpenIncidents } from '../../src/domain/incidents/list-incidents.ts'
import { variablesIn } from '../../src/domain/incidents/template-variables.ts'
import { listIncidentTemplates } from '../../src/domain/incidents/templates.ts'
import { listMaintenances } from '../../src/domain/maintenance/list-maintenances.ts'
import type { Verdict } from '../../src/domain/sla/engine/goal-state.ts'
import { atRiskAt, windowEndsAt } from '../../src/domain/sla/engine/window.ts'
import type { DefectChange } from '../../src/domain/sla/promises.ts'
import { readPromises } from '../../src/domain/sla/read-promises.ts'
import { listVerdicts } from '../../src/domain/sla/record/verdicts.ts'
import { findContractBySecret } from '../../src/domain/sla/terms/contract-links.ts'
import type { Contract } from '../../src/domain/sla/terms/contracts.ts'
import { listShownDefects, readAudience } from '../../src/domain/status-page/audience.ts'
import { readHistory } from '../../src/domain/status-page/read-history.ts'
import { readHome } from '../../src/domain/status-page/read-home.ts'
import { readSla } from '../../src/domain/status-page/read-sla.ts'
import { readSupportHours } from '../../src/domain/status-page/read-support-hours.ts'
import { listUpdates } from '../../src/domain/updates/list-updates.ts'
import { isPostedLater } from '../../src/domain/updates/status-update.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { copyTemplate } from '../support/databases.ts'
import { describe, expect, test } from '../support/site.ts'
import { testConfig } from '../support/test-config.ts'

const BUILD_LIMIT_MS = 60_000

// `npm run demo` has a file of SQLite. That its story can be told on PostgreSQL as well, one day of it shows.
const isOnSqlite = inject('engine') === 'sqlite'

const MOMENTS = [
  ['on a Tuesday at noon', '2026-11-10T12:00:00+05:30'],
  ['on a Saturday night', '2026-11-14T22:30:00+05:30'],
  ['on a Sunday, a second before midnight', '2026-11-15T23:59:59+05:30'],
  ['on a Monday, ten minutes after midnight', '2026-11-16T00:10:00+05:30'],
  ['on the last evening of the year', '2026-12-31T18:00:00+05:30'],
  ['on a leap day', '2028-02-29T09:07:31+05:30'],
] as const

describe.each(isOnSqlite ? MOMENTS : MOMENTS.slice(0, 1))('the demo, started %s,', (_, iso) => {
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
    ['whose fix was withdrawn and came again', 'ACC-115', ['met', 'met', 'met']],
    ['that was kept although things got worse', 'MER-237', ['met', 'met', 'met']],
    ['of what had been fixed before', 'PAY-407', ['met', 'met', 'met']],
    ['that waits for a release since it turned out milder', 'MER-251', ['met', 'met', 'open']],
    ['under a contract, kept', 'MER-241', ['met', 'met', 'met']],
    ['under a contract, whose clock is paused', 'MER-248', ['met', 'met', 'open']],
    ['of a plan', 'DEV-384', ['met', 'met', 'open']],
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

  test.each<[key: string, change: Partial<DefectChange>]>([
    ['ACC-115', { kind: 'withdrawn', what: 'fixed' }],
    ['MER-237', { kind: 'severity', before: 'medium', after: 'high', change: 'worsened' }],
    ['MER-251', { kind: 'severity', before: 'high', after: 'medium', change: 'lowered' }],
    ['MER-249', { kind: 'release_replanned' }],
    ['MER-241', { kind: 'resumed', goals: ['workaround', 'fix'] }],
    ['MER-248', { kind: 'paused', goals: ['fix'] }],
  ])('says of %s what moved its clocks, and why', async (key, change) => {
    const { changes } = await promisesOf(demo, now, key)
    expect(changes).toContainEqual(
      expect.objectContaining({ ...change, reason: expect.stringMatching(/\w+ \w+/) }),
    )
  })

  test('moved deadlines: earlier when it got worse, later by a pause, and to none while one lasts', async () => {
    const deadline = async (key: string, goal: number) =>
      (await goalsOf(demo, now, key))[goal]?.state.deadlineAt
    const { startAt, goals } = await promisesOf(demo, now, 'MER-237')
    expect(await deadline('MER-237', 1)).toBeLessThan(windowEndsAt(DEMO_CALENDAR, startAt ?? 0, { bdays: 3 }))
    expect(goals[2]?.state.deadlineAt).not.toBeNull()
    expect((await goalsOf(demo, now, 'MER-241'))[2]?.state.pauses).toHaveLength(1)
    expect(await deadline('MER-248', 2)).toBeNull()
    expect((await goalsOf(demo, now, 'MER-248'))[2]?.state.pausedSince).toBeLessThan(now)
  })

  test('follows a defect that had been fixed, with one of its own', async () => {
    const { defect } = await promisesOf(demo, now, 'PAY-407')
    expect(defect.followsId).toBe(idOf(demo.cast, 'defect/PAY-371'))
  })

  test('counts each clock by the terms of its day', async () => {
    const termsOf = async (key: string) => {
      const { terms } = await promisesOf(demo, now, key)
      return `${terms?.policy.name} ${terms?.policy.version}, calendar ${terms?.calendar.version}`
    }
    // Of the first months, when six hours were promised for a response; and of today.
    expect(await termsOf('PAY-212')).toBe('Standard terms 2, calendar 1')
    expect((await goalsOf(demo, now, 'PAY-212'))[0]?.term).toEqual({ hours: 6 })
    expect(await termsOf('PAY-412')).toBe('Standard terms 3, calendar 2')
    expect((await goalsOf(demo, now, 'PAY-412'))[0]?.term).toEqual({ hours: 4 })
    expect(await termsOf('MER-241')).toBe('Gold terms 1, calendar 2')
    expect(await termsOf('DEV-384')).toBe('Plus terms 1, calendar 2')
  })

  test('leaves a public holiday out, and stops no clock of today by one', async () => {
    const fix = (await goalsOf(demo, now, 'ACC-115'))[2]
    expect(fix?.state.excluded.map(({ why }) => why).sort()).toEqual(['holiday', 'weekend'])
    const today = (await promisesOf(demo, now, 'PAY-412')).goals.flatMap(({ state }) => state.excluded)
    expect(today.filter(({ why }) => why === 'holiday')).toEqual([])
  })

  test('opens its contract to whoever has the private address, and to nobody else', async () => {
    const { ctx, cast } = demo
    const secret = privateAddress('', cast).trim().split('/private/')[1] ?? ''
    const contract = await findContractBySecret(ctx.read, secret)
    expect(contract?.subject).toEqual({ kind: 'customer', name: CUSTOMER })
    const shown = async (viewpoint: { contract?: Contract }) => {
      const audience = await readAudience(ctx.read, { url: ctx.config.url, now, ...viewpoint })
      return (await listShownDefects(ctx.read, audience)).map(({ key }) => key)
    }
    expect(await shown(contract ? { contract } : {})).toEqual(expect.arrayContaining(['MER-241', 'MER-248']))
    expect(await shown({})).not.toEqual(expect.arrayContaining(['MER-241']))
  })

  test('has maintenance running, ahead, past and cancelled, and nothing that is due', async () => {
    const byStatus = Map.groupBy(await listMaintenances(demo.ctx.read), ({ status }) => status)
    expect(byStatus.get('in_progress')).toHaveLength(1)
    expect(byStatus.get('scheduled')).toHaveLength(1)
    expect(byStatus.get('cancelled')).toHaveLength(1)
    expect(byStatus.get('completed')?.length).toBeGreaterThan(5)
    expect(byStatus.get('scheduled')?.[0]?.scheduledFor).toBeGreaterThan(now + DAY_MS)
    expect(await readQueueAges(demo.ctx.read, now)).toEqual({ 'maintenance-steps': 0, settle: 0 })
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

  test('has templates with something left to be said', async () => {
    const templates = await listIncidentTemplates(demo.ctx.read)
    expect(templates.map(({ name, body }) => variablesIn(name, body))).toEqual([
      ['whom', 'time'],
      ['bank', 'time'],
    ])
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

  test('never shows a private defect, nor anything of a contract', async () => {
    const hidden = (await listDefects(demo.ctx.read)).filter((defect) => !defect.public)
    expect(hidden.map(({ key }) => key).sort()).toEqual(['DEV-384', 'MER-241', 'MER-248', 'SEC-31'])
    const pages = await pagesOf(demo.ctx, now)
    for (const { key, title } of hidden) for (const told of [key, title]) expect(pages).not.toContain(told)
    expect(pages).not.toMatch(/Harbour Outfitters|Gold|Plus plan/)
  })

  test('has recorded every verdict as it is computed', async () => {
    const { ctx } = demo
    const defects = await listDefects(ctx.read)
    const recorded = await listVerdicts(
      ctx.read,
      defects.map(({ id }) => id),
    )
    // The last one of each goal: a fix was withdrawn, and what it had brought was withdrawn with it.
    const last = new Map(recorded.map((it) => [`${it.defectId} ${it.goal}`, it.verdict]))
    expect(recorded.filter(({ verdict }) => verdict === 'withdrawn')).toHaveLength(2)
    const computed = [...(await readPromises(ctx.read, defects, now)).values()].flatMap(({ defect, goals }) =>
      goals
        .filter(({ state }) => ['met', 'missed', 'deferred'].includes(state.verdict))
        .map(({ goal, state }): [string, string] => [`${defect.id} ${goal}`, state.verdict]),
    )
    expect([...last].sort()).toEqual(computed.sort())
  })
})

if (isOnSqlite) {
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
}

async function builtDemo(now: number) {
  const { url, remove } = await copyTemplate()
  const cast = await buildDemo(testConfig(url), { now })
  return { cast, remove, ctx: openContext(testConfig(url), { now: () => now }) }
}

async function goalsOf(demo: { ctx: AppContext; cast: Cast }, now: number, key: string) {
  return (await promisesOf(demo, now, key)).goals
}

async function promisesOf({ ctx, cast }: { ctx: AppContext; cast: Cast }, now: number, key: string) {
  const defect = await getDefect(ctx.read, idOf(cast, `defect/${key}`))
  const promises = (await readPromises(ctx.read, [defect], now)).get(defect.id)
  if (!promises) throw new Error(`${key} has no promises.`)
  return promises
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
