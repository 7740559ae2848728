import type { Instant } from '../../lib/instant.ts'
import type { Defect, Severity } from '../defects/defect.ts'
import type { Completion, SeverityChange } from '../defects/defect-events.ts'
import type { GoalInput } from './engine/goal-limits.ts'
import type { GoalState } from './engine/goal-state.ts'
import type { GoalName, GoalTerm } from './engine/goal-terms.ts'
import type { CalendarVersion } from './terms/calendars.ts'
import type { Terms } from './terms/select-terms.ts'

/** What was promised for one defect, and how each promise stands. */
export interface DefectPromises {
  defect: Defect
  /** In one word, for a list. */
  status: 'reported' | 'confirmed' | 'worked_around' | 'fixed' | 'deferred'
  /** As pinned when the defect was confirmed; null until then: no clock runs. */
  terms: Terms | null
  /** When its clocks were started, and when that was written down; null until it is confirmed. */
  startAt: Instant | null
  pinnedAt: Instant | null
  /** Response, workaround, fix; empty until confirmed. */
  goals: GoalPromise[]
  /** What moved a clock or a deadline, each with its reason, oldest first. */
  changes: DefectChange[]
}

export interface GoalPromise {
  goal: GoalName
  /** What the severity in force promises, or promised when the verdict fell. */
  term: GoalTerm
  /** The version that it is counted by, or was when the verdict fell; without a promise, the one that was pinned. */
  calendar: CalendarVersion
  /** Computed by the engine's one function, from `input`. */
  state: GoalState
  input: GoalInput
  evidence: Evidence | null
  /** Of a deferred goal, the latest that the customer was told, and when. */
  deferral: { at: Instant; untilOn: string | null; note: string } | null
}

/** What satisfied a goal: an update that anybody can read, or an event that staff recorded. */
export interface Evidence {
  kind: 'update' | 'event'
  at: Instant
  /** When it was written down: at least a minute after `at`, the page says so. */
  recordedAt: Instant
  /** Where the update stands; null for an event without one. */
  update: EvidentUpdate | null
  note: string | null
}

export interface EvidentUpdate {
  incidentId: string
  updateId: string
  displayAt: Instant
  /** Than it shows. */
  postedLater: boolean
  /** Its incident was linked only when the goal was missed: it counts from then. */
  linkedLater: boolean
}

/**
 * Something that moved a clock or a deadline after it was running; each is shown with its reason. One that tells an
 * instant has the zone of the calendar that counts the goal.
 */
export type DefectChange =
  | {
      kind: 'severity'
      at: Instant
      before: Severity
      after: Severity
      change: SeverityChange
      reason: string
    }
  | {
      kind: 'withdrawn'
      at: Instant
      what: Completion
      doneAt: Instant
      /** What satisfied the goal all the same when this was withdrawn. */
      instead: { what: Completion | 'update'; at: Instant } | null
      timeZone: string
      reason: string
    }
  | { kind: 'deferred'; at: Instant; untilOn: string | null; reason: string }
  /** Of a pause, the goals whose clocks it stopped, and those that were still open at its end. */
  | { kind: 'paused'; at: Instant; goals: GoalName[]; reason: string }
  | { kind: 'resumed'; at: Instant; goals: GoalName[]; reason: string | null }
  | { kind: 'replanned'; at: Instant; reason: string }
  | {
      kind: 'release_replanned'
      at: Instant
      name: string
      before: Instant | null
      after: Instant | null
      timeZone: string
      reason: string
    }
  | {
      kind: 'release_recorded_late'
      at: Instant
      name: string
      publishedAt: Instant
      /** Its verdict fell by this release; otherwise the release had come out too early to be waited for. */
      isJudge: boolean
      timeZone: string
      reason: string
    }
  | {
      kind: 'deadline_moved'
      at: Instant
      goal: GoalName
      before: Instant
      after: Instant
      timeZone: string
      database: string
    }
