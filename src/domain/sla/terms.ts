import type { Severity } from '../defects/defect.ts'
import type { Window } from './window.ts'

export const GOALS = ['response', 'workaround', 'fix'] as const
export type GoalName = (typeof GOALS)[number]

/** What a policy promises for one goal: a window, the next release, or (null) as seen fit. */
export type GoalTerm = Window | { release: 'next' } | null

/** A policy's promises by severity and goal. */
export type PolicyGoals = Record<Severity, Record<GoalName, GoalTerm>>
