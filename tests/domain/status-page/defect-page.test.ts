import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { createRelease, updateRelease } from '../../../src/domain/defects/write-release.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { updatePage } from '../../../src/domain/page.ts'
import { type NewDefectEvent, recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { getContractVersions } from '../../../src/domain/sla/terms/contracts.ts'
import { STANDARD_CALENDAR } from '../../../src/domain/sla/terms/standard-terms.ts'
import { reviseCalendar } from '../../../src/domain/sla/terms/write-calendar.ts'
import { createContract } from '../../../src/domain/sla/terms/write-contract.ts'
import type { DefectPageView } from '../../../src/domain/status-page/defect-views.ts'
import { readDefectPage } from '../../../src/domain/status-page/read-defect-page.ts'
import { listUpdatesOf } from '../../../src/domain/updates/list-updates.ts'
import { settle } from '../../../src/jobs/settle.ts'
import { instantWords } from '../../../src/lib/date-words.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

const ZONE = 'Asia/Kolkata'

describe('the story of a defect', () => {
  test('tells a severity that rose, a fix that did not hold and the one that did', async ({ site }) => {
    const { id, incidentId } = await confirmed(site, { severity: 'high' })
    site.clock.set('2026-11-12T12:38:00+05:30')
    const first = await post(site, incidentId, 'identified')
    site.clock.set('2026-11-12T13:00:00+05:30')
    const worse = { severity: 'critical', change: 'worsened', note: 'Cards fail too' } as const
    await happen(site, id, { type: 'severity_changed', ...worse })
    site.clock.set('2026-11-12T14:00:00+05:30')
    const second = await post(site, incidentId, 'monitoring')
    site.clock.set('2026-11-12T14:02:00+05:30')
    await happen(site, id, { type: 'workaround', incident_update_id: second })
    site.clock.set('2026-11-13T10:00:00+05:30')
    await happen(site, id, { type: 'fixed', release_id: await hotfix(site) })
    site.clock.set('2026-11-13T15:00:00+05:30')
    await happen(site, id, { type: 'withdrawn', note: 'One bank still fails.' })
    site.clock.set('2026-11-16T15:00:00+05:30')
    await judge(site)
    await happen(site, id, { type: 'fixed', note: 'The bank has confirmed it.' })
    await post(site, incidentId, 'resolved')

    expect(told(await page(site, id))).toEqual([
      'Monday 16 November, 15:00 IST · fixed · Fix published: missed by 2 h. (The bank has confirmed it.)',
      `Monday 16 November, 15:00 IST · incident_resolved · Incident resolved. → /incidents/${incidentId}`,
      'Monday 16 November, 13:00 IST · missed · The deadline of the permanent fix, Monday 16 November, 13:00 IST, passed without one that holds. [Monday 16 November, 15:00 IST]',
      'Friday 13 November, 15:00 IST · withdrawn · The fix of Friday 13 November, 10:00 IST did not hold; its clock goes on as if it had never stopped: One bank still fails.',
      'Friday 13 November, 10:00 IST · fixed · Fix published in “Bank hotfix”: recorded as met, withdrawn later.',
      `Thursday 12 November, 14:00 IST · workaround · Workaround available: met after 2 h. → /incidents/${incidentId}#update-${second} [Thursday 12 November, 14:02 IST]`,
      'Thursday 12 November, 13:00 IST · severity · Severity raised from high to critical because it got worse: Cards fail too.',
      `Thursday 12 November, 12:38 IST · responded · First update since the clock was started: met after 38 min. → /incidents/${incidentId}#update-${first}`,
      'Thursday 12 November, 12:00 IST · confirmed · Confirmed as high; the clocks start. In force: the terms “Standard terms”, version 1; the calendar “Monday to Friday”, version 1.',
      'Thursday 12 November, 12:00 IST · reported · Reported; no deadline is set until it is confirmed.',
      `Thursday 12 November, 11:59 IST · incident_opened · Incident opened. → /incidents/${incidentId}`,
    ])
  })

  test('tells a changed calendar and a deferral, and what they did to the promises', async ({ site }) => {
    site.clock.set('2026-11-14T10:00:00+05:30')
    const { id } = await confirmed(site, { reported_at: site.clock.now() - 1_800_000 })
    site.clock.set('2026-11-16T01:00:00+05:30')
    await happen(site, id, { type: 'workaround' })
    await site.as('administrator', (tx) =>
      reviseCalendar(tx, STANDARD_CALENDAR.id, {
        excluded_dates: ['2026-11-18'],
        valid_from: '2026-11-17',
      }),
    )
    site.clock.set('2026-11-17T01:00:00+05:30')
    await happen(site, id, { type: 'replanned', note: 'Wednesday became a holiday.' })
    await happen(site, id, { type: 'deferred', until: '2026-12-02', note: 'We told you on the phone.' })
    site.clock.set('2026-11-20T09:00:00+05:30')
    await happen(site, id, { type: 'fixed', at: site.clock.now() - 3_600_000 })

    expect(told(await page(site, id)).filter((entry) => !entry.includes('incident_opened'))).toEqual([
      'Friday 20 November, 08:00 IST · fixed · Fix published: stays deferred. [Friday 20 November, 09:00 IST]',
      'Tuesday 17 November, 01:00 IST · deferred · Deferred to Wednesday 2 December 2026, as told to the customer: We told you on the phone.',
      'Tuesday 17 November, 01:00 IST · replanned · Open deadlines are counted by the changed calendar: Wednesday became a holiday.',
      'Monday 16 November, 01:00 IST · workaround · Workaround available: response met after 1 h, workaround met after 1 h.',
      'Saturday 14 November, 10:00 IST · confirmed · Confirmed as critical; the clocks start Monday 16 November, 00:00 IST, with the next working time. In force: the terms “Standard terms”, version 1; the calendar “Monday to Friday”, version 1.',
      'Saturday 14 November, 09:30 IST · reported · Reported; no deadline is set until it is confirmed. [Saturday 14 November, 10:00 IST]',
    ])
  })

  test('tells of the confirmation what it told then, whatever calendar counts later', async ({ site }) => {
    site.clock.set('2026-11-14T20:00:00+05:30')
    const { id } = await confirmed(site, {})
    site.clock.set('2026-11-17T14:00:00+05:30')
    await site.as('administrator', (tx) =>
      reviseCalendar(tx, STANDARD_CALENDAR.id, { time_zone: 'America/Los_Angeles' }),
    )
    await happen(site, id, { type: 'replanned', note: 'Our specialists sit in Los Angeles now.' })
    expect(told(await page(site, id))).toContain(
      'Saturday 14 November, 20:00 IST · confirmed · Confirmed as critical; the clocks start Monday 16 November, 00:00 IST, with the next working time. In force: the terms “Standard terms”, version 1; the calendar “Monday to Friday”, version 1.',
    )
  })

  test('tells the release that was promised: planned anew, and out without the fix', async ({ site }) => {
    const release = await site.as('administrator', (tx) =>
      createRelease(tx, { name: '26.48', planned_at: Date.parse('2026-11-18T09:00:00+05:30') }),
    )
    const { id } = await confirmed(site, { severity: 'medium' })
    site.clock.set('2026-11-16T10:00:00+05:30')
    await site.as('administrator', (tx) =>
      updateRelease(tx, release, {
        planned_at: Date.parse('2026-11-25T09:00:00+05:30'),
        reason: 'A test is missing.',
      }),
    )
    site.clock.set('2026-11-25T09:00:00+05:30')
    await site.as('administrator', (tx) => updateRelease(tx, release, { published_at: tx.now }))
    await judge(site)
    site.clock.set('2026-11-26T09:00:00+05:30')

    expect(told(await page(site, id)).slice(0, 4)).toEqual([
      'Wednesday 25 November, 09:00 IST · released · Release 26.48 came out without the permanent fix: missed.',
      'Tuesday 17 November, 12:00 IST · missed · The deadline of the workaround, Tuesday 17 November, 12:00 IST, passed without one. [Wednesday 25 November, 09:00 IST]',
      'Monday 16 November, 10:00 IST · release_replanned · Release 26.48 is planned for Wednesday 25 November 2026 instead of Wednesday 18 November 2026: A test is missing.',
      'Thursday 12 November, 20:00 IST · missed · The deadline of the response, Thursday 12 November, 20:00 IST, passed without one. [Wednesday 25 November, 09:00 IST]',
    ])
  })

  test('keeps what was on record before something was recorded late', async ({ site }) => {
    const { id } = await confirmed(site)
    site.clock.set('2026-11-12T16:00:10+05:30')
    await judge(site)
    site.clock.set('2026-11-12T17:00:00+05:30')
    const at = Date.parse('2026-11-12T13:00:00+05:30')
    await happen(site, id, { type: 'workaround', at, note: 'Told by telephone.' })

    expect(told(await page(site, id)).slice(0, 3)).toEqual([
      'Thursday 12 November, 16:00 IST · verdict_recorded · Workaround recorded as missed. What was recorded later made it met.',
      'Thursday 12 November, 16:00 IST · verdict_recorded · Response recorded as missed. What was recorded later made it met.',
      'Thursday 12 November, 13:00 IST · workaround · Workaround available: response met after 1 h, workaround met after 1 h. (Told by telephone.) [Thursday 12 November, 17:00 IST]',
    ])
  })

  test('of a report that nobody has confirmed is the report', async ({ site }) => {
    const id = await report(site, {})
    const view = await page(site, id)
    expect(told(view)).toEqual([
      'Thursday 12 November, 12:00 IST · reported · Reported; no deadline is set until it is confirmed.',
    ])
    expect(view?.promises).toMatchObject({ status: 'reported', terms: null, goals: [] })
  })
})

describe('the page of a defect', () => {
  test('names its incidents, the defect that it follows and those that follow it', async ({ site }) => {
    const first = await confirmed(site, { key: 'CHK-1' })
    await happen(site, first.id, { type: 'fixed' })
    const secret = await report(site, { key: 'SEC-1', public: false, follows: first.id })
    await site.as('responder', (tx) => confirmDefect(tx, secret))
    await happen(site, secret, { type: 'fixed' })
    const second = await report(site, { key: 'CHK-2', follows: first.id })
    const third = await report(site, { key: 'CHK-3', follows: secret })

    expect(await page(site, first.id)).toMatchObject({
      incidents: [{ id: first.incidentId, name: 'Trouble', status: 'investigating' }],
      follows: null,
      followers: [{ id: second, key: 'CHK-2' }],
    })
    expect(await page(site, second)).toMatchObject({
      incidents: [],
      follows: { id: first.id, key: 'CHK-1' },
      followers: [],
    })
    // What it follows is not shown.
    expect((await page(site, third))?.follows).toBeNull()
  })

  test('is not there for what is private, unknown or no id at all', async ({ site }) => {
    const secret = await report(site, { public: false })
    for (const id of [secret, 'unknown', '', '../sla', 'CHK-412', '\u0000', 'x'.repeat(10_000)]) {
      expect([id.slice(0, 20), await page(site, id)]).toEqual([id.slice(0, 20), undefined])
    }
  })

  test.for(['internal', 'off'] as const)(
    'is not there while commitments are %s',
    async (commitments, { site }) => {
      const { id } = await confirmed(site)
      expect(await page(site, id)).toBeDefined()
      await site.as('administrator', (tx) => updatePage(tx, { commitments }))
      expect(await page(site, id)).toBeUndefined()
    },
  )

  test('of a customer is there for those under its contract alone, with the pauses', async ({ site }) => {
    const contractId = await site.as('administrator', (tx) =>
      createContract(tx, {
        name: 'Orchard',
        customer: 'Orchard',
        policy_id: 'standard',
        pausable_goals: ['workaround', 'fix'],
        clock_starts: 'report',
      }),
    )
    const { id, incidentId } = await confirmed(site, {
      customer: 'Orchard',
      reported_at: site.clock.now() - 600_000,
    })
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'paused', note: 'We wait for your logs.' })
    site.clock.advance({ hours: 2 })
    await happen(site, id, { type: 'resumed', at: site.clock.now() - 1_800_000 })

    expect(await page(site, id)).toBeUndefined()
    const contract = (await getContractVersions(site.ctx.read, contractId)).at(-1) ?? null
    const view = await readDefectPage(site.ctx.read, id, { ...viewpoint(site), contract })
    const [first] = await listUpdatesOf(site.ctx.read, { incidentId })
    expect(told(view).filter((entry) => !entry.includes('incident_opened'))).toEqual([
      'Thursday 12 November, 14:30 IST · resumed · Clocks of the workaround and the permanent fix go on. [Thursday 12 November, 15:00 IST]',
      'Thursday 12 November, 13:00 IST · paused · Clocks of the workaround and the permanent fix paused: We wait for your logs.',
      'Thursday 12 November, 12:00 IST · confirmed · Confirmed as critical; the clocks had started with the report. In force: the contract “Orchard”, version 1; the terms “Standard terms”, version 1; the calendar “Monday to Friday”, version 1.',
      `Thursday 12 November, 11:59 IST · responded · First update since the clock was started: met after 9 min. → /incidents/${incidentId}#update-${first?.id}`,
      'Thursday 12 November, 11:50 IST · reported · Reported; the clocks start with it. [Thursday 12 November, 12:00 IST]',
    ])
  })
})

