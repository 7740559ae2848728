import type { Severity } from '../domain/defects/defect.ts'
import type { DefectEventType } from '../domain/defects/defect-events.ts'
import { getDefect, reportDefect } from '../domain/defects/defects.ts'
import { linkDefect } from '../domain/defects/links.ts'
import { confirmDefect } from '../domain/sla/confirm-defect.ts'
import { recordDefectEvent } from '../domain/sla/record-defect-event.ts'
import { settleDefects } from '../domain/sla/settle.ts'
import { STANDARD_POLICY } from '../domain/sla/standard-terms.ts'
import { GOALS, type GoalTerm } from '../domain/sla/terms.ts'
import { windowEndsAt } from '../domain/sla/window.ts'
import { type Instant, SECOND_MS } from '../lib/instant.ts'
import { type Act, type Cast, idOf, PEOPLE } from './act.ts'
import { DEMO_CALENDAR } from './almanac.ts'

/** A defect as the script tells it. */
export interface ToldDefect {
  /** The key in the tracker; `defect/KEY` in the cast. */
  key: string
  title: string
  severity: Severity
  public?: boolean
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
  note?: string
}

export function defectActs(told: ToldDefect): Act[] {
  const { confirmedAt } = told
  const report: Act = {
    at: told.reportedAt,
    by: PEOPLE.support,
    play: async (tx, cast) => {
      const { key, title, severity } = told
      cast.set(`defect/${key}`, await reportDefect(tx, { key, title, severity, public: told.public ?? true }))
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
export function deadlinesOf(severity: Severity, confirmedAt: Instant): Partial<Record<string, Instant>> {
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
    ...(event.note !== undefined && { note: event.note }),
  })
}

/** What the job does ten seconds after each moment at which a verdict may have fallen. */
function judgements(told: ToldDefect, confirmedAt: Instant): Act[] {
  const deadlines = Object.values(deadlinesOf(told.severity, confirmedAt)).filter((at) => at !== undefined)
  const moments = [...(told.events ?? []).map((event) => event.recordedAt), ...deadlines]
  return moments.map((at) => ({
    at: at + 10 * SECOND_MS,
    by: PEOPLE.avow,
    play: async (tx, cast) => settleDefects(tx, [await getDefect(tx.db, idOf(cast, `defect/${told.key}`))]),
  }))
}
