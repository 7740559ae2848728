import type { Instant } from '../../../lib/instant.ts'
import type { SeverityChange } from '../../defects/defect-events.ts'
import type { Calendar } from './calendar.ts'
import type { GoalTerm } from './goal-terms.ts'

/** A moment from which something else is promised for a goal, or it is counted by another calendar. */
export interface TermStep<By extends Calendar = Calendar> {
  at: Instant
  kind: 'initial' | SeverityChange | 'replanned'
  term: GoalTerm
  calendar: By
}

/** What is promised at one time: all of these, so that the earliest of their deadlines counts. */
export interface Standing {
  calendar: Calendar
  promises: readonly StandingPromise[]
  /** Everything that was ever promised, standing or not. */
  given: readonly StandingPromise[]
}

/** One promise, counted from the clock's start or from the moment at which things got worse. */
export interface StandingPromise {
  from: Instant
  term: NonNullable<GoalTerm>
}

/**
 * What stands after a step (rule 19). Getting worse adds a promise and takes none away, and one that was given before
 * and lowered meanwhile comes back with its own beginning; a severity that was judged wrongly or is lowered counts from
 * the start; a re-planned goal counts by the new calendar.
 */
export function standingAfter(before: Standing | null, startAt: Instant, step: TermStep): Standing {
  const { at, kind, term, calendar } = step
  const { promises, given } = before ?? { promises: [], given: [] }
  if (kind === 'replanned') return { calendar, promises, given }
  if (term === null) return { calendar, promises: kind === 'worsened' ? promises : [], given }
  if (kind !== 'worsened') {
    const fresh = { from: startAt, term }
    return { calendar, promises: [fresh], given: [...given, fresh] }
  }
  const again = given.find((earlier) => isSameTerm(earlier.term, term)) ?? { from: at, term }
  return { calendar, promises: [...promises, again], given: [...given, again] }
}

function isSameTerm(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
