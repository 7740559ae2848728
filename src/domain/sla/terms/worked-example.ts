import { addDays, localDateOf } from '../../../lib/dates.ts'
import type { Instant } from '../../../lib/instant.ts'
import { SEVERITIES, type Severity } from '../../defects/defect.ts'
import { clockStartAt } from '../engine/business-time.ts'
import { type Excluded, excludedBetween } from '../engine/excluded-time.ts'
import type { GOALS, GoalName, PolicyWindow } from '../engine/goal-terms.ts'
import { windowEndsAt } from '../engine/window.ts'
import type { Terms } from './select-terms.ts'

/** The counting rule on one case that the reader can check against a calendar on the wall. */
export interface WorkedExample {
  severity: Severity
  goal: GoalName
  window: PolicyWindow
  /** What starts the clock; it runs from `clockStartsAt`. */
  startAt: Instant
  clockStartsAt: Instant
  /** What the calendar leaves out between start and deadline. */
  excluded: Excluded[]
  deadlineAt: Instant
}

/**
 * The last Friday night before now in the calendar's zone, where leaving weekends out shows, with the gravest promise
 * that has a window; the engine computes the deadline. Null where nothing is promised within a time.
 */
export function workedExample({ policy, calendar }: Terms, now: Instant): WorkedExample | null {
  const found = gravestWindow(policy.goals)
  if (found === null) return null
  const startAt = lastFridayNight(calendar.timeZone, now)
  const deadlineAt = windowEndsAt(calendar, startAt, found.window)
  return {
    ...found,
    startAt,
    clockStartsAt: clockStartAt(calendar, startAt),
    excluded: excludedBetween(calendar, startAt, deadlineAt),
    deadlineAt,
  }
}

/** When the next Friday night is past, so that it is the one of the example. */
export function nextExampleAt({ timeZone }: Pick<Terms['calendar'], 'timeZone'>, now: Instant): Instant {
  const friday = localDateOf(lastFridayNight(timeZone, now), timeZone)
  return fridayNight(timeZone, addDays(friday, 7)) + 1
}

/** A workaround first: it is the one that people wait for at night. */
const TELLING_ORDER = ['workaround', 'response', 'fix'] as const satisfies readonly (typeof GOALS)[number][]

function gravestWindow(
  goals: Terms['policy']['goals'],
): Pick<WorkedExample, 'severity' | 'goal' | 'window'> | null {
  for (const severity of SEVERITIES) {
    for (const goal of TELLING_ORDER) {
      const window = goals[severity][goal]
      if (window !== null && !('release' in window)) return { severity, goal, window }
    }
  }
  return null
}

const FRIDAY = 5
const NIGHT = '22:00'

function lastFridayNight(timeZone: string, now: Instant): Instant {
  const today = localDateOf(now, timeZone)
  const daysSince = (Temporal.PlainDate.from(today).dayOfWeek - FRIDAY + 7) % 7
  const friday = addDays(today, -daysSince)
  const night = fridayNight(timeZone, friday)
  return night < now ? night : fridayNight(timeZone, addDays(friday, -7))
}

function fridayNight(timeZone: string, friday: string): Instant {
  return Temporal.PlainDateTime.from(`${friday}T${NIGHT}`).toZonedDateTime(timeZone).epochMilliseconds
}
