import type { Instant } from '../../lib/instant.ts'
import { isConfidential } from '../defects/defect.ts'
import type { DefectEvent } from '../defects/defect-events.ts'
import { completionsOf, pausesOf } from '../sla/course/defect-course.ts'
import { newerCalendarVersion } from '../sla/course/replanned-version.ts'
import { isOpen } from '../sla/engine/goal-state.ts'
import type { GoalName } from '../sla/engine/goal-terms.ts'
import { NO_END } from '../sla/engine/pauses.ts'
import type { DefectPromises } from '../sla/promises.ts'
import type { Pin } from '../sla/terms/pins.ts'

/** What somebody can do with a defect, in the order in which it usually comes. */
export const DEFECT_STEPS = [
  'confirm',
  'resume',
  'respond',
  'workaround',
  'fix',
  'severity',
  'defer',
  'pause',
  'replan',
  'correct',
  'publish',
  'hide',
  'withdraw',
] as const
export type DefectStep = (typeof DEFECT_STEPS)[number]

/**
 * What can be done with a defect as it stands, the likely step first. What is refused all the same is refused by the
 * function that does it, with a reason; this only leaves out what makes no sense.
 */
export function possibleSteps(
  promises: DefectPromises,
  events: readonly DefectEvent[],
  pin: Pin | undefined,
  now: Instant,
): DefectStep[] {
  const { defect, goals, terms } = promises
  const isConfirmed = pin !== undefined
  const completions = completionsOf(events)
  const has = (type: DefectEvent['type']) => completions.some((event) => event.type === type)
  const isUndone = (goal: GoalName) =>
    goals.some(({ goal: name, state }) => name === goal && state.completedAt === null)
  const isAnyOpen = goals.some(({ state }) => isOpen(state.verdict))
  const isDeferred = goals.some(({ state }) => state.verdict === 'deferred' && state.completedAt === null)
  const isPaused = pausesOf(events).some(({ to }) => to === NO_END)
  const pausable = terms?.contract?.pausableGoals ?? []
  const canPause = goals.some(
    ({ goal, state }) => pausable.some((one) => one === goal) && isOpen(state.verdict),
  )
  const possible: Record<DefectStep, boolean> = {
    confirm: !isConfirmed,
    resume: isPaused,
    respond: isConfirmed && isUndone('response'),
    workaround: isConfirmed && isUndone('workaround'),
    fix: isConfirmed && !has('fixed'),
    severity: isConfirmed && !has('fixed'),
    defer: isAnyOpen || isDeferred,
    pause: canPause && !isPaused,
    replan: isAnyOpen && pin !== undefined && newerCalendarVersion(pin, events, now) !== undefined,
    correct: true,
    publish: !defect.public && !isConfidential(defect),
    hide: defect.public,
    withdraw: completions.length > 0,
  }
  return DEFECT_STEPS.filter((step) => possible[step])
}
