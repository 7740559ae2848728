import type { Instant } from '../../../lib/instant.ts'
import type { SeverityChange } from '../../defects/defect-events.ts'
import type { Calendar } from './calendar.ts'
import type { GoalTerm } from './goal-terms.ts'

/** A moment from which something else is promised for a goal, or it is counted by another calendar. */
export interface TermStep {
  at: Instant
  kind: 'initial' | SeverityChange | 'replanned'
  term: GoalTerm
  calendar: Calendar
}

/** What is promised at one time: all of these, so that the earliest of their deadlines counts. */
export interface Standing {
  calendar: Calendar
  promises: readonly StandingPromise[]
}

/** One promise, counted from the clock's start or from the moment at which things got worse. */
export interface StandingPromise {
  from: Instant
  term: NonNullable<GoalTerm>
}

/**
 * What stands after a step (rule 19). Getting worse adds a promise and takes none away; a severity that was judged
 * wrongly or is lowered counts from the start; a re-planned goal counts by the new calendar.
 */
export function standingAfter(before: Standing | null, startAt: Instant, step: TermStep): Standing {
  const { at, kind, term, calendar } = step
  const kept = before?.promises ?? []
  if (kind === 'replanned') return { calendar, promises: kept }
  if (kind !== 'worsened') return { calendar, promises: term === null ? [] : [{ from: startAt, term }] }
  return { calendar, promises: term === null ? kept : [...kept, { from: at, term }] }
}
