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
  const promises = before?.promises ?? []
  if (kind === 'replanned') return { calendar, promises }
  const isAdded = kind === 'worsened'
  if (term === null) return { calendar, promises: isAdded ? promises : [] }
  return { calendar, promises: isAdded ? [...promises, { from: at, term }] : [{ from: startAt, term }] }
}

/** Whether anything is promised at an instant, by the steps that have come by then. */
export function isPromisedAt(steps: readonly TermStep[], at: Instant): boolean {
  const [first] = steps
  if (first === undefined) return false
  const taken = steps.filter((step, index) => index === 0 || step.at <= at)
  const standing = taken.reduce<Standing | null>(
    (before, step) => standingAfter(before, first.at, step),
    null,
  )
  return standing !== null && standing.promises.length > 0
}
