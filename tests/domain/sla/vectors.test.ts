import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { businessMsBetween, clockStartAt } from '../../../src/domain/sla/engine/business-time.ts'
import { assertCalendar, type Calendar, type DayWindow } from '../../../src/domain/sla/engine/calendar.ts'
import { limitsHistory } from '../../../src/domain/sla/engine/goal-limits.ts'
import { type GoalState, goalState } from '../../../src/domain/sla/engine/goal-state.ts'
import type { TermStep } from '../../../src/domain/sla/engine/term-steps.ts'
import { atRiskAt, type Window, windowEndsAt } from '../../../src/domain/sla/engine/window.ts'
import { attainmentPercent } from '../../../src/domain/sla/record/attainment.ts'
import { clockStartDay, heldOf, versionInForce } from '../../../src/domain/sla/terms/validity.ts'
import { DomainError } from '../../../src/errors.ts'
import { SECOND_MS } from '../../../src/lib/instant.ts'
import { oneTerm } from '../../support/one-term.ts'

// A fresh clone has no worked cases beside it; the tables of the other files stand on their own.
const file = path.resolve(import.meta.dirname, '../../../../shared/data/sla-vectors.json')
const present = existsSync(file)
if (!present) console.info('Skipped the worked SLA cases: ../shared/data/sla-vectors.json is not there.')
const vectors: Vectors = present
  ? JSON.parse(readFileSync(file, 'utf8'))
  : {
      deadlines: [],
      elapsed: [],
      verdicts: [],
      pauses: [],
      severity: [],
      nextRelease: { releases: [], cases: [] },
      policySelection: [],
      attainment: [],
    }

describe.skipIf(!present)('the worked cases', () => {
  test.for(vectors.deadlines)('$id: $note', (vector) => {
    const calendar = calendarOf(vector.calendar)
    const start = Date.parse(vector.start)
    const deadline = windowEndsAt(calendar, start, vector.term)
    expect({
      clockStart: clockStartAt(calendar, start),
      deadline,
      elapsedBusinessSeconds: businessMsBetween(calendar, start, deadline) / SECOND_MS,
      atRisk75: atRiskAt(calendar, start, vector.term),
    }).toEqual({
      clockStart: Date.parse(vector.clockStart),
      deadline: Date.parse(vector.deadline),
      elapsedBusinessSeconds: vector.elapsedBusinessSeconds,
      atRisk75: Date.parse(vector.atRisk75),
    })
  })

  test.for(vectors.elapsed)('$id: $note', ({ calendar, from, to, seconds }) => {
    expect(businessMsBetween(calendarOf(calendar), Date.parse(from), Date.parse(to))).toBe(
      seconds * SECOND_MS,
    )
  })

  test.for(vectors.pauses)('$id: $note', (vector) => {
    const pauses = vector.pauses.map(([from, to]) => ({ from: Date.parse(from), to: Date.parse(to) }))
    const calendar = calendarOf(vector.calendar)
    const start = Date.parse(vector.start)
    expect(windowEndsAt(calendar, start, vector.term)).toBe(Date.parse(vector.deadlineWithoutPauses))
    expect(windowEndsAt(calendar, start, vector.term, pauses)).toBe(Date.parse(vector.deadline))
  })

  test.for(vectors.verdicts)('$id: $note', (vector) => {
    const completedAt = Date.parse(vector.completedAt)
    const judge = () => stateOf({ ...vector, promise: vector.term, completedAt, now: completedAt })
    if (vector.verdict === 'invalid') return expect(judge).toThrow(DomainError)
    const state = judge()
    expect({
      verdict: state.verdict,
      deadline: state.deadlineAt,
      usedBusinessSeconds: state.usedBusinessMs / SECOND_MS,
      lateWallSeconds: state.lateWallMs / SECOND_MS,
      lateBusinessSeconds: state.lateBusinessMs / SECOND_MS,
    }).toEqual({
      verdict: vector.verdict,
      deadline: Date.parse(vector.deadline),
      usedBusinessSeconds: vector.usedBusinessSeconds,
      lateWallSeconds: vector.lateWallSeconds,
      lateBusinessSeconds: vector.lateBusinessSeconds,
    })
  })

  test.for(vectors.severity)('$id: $note', (vector) => {
    const calendar = calendarOf(vector.calendar)
    const steps = vector.changes.map(([at, severity, kind]): TermStep => {
      const term = vector.terms[severity]
      // What the case leaves out is promised in the next release.
      return { at: Date.parse(at), kind, term: term === undefined ? { release: 'next' } : term, calendar }
    })
    const startAt = Date.parse(vector.start)
    const now = Number.MAX_SAFE_INTEGER
    const history = limitsHistory({
      startAt,
      steps,
      completedAt: null,
      deferredAt: null,
      pauses: [],
      releases: [],
      now,
    })
    const deadlines = history.map((limits) => limits?.deadlineAt ?? null)
    const taken = vector.history.filter(({ frozen }) => !frozen)
    expect(deadlines).toEqual(taken.map(({ deadline }) => parsed(deadline)))
    expect(deadlines.at(-1)).toBe(Date.parse(vector.deadline))
  })

  test.for(vectors.nextRelease.cases)('$id: $note', (vector) => {
    const state = stateOf({
      calendar: { tz: 'UTC', weekdays: [1, 2, 3, 4, 5], holidays: [] },
      start: vector.confirmedAt,
      promise: { release: 'next' },
      completedAt: parsed(vector.fixPublishedAt),
      now: Date.parse(vector.now),
    })
    expect([state.verdict, state.verdictAt]).toEqual([vector.verdict, parsed(vector.verdictAt)])
  })

  test.for(vectors.policySelection)('$id', ({ tz, versions, start, policy }) => {
    // The cases tell no weekdays: every day counts, so that the clock starts when it is started.
    const calendar = calendarOf({ tz, weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: [] })
    const held = versions.flatMap((it) => {
      return heldOf([{ id: it.id, version: 1, validFromOn: it.from, validToOn: it.to }])
    })
    const inForce = versionInForce(held, () => clockStartDay(calendar, Date.parse(start)))
    expect(inForce?.id ?? null).toBe(policy)
  })

  test.for(vectors.attainment)('$id: $met met, $missed missed', ({ met, missed, percent }) => {
    expect(attainmentPercent(met, missed)).toBe(percent)
  })
})

