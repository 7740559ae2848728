import type { Instant } from '../../../lib/instant.ts'
import type { Defect, Severity } from '../../defects/defect.ts'
import { type CompletionEvent, type DefectEvent, isCompletion } from '../../defects/defect-events.ts'
import type { GoalName } from '../engine/goal-terms.ts'
import { NO_END, type Pause } from '../engine/pauses.ts'
import { isPromisedAt, type TermStep } from '../engine/term-steps.ts'
import type { GoalPromise } from '../promises.ts'
import type { CalendarVersion } from '../terms/calendars.ts'
import type { Pin } from '../terms/pins.ts'

// What the events of a defect, oldest first, come to. Whoever reads them wants one of these.

/** Completions that hold: none that was withdrawn (rule 20). */
export function completionsOf(events: readonly DefectEvent[]): CompletionEvent[] {
  const withdrawn = new Set(events.map(({ withdrawsId }) => withdrawsId))
  return events.filter(isCompletion).filter(({ id }) => !withdrawn.has(id))
}

/** From when a goal is deferred: the first message to the customer that came while anything was promised (rule 22). */
export function deferredAtOf(steps: readonly TermStep[], events: readonly DefectEvent[]): Instant | null {
  return events.find(({ type, at }) => type === 'deferred' && isPromisedAt(steps, at))?.at ?? null
}

/** The latest that the customer was told of a deferral; null: nothing. */
export function deferralOf(events: readonly DefectEvent[]): GoalPromise['deferral'] {
  const latest = events.findLast(({ type }) => type === 'deferred')
  return latest ? { at: latest.at, untilOn: latest.untilOn, note: latest.note ?? '' } : null
}

/** The pauses of a defect; one that has not ended goes to `NO_END`. */
export function pausesOf(events: readonly DefectEvent[]): Pause[] {
  const pauses: Pause[] = []
  for (const { type, at } of events) {
    const last = pauses.at(-1)
    if (type === 'paused') pauses.push({ from: at, to: NO_END })
    else if (type === 'resumed' && last !== undefined) last.to = Math.min(last.to, at)
  }
  return pauses
}

/** The severity with which a defect was confirmed. */
export function firstSeverity(defect: Defect, events: readonly DefectEvent[]): Severity {
  return events.find(({ severity }) => severity !== null)?.severity?.before ?? defect.severity
}

/** What was promised for a goal from the start and since each change (rules 18 and 19). */
export function stepsOf(
  goal: GoalName,
  defect: Defect,
  { terms, startAt, calendarVersions }: Pin,
  events: readonly DefectEvent[],
): TermStep<CalendarVersion>[] {
  const termOf = (severity: Severity) => terms.policy.goals[severity][goal]
  const first = {
    at: startAt,
    kind: 'initial',
    term: termOf(firstSeverity(defect, events)),
    calendar: terms.calendar,
  } as const
  const steps: TermStep<CalendarVersion>[] = [first]
  for (const { type, at, severity, calendarVersion } of events) {
    const { term, calendar } = steps.at(-1) ?? first
    if (severity !== null) steps.push({ at, kind: severity.change, term: termOf(severity.after), calendar })
    if (type === 'replanned') {
      const version = calendarVersions.find((it) => it.version === calendarVersion)
      if (!version)
        throw new Error(`Version ${calendarVersion} of the calendar of defect ${defect.id} is gone.`)
      steps.push({ at, kind: 'replanned', term, calendar: version })
    }
  }
  return steps
}

/** Since when a promise waits for the next release: a severity that got worse waits for what comes after that. */
export function waitsSince({ input, state }: GoalPromise): Instant {
  return (
    input.steps.slice(0, state.stepsTaken).findLast(({ kind }) => kind === 'worsened')?.at ?? input.startAt
  )
}
