import type { Severity } from '../../domain/defects/defect.ts'
import type { Excluded } from '../../domain/sla/engine/excluded-time.ts'
import type { DefectPromises, Evidence, GoalPromise } from '../../domain/sla/promises.ts'
import { promiseWords } from '../../domain/sla/words.ts'
import { type Instant, SECOND_MS, toIso } from '../../lib/instant.ts'

/** The terms of a defect and how each promise stands, as every JSON document of ours writes them. */
export interface SlaJson {
  policy: { id: string; version: number; name: string } | null
  /** As pinned when the defect was confirmed; a goal that was re-planned names a later version of it. */
  calendar: { id: string; version: number; time_zone: string; weekdays: number[] } | null
  /** Empty until the defect is confirmed. */
  goals: GoalJson[]
}

export interface GoalJson {
  goal: GoalPromise['goal']
  /** In words: "within 4 hours". */
  promise: string
  window: GoalPromise['term']
  /** The version of the calendar that it is counted by. */
  calendar_version: number
  clock_starts_at: string | null
  deadline_at: string | null
  at_risk_at: string | null
  /** When the next release is planned, for a promise of the next release only. */
  planned_at: string | null
  verdict: GoalPromise['state']['verdict']
  completed_at: string | null
  evidence: { incident_id: string; update_id: string; url: string } | null
  used_business_seconds: number
  late_business_seconds: number
  excluded: { from: string; to: string; why: Excluded['why'] }[]
}

/** One entry of `sla.defects` in the public JSON. */
export type DefectSlaJson = SlaJson & {
  id: string
  key: string
  title: string
  severity: Severity
  status: DefectPromises['status']
  confirmed_at: string | null
  reported_at: string
}

/** A defect with its promises; `url` is the public origin, for links to the evidence. */
export function defectSlaJson(promises: DefectPromises, url: string): DefectSlaJson {
  const { defect, status } = promises
  return {
    id: defect.id,
    key: defect.key,
    title: defect.title,
    severity: defect.severity,
    status,
    confirmed_at: iso(defect.confirmedAt),
    reported_at: toIso(defect.reportedAt),
    ...slaJson(promises, url),
  }
}

/** The terms and the goals alone, for documents that tell the defect themselves. */
export function slaJson({ terms, goals }: DefectPromises, url: string): SlaJson {
  return {
    policy: terms && { id: terms.policy.id, version: terms.policy.version, name: terms.policy.name },
    calendar: terms && {
      id: terms.calendar.id,
      version: terms.calendar.version,
      time_zone: terms.calendar.timeZone,
      weekdays: terms.calendar.weekdays,
    },
    goals: goals.map((goal) => goalJson(goal, url)),
  }
}

/** One goal, with the times that run while it is open. */
export function goalJson({ goal, term, calendar, state, evidence }: GoalPromise, url: string): GoalJson {
  return {
    goal,
    promise: promiseWords(term),
    window: term,
    calendar_version: calendar.version,
    clock_starts_at: iso(state.clockStartsAt),
    deadline_at: iso(state.deadlineAt),
    at_risk_at: iso(state.atRiskAt),
    planned_at: iso(state.plannedAt),
    verdict: state.verdict,
    completed_at: iso(state.completedAt),
    evidence: evidenceJson(evidence, url),
    used_business_seconds: Math.floor(state.usedBusinessMs / SECOND_MS),
    late_business_seconds: Math.floor(state.lateBusinessMs / SECOND_MS),
    excluded: state.excluded.map(({ from, to, why }) => ({ from: toIso(from), to: toIso(to), why })),
  }
}

/** Where anybody can read it; an event without an update is staff's word alone. */
function evidenceJson(evidence: Evidence | null, url: string): GoalJson['evidence'] {
  if (!evidence?.update) return null
  const { incidentId, updateId } = evidence.update
  return {
    incident_id: incidentId,
    update_id: updateId,
    url: `${url}/incidents/${incidentId}#update-${updateId}`,
  }
}

function iso(at: Instant | null): string | null {
  return at === null ? null : toIso(at)
}
