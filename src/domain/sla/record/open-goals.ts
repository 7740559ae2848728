import { isOpen } from '../engine/goal-state.ts'
import type { DefectPromises } from '../promises.ts'
import { entriesOf, type RecordEntry } from './record.ts'

/** What is still to be done: in time, or late already. */
export interface OpenGoals {
  /** Open or at risk, the soonest deadline first; those without a deadline after, by the release that is planned. */
  open: RecordEntry[]
  /** Missed and not done yet, the longest overdue first. Their verdict has fallen: the record counts them. */
  overdue: RecordEntry[]
}

export function openGoalsOf(promises: readonly DefectPromises[]): OpenGoals {
  const entries = promises.flatMap(entriesOf).sort(bySoonest)
  return {
    open: entries.filter(({ goal }) => isOpen(goal.state.verdict)),
    overdue: entries.filter(
      ({ goal: { state } }) => state.verdict === 'missed' && state.completedAt === null,
    ),
  }
}

function bySoonest({ goal: { state: a } }: RecordEntry, { goal: { state: b } }: RecordEntry): number {
  return (
    ascending(a.deadlineAt ?? a.verdictAt, b.deadlineAt ?? b.verdictAt) || ascending(a.plannedAt, b.plannedAt)
  )
}

/** What is not known comes last. */
function ascending(a: number | null, b: number | null): number {
  if (a === b) return 0
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
}
