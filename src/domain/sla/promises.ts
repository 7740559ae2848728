import type { Instant } from '../../lib/instant.ts'
import type { Defect } from '../defects/defect.ts'
import type { Calendar } from './calendar.ts'
import type { GoalState } from './goal-state.ts'
import type { GoalName, GoalTerm } from './terms.ts'

/** What was promised for one defect, and how each promise stands. */
export interface DefectPromises {
  defect: Defect
  /** In one word, for a list. */
  status: 'reported' | 'confirmed' | 'worked_around' | 'fixed' | 'deferred'
  /** Null until the defect is confirmed: no clock runs. */
  terms: {
    policy: { id: string; version: number; name: string }
    calendar: { id: string; version: number; name: string } & Calendar
  } | null
  /** Response, workaround, fix; empty until confirmed. */
  goals: GoalPromise[]
}

export interface GoalPromise {
  goal: GoalName
  term: GoalTerm
  /** Computed by the engine's one function for the `now` that was asked about. */
  state: GoalState
  evidence: Evidence | null
  deferral: { at: Instant; untilOn: string | null; note: string } | null
}

/** What satisfied a goal: an update that anybody can read, or an event that staff recorded. */
export interface Evidence {
  kind: 'update' | 'event'
  at: Instant
  /** When it was written down: at least a minute after `at`, the page says so. */
  recordedAt: Instant
  /** Where the update stands; null for an event without one. */
  update: { incidentId: string; updateId: string; displayAt: Instant; postedLater: boolean } | null
  note: string | null
}
