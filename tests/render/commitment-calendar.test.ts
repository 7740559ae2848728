import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import type { GoalPromise } from '../../src/domain/sla/promises.ts'
import type { GoalRevision } from '../../src/domain/sla/record/goal-revisions.ts'
import type { CommitmentView } from '../../src/domain/status-page/feed-views.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { commitmentCalendar } from '../../src/render/commitment-calendar.ts'
import { defect, FRIDAY_EVENING, page, promise } from './sample-views.ts'

/** The end of that Friday, by which four hours are promised. */
const END_OF_FRIDAY = FRIDAY_EVENING + 4 * HOUR_MS

function commitment(goal: GoalPromise, parts: Partial<CommitmentView> = {}): CommitmentView {
  return {
    promises: defect([goal]),
    goal,
    revision: revision(),
    incidentIds: ['incident0001'],
    ...parts,
  }
}

function revision(changes: Partial<GoalRevision> = {}): GoalRevision {
  return {
    number: 2,
    deadlineAt: END_OF_FRIDAY,
    changedAt: FRIDAY_EVENING + 30 * MINUTE_MS,
    ...changes,
  }
}

const textOf = (...commitments: CommitmentView[]) => commitmentCalendar({ page, commitments })

function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)) }
}

/** One event as its lines, and what a reader sees of it. */
function eventOf(goal: GoalPromise, parts: Partial<CommitmentView> = {}) {
  const text = textOf(commitment(goal, parts))
  const [event] = parse(text).events
  if (!event) throw new Error('There is no event.')
  const status = event.component.getFirstPropertyValue('status')
  return { text, event, summary: event.summary, status, end: event.endDate.toString() }
}

