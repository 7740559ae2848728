import type { DefectPromises } from '../domain/sla/promises.ts'

/** How far a defect is, in the words of its heading. */
export const DEFECT_STATUS_WORDS = {
  reported: 'reported, not yet confirmed',
  confirmed: 'confirmed',
  worked_around: 'worked around',
  fixed: 'fixed',
  deferred: 'deferred',
} as const satisfies Record<DefectPromises['status'], string>
