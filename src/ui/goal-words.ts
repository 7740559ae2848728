import type { Verdict } from '../domain/sla/goal-state.ts'
import type { DefectPromises } from '../domain/sla/promises.ts'

export const VERDICT_WORDS = {
  met: 'met',
  missed: 'missed',
  open: 'open',
  at_risk: 'at risk',
  deferred: 'deferred',
  no_promise: 'no promise',
} as const satisfies Record<Verdict, string>

export const DEFECT_STATUS_WORDS = {
  reported: 'reported, not yet confirmed',
  confirmed: 'confirmed',
  worked_around: 'worked around',
  fixed: 'fixed',
  deferred: 'deferred',
} as const satisfies Record<DefectPromises['status'], string>