describe('the calendar of promises', () => {
  test('holds a deadline as the half hour that ends there, in UTC, with the stamps of its record', () => {
    const { text, event } = eventOf(promise('workaround', { hours: 4 }))
    expect(event).toMatchObject({
      uid: 'commitment-defect000001-workaround@status.nimbus.example',
      summary: 'Workaround due: CHK-412 Card payments time out',
      description: [
        'Workaround promised by end of Friday 13 November (24:00 IST).',
        'https://status.nimbus.example/defects/defect000001',
        'https://status.nimbus.example/incidents/incident0001',
      ].join('\n'),
      sequence: 2,
    })
    for (const line of [
      // The deadline is the end of Friday in India: whoever lives there sees it on Friday.
      'DTSTART:20261113T180000Z',
      'DTEND:20261113T183000Z',
      'DTSTAMP:20261113T150000Z',
      'LAST-MODIFIED:20261113T150000Z',
      'CREATED:20261113T143000Z',
      'STATUS:CONFIRMED',
      'TRANSP:TRANSPARENT',
      'URL;VALUE=URI:https://status.nimbus.example/defects/defect000001',
    ]) {
      expect(text).toContain(`\r\n${line}\r\n`)
    }
  })

  test('has a name and an address of its own', () => {
    const { calendar } = parse(textOf())
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Nimbus promises')
    expect(calendar.getFirstPropertyValue('source')).toBe('https://status.nimbus.example/commitments.ics')
    expect(calendar.getAllSubcomponents('vevent')).toEqual([])
  })

  test('has one event per goal, whose identity is that of the defect and the goal', () => {
    const goals = [promise('response', { hours: 4 }), promise('fix', { hours: 48 })]
    expect(parse(textOf(...goals.map((goal) => commitment(goal)))).events.map(({ uid }) => uid)).toEqual([
      'commitment-defect000001-response@status.nimbus.example',
      'commitment-defect000001-fix@status.nimbus.example',
    ])
  })

  test('keeps what was met or deferred as cancelled, so that calendars take it out', () => {
    const met = promise('fix', { hours: 4 }, { completedAt: FRIDAY_EVENING + 38 * MINUTE_MS })
    expect(eventOf(met)).toMatchObject({
      status: 'CANCELLED',
      summary: 'Permanent fix met: CHK-412 Card payments time out',
      event: { description: expect.stringMatching(/^Permanent fix promised by .*: met after 38 min\.\n/) },
    })
    const deferral = { deferredAt: FRIDAY_EVENING + 38 * MINUTE_MS, untilOn: '2026-12-02' }
    expect(eventOf(promise('fix', { hours: 4 }, deferral))).toMatchObject({
      status: 'CANCELLED',
      summary: 'Permanent fix deferred: CHK-412 Card payments time out',
      event: { description: expect.stringContaining('deferred to Wednesday 2 December 2026.') },
    })
  })

  test('leaves what was missed where it was due, and says so', () => {
    const now = END_OF_FRIDAY + HOUR_MS
    expect(eventOf(promise('fix', { hours: 4 }, { now }))).toMatchObject({
      status: 'CONFIRMED',
      summary: 'Missed: permanent fix, CHK-412 Card payments time out',
      end: '2026-11-13T18:30:00Z',
    })
  })

  test('cancels what has lost its deadline at the last one that was known', () => {
    const paused = promise('fix', { hours: 4 })
    const since = FRIDAY_EVENING + HOUR_MS
    const goal = { ...paused, state: { ...paused.state, deadlineAt: null, pausedSince: since } }
    expect(eventOf(goal)).toMatchObject({
      status: 'CANCELLED',
      summary: 'Permanent fix paused: CHK-412 Card payments time out',
      end: '2026-11-13T18:30:00Z',
    })
    // Its severity was lowered: the fix waits for a release now, and then for nothing at all.
    const expected = {
      status: 'CANCELLED',
      summary: 'Permanent fix without a deadline: CHK-412 Card payments time out',
      end: '2026-11-13T18:30:00Z',
    }
    expect(eventOf(promise('fix', { release: 'next' }))).toMatchObject(expected)
    expect(eventOf(promise('fix', null))).toMatchObject(expected)
  })

  test('places a release that came without the fix where it came', () => {
    const goal = promise('fix', { release: 'next' })
    const releasedAt = Date.parse('2026-11-18T05:30:00+05:30')
    const missed = { ...goal.state, verdict: 'missed' as const, verdictAt: releasedAt }
    expect(eventOf({ ...goal, state: missed })).toMatchObject({
      status: 'CONFIRMED',
      summary: 'Missed: permanent fix, CHK-412 Card payments time out',
      end: '2026-11-18T00:00:00Z',
    })
  })

  test('names every incident, and none where there is none', () => {
    const goal = promise('fix', { hours: 4 })
    const linesOf = (incidentIds: string[]) => eventOf(goal, { incidentIds }).event.description.split('\n')
    expect(linesOf(['incident0001', 'incident0002']).slice(2)).toEqual([
      'https://status.nimbus.example/incidents/incident0001',
      'https://status.nimbus.example/incidents/incident0002',
    ])
    expect(linesOf([])).toHaveLength(2)
  })

  test('folds lines at 75 octets, ends them with CRLF, loses nothing and cannot be broken out of', () => {
    const title = `${'Überprüfung; \\ 数据库\r\nEND:VCALENDAR\n, '.repeat(4)}\u0007\u{1F680}`
    const goal = promise('fix', { hours: 4 })
    const { defect: named, ...others } = defect([goal])
    const { text, event } = eventOf(goal, { promises: { ...others, defect: { ...named, title } } })
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(event.summary).toBe(
      `Permanent fix due: CHK-412 ${title.replace('\u0007', '').replaceAll('\r\n', '\n')}`,
    )
  })

  test('says nothing that depends on when it is read', () => {
    const at = (now: number) => textOf(commitment(promise('fix', { hours: 48 }, { now })))
    const texts = [1, 20, 60].map((hours) => at(FRIDAY_EVENING + hours * HOUR_MS))
    expect(new Set(texts).size).toBe(1)
  })
})