type Report = Partial<Parameters<typeof reportDefect>[1]>

function report(site: Site, more: Report): Promise<string> {
  return site.as('responder', (tx) =>
    reportDefect(tx, { key: 'CHK-412', title: 'Payments are lost', severity: 'critical', ...more }),
  )
}

/** A confirmed defect, linked to an incident that was opened a minute before. */
async function confirmed(site: Site, more: Report = {}): Promise<{ id: string; incidentId: string }> {
  site.clock.advance({ minutes: -1 })
  const incidentId = await site.as('responder', (tx) =>
    openIncident(tx, { name: 'Trouble', body: 'We are looking.' }),
  )
  site.clock.advance({ minutes: 1 })
  const id = await report(site, more)
  await site.as('responder', async (tx) => {
    await confirmDefect(tx, id)
    await linkDefect(tx, incidentId, id)
  })
  return { id, incidentId }
}

function happen(site: Site, id: string, event: NewDefectEvent): Promise<string> {
  return site.as('responder', (tx) => recordDefectEvent(tx, id, event))
}

function post(
  site: Site,
  incidentId: string,
  status: 'identified' | 'monitoring' | 'resolved',
): Promise<string> {
  return site.as('responder', (tx) => postIncidentUpdate(tx, incidentId, { status, body: 'What we know.' }))
}

function hotfix(site: Site): Promise<string> {
  return site.as('administrator', (tx) =>
    createRelease(tx, { name: 'Bank hotfix', kind: 'hotfix', published_at: tx.now }),
  )
}

async function judge(site: Site): Promise<void> {
  while (await settle.runOne(site.ctx));
}

function viewpoint(site: Site) {
  return { url: site.ctx.config.url, now: site.clock.now() }
}

function page(site: Site, id: string): Promise<DefectPageView | undefined> {
  return readDefectPage(site.ctx.read, id, viewpoint(site))
}

/** Each entry on one line: when, its kind, its words, (its note) → where it leads [when it was recorded]. */
function told(view: DefectPageView | undefined): string[] {
  return (view?.story ?? []).map(({ at, kind, words, note, link, recordedAt }) =>
    [
      `${instantWords(at, ZONE)} · ${kind} · ${words}`,
      ...(note === null ? [] : [`(${note})`]),
      ...(link === null ? [] : [`→ ${link.path}`]),
      ...(recordedAt === null ? [] : [`[${instantWords(recordedAt, ZONE)}]`]),
    ].join(' '),
  )
}
