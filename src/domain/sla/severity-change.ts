import type { Instant } from '../../lib/instant.ts'
import type { Calendar } from './calendar.ts'
import { type Window, windowEndsAt } from './window.ts'

/** One severity in a defect's life, with the window that the terms give it for a goal; null gives none. */
export interface SeverityStep {
  at: Instant
  /** Why it changed: it got worse, it had been judged wrongly, or it turned out milder. */
  kind: 'initial' | 'worsened' | 'misclassified' | 'lowered'
  window: Window | null
}

export interface SeverityDeadline {
  at: Instant
  deadlineAt: Instant | null
  /** The deadline had passed when the severity was lowered: the verdict stays, whatever follows. */
  frozen: boolean
}

/**
 * The deadline of one goal after each severity, in order (rule 19). Getting worse never lengthens a promise
 * already given; being lowered never saves one already missed.
 */
export function deadlineHistory(
  calendar: Calendar,
  startAt: Instant,
  steps: readonly SeverityStep[],
): SeverityDeadline[] {
  const history: SeverityDeadline[] = []
  for (const step of steps) {
    const before = history.at(-1)
    const old = before?.deadlineAt ?? null
    const frozen = before?.frozen === true || (step.kind === 'lowered' && old !== null && old < step.at)
    const deadlineAt = frozen ? old : deadlineAfter(calendar, startAt, old, step)
    history.push({ at: step.at, deadlineAt, frozen })
  }
  return history
}

function deadlineAfter(
  calendar: Calendar,
  startAt: Instant,
  old: Instant | null,
  { at, kind, window }: SeverityStep,
): Instant | null {
  if (kind !== 'worsened') return window === null ? null : windowEndsAt(calendar, startAt, window)
  const fresh = window === null ? null : windowEndsAt(calendar, at, window)
  if (old === null || fresh === null) return old ?? fresh
  return Math.min(old, fresh)
}
