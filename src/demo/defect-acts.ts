import type { Severity } from '../domain/defects/defect.ts'
import type { DefectEventType, SeverityChange } from '../domain/defects/defect-events.ts'
import { getDefect, reportDefect } from '../domain/defects/defects.ts'
import { linkDefect } from '../domain/defects/links.ts'
import { SATISFYING } from '../domain/sla/course/evidence.ts'
import { recordDefectEvent } from '../domain/sla/course/record-defect-event.ts'
import { GOALS, type GoalName, type GoalTerm } from '../domain/sla/engine/goal-terms.ts'
import { windowEndsAt } from '../domain/sla/engine/window.ts'
import { settleDefects } from '../domain/sla/record/settle.ts'
import { confirmDefect } from '../domain/sla/terms/confirm-defect.ts'
import { STANDARD_POLICY } from '../domain/sla/terms/standard-terms.ts'
import { type Instant, SECOND_MS } from '../lib/instant.ts'
import { type Act, type Cast, idOf, PEOPLE } from './act.ts'
import { DEMO_CALENDAR } from './almanac.ts'

/** A defect as the script tells it. */
export interface ToldDefect {
  /** The key in the tracker; `defect/KEY` in the cast. */
  key: string
  title: string
  severity: Severity
  /** Unless told: yes for what concerns everybody. */
  public?: boolean
  customer?: string
  plan?: string
  /** The key of the fixed defect that this one is the return of. */
  follows?: string
  reportedAt: Instant
  /** Null while nobody has confirmed it. */
  confirmedAt: Instant | null
  /** The incident it is linked to when it is confirmed. */
  incident?: string
  events?: ToldEvent[]
}

export interface ToldEvent {
  type: DefectEventType
  /** When somebody recorded it. */
  recordedAt: Instant
  /** When it happened, if that is not what the update, the release or the record say. */
  at?: Instant
  /** `KEY/NUMBER` of the incident update that says so. */
  update?: string
  release?: string
  /** For a deferral: the day it is deferred to. */
  until?: string
  severity?: Severity
  change?: SeverityChange
  note?: string
}

export function defectActs(told: ToldDefect): Act[] {
  const { confirmedAt } = told
  const report: Act = {
    at: told.reportedAt,
    by: PEOPLE.support,
    play: async (tx, cast) => {
      const { key, title, severity, customer, plan, follows } = told
      const id = await reportDefect(tx, {
        key,
        title,
        severity,
        ...(told.public !== undefined && { public: told.public }),
        ...(customer !== undefined && { customer }),
        ...(plan !== undefined && { plan }),
        ...(follows !== undefined && { follows: idOf(cast, `defect/${follows}`) }),
      })
      cast.set(`defect/${key}`, id)
    },
  }
  if (confirmedAt === null) return [report]
  const confirm: Act = {
    at: confirmedAt,
    by: PEOPLE.lead,
    play: async (tx, cast) => {
      const id = idOf(cast, `defect/${told.key}`)
      await confirmDefect(tx, id)
      if (told.incident) await linkDefect(tx, idOf(cast, `incident/${told.incident}`), id)
    },
  }
  const events = (told.events ?? []).map(
    (event): Act => ({
      at: event.recordedAt,
      // Whoever publishes a release says what it fixes, in the same transaction.
      by: event.release ? PEOPLE.releases : PEOPLE.lead,
      play: (tx, cast) => recordEvent(tx, cast, told, event),
    }),
  )
  return [report, confirm, ...events, ...judgements(told, confirmedAt)]
}

/** The last instant in time for each goal that has a window, under the standard terms. */
export function deadlinesOf(severity: Severity, confirmedAt: Instant): Partial<Record<GoalName, Instant>> {
  return Object.fromEntries(
    GOALS.flatMap((goal) => {
      const term: GoalTerm = STANDARD_POLICY.goals[severity][goal]
      if (term === null || 'release' in term) return []
      return [[goal, windowEndsAt(DEMO_CALENDAR, confirmedAt, term)]]
    }),
  )
}

function recordEvent(tx: Parameters<Act['play']>[0], cast: Cast, told: ToldDefect, event: ToldEvent) {
  return recordDefectEvent(tx, idOf(cast, `defect/${told.key}`), {
    type: event.type,
    ...(event.at !== undefined && { at: event.at }),
    ...(event.update !== undefined && { incident_update_id: idOf(cast, `update/${event.update}`) }),
    ...(event.release !== undefined && { release_id: idOf(cast, `release/${event.release}`) }),
    ...(event.until !== undefined && { until: event.until }),
    ...(event.severity !== undefined && { severity: event.severity }),
    ...(event.change !== undefined && { change: event.change }),
    ...(event.note !== undefined && { note: event.note }),
  })
}

/**
 * What the job does ten seconds after a deadline that passes with nothing done; all else settles when it happens. For a
 * severity that changes, those of the first one are near enough: what they leave is written down with the next event.
 */
function judgements(told: ToldDefect, confirmedAt: Instant): Act[] {
  const deadlines = deadlinesOf(told.severity, confirmedAt)
  const passed = GOALS.flatMap((goal) => {
    const at = deadlines[goal]
    const isDone = told.events?.some((event) => recordedFor(goal, event) && event.recordedAt <= (at ?? 0))
    return at === undefined || isDone ? [] : [at]
  })
  return [...new Set(passed)].map((at) => ({
    at: at + 10 * SECOND_MS,
    by: PEOPLE.avow,
    play: async (tx, cast) => settleDefects(tx, [await getDefect(tx.db, idOf(cast, `defect/${told.key}`))]),
  }))
}

function recordedFor(goal: GoalName, { type }: ToldEvent): boolean {
  return SATISFYING[goal].some((other) => other === type)
}
