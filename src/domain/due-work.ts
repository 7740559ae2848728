import type { Instant } from '../lib/instant.ts'
import { findDueStep } from './maintenance/due-maintenance.ts'
import { findPassedDeadline } from './sla/record/due-verdict.ts'
import type { Reader } from './tx.ts'

/** What comes due by time alone, by the name of the job that does it. */
export type Queue = 'maintenance-steps' | 'settle'

/**
 * How long the oldest work of each queue has been due and not done, in milliseconds; 0: nothing is due. It is what the
 * database says, so whichever process asks hears the same, with jobs of its own or without.
 */
export async function readQueueAges(reader: Reader, now: Instant): Promise<Record<Queue, number>> {
  const step = await findDueStep(reader, now)
  const deadlineAt = await findPassedDeadline(reader, now)
  return {
    'maintenance-steps': now - (step?.at ?? now),
    settle: now - (deadlineAt ?? now),
  }
}