function stateOf(goal: {
  calendar: VectorCalendar
  start: string
  promise: Window | { release: 'next' }
  completedAt: number | null
  now: number
}): GoalState {
  const releases = vectors.nextRelease.releases.map(({ at, kind, cutoff }) => {
    const publishedAt = Date.parse(at)
    return { kind, publishedAt, plannedAt: publishedAt, cutOffAt: parsed(cutoff ?? null) }
  })
  const startAt = Date.parse(goal.start)
  const calendar = calendarOf(goal.calendar)
  return goalState(oneTerm({ ...goal, calendar, startAt, deferredAt: null, pauses: [], releases }))
}

function calendarOf({ tz, weekdays, holidays, windows }: VectorCalendar): Calendar {
  const calendar = { timeZone: tz, weekdays, excludedDates: holidays, windows: windows ?? null }
  assertCalendar(calendar)
  return calendar
}

function parsed(text: string | null): number | null {
  return text === null ? null : Date.parse(text)
}

interface VectorCalendar {
  tz: string
  weekdays: number[]
  holidays: string[]
  windows?: DayWindow[]
}

interface VectorCase {
  id: string
  note: string
  calendar: VectorCalendar
  start: string
  term: Window
  deadline: string
}

interface PolicySelection {
  id: string
  tz: string
  versions: { id: string; from: string; to: string | null }[]
  start: string
  policy: string | null
}

interface Vectors {
  policySelection: PolicySelection[]
  deadlines: (VectorCase & { clockStart: string; elapsedBusinessSeconds: number; atRisk75: string })[]
  elapsed: { id: string; note: string; calendar: VectorCalendar; from: string; to: string; seconds: number }[]
  pauses: (VectorCase & { pauses: [string, string][]; deadlineWithoutPauses: string })[]
  verdicts: (VectorCase & {
    completedAt: string
    verdict: string
    usedBusinessSeconds: number
    lateWallSeconds: number
    lateBusinessSeconds: number
  })[]
  severity: (Omit<VectorCase, 'term'> & {
    changes: [at: string, severity: string, kind: TermStep['kind']][]
    terms: Record<string, Window | null>
    history: { at: string; deadline: string | null; frozen?: boolean }[]
  })[]
  nextRelease: {
    releases: { at: string; kind: 'regular' | 'hotfix'; cutoff?: string }[]
    cases: {
      id: string
      note: string
      confirmedAt: string
      fixPublishedAt: string | null
      now: string
      verdict: string
      verdictAt: string | null
    }[]
  }
  attainment: { id: string; met: number; missed: number; percent: number | null }[]
}
