import type { Severity } from '../../defects/defect.ts'
import type { Window } from './window.ts'

export const GOALS = ['response', 'workaround', 'fix'] as const
export type GoalName = (typeof GOALS)[number]

/** What a policy promises for one goal: a window, the next release, or (null) as seen fit. */
export type GoalTerm = Window | { release: 'next' } | null

/** Whether a promise waits for a release and has no window of its own. */
export function isNextRelease(term: GoalTerm): term is { release: 'next' } {
  return term !== null && 'release' in term
}

/** A window as policies spell it. */
export type PolicyWindow = Exclude<Window, { seconds: number }>

/** A policy's promises by severity and goal; a response waits for no release. */
export type PolicyGoals = Record<
  Severity,
  Record<Exclude<GoalName, 'response'>, PolicyWindow | { release: 'next' } | null> & {
    response: PolicyWindow | null
  }
>
