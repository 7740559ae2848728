import type { AppContext } from '../context.ts'
import type { Actor } from '../domain/tx.ts'

/** One duty in the background. */
export interface Job {
  name: string
  /** How long to rest when there was nothing to do. */
  everyMs: number
  /** Claims and does one unit of work; returns whether there was one. Safe to kill and to run twice at once. */
  runOne(ctx: AppContext): Promise<boolean>
}

/** What acts when nobody does; what it posts is nobody's response. */
export const JOB_ACTOR: Actor = { kind: 'job', id: null, name: 'Avow' }
