import type { Queue } from '../domain/due-work.ts'
import { findDueStep, takeDueStep } from '../domain/maintenance/due-maintenance.ts'
import { JOB_ACTOR, type Job } from './job.ts'

/** Lets maintenances remind, begin and complete by themselves, at the time they were planned for. */
export const maintenanceSteps: Job = {
  name: 'maintenance-steps' satisfies Queue,
  everyMs: 1_000,
  async runOne(ctx) {
    const due = await findDueStep(ctx.read, ctx.now())
    if (!due) return false
    await ctx.write(JOB_ACTOR, (tx) => takeDueStep(tx, due))
    return true
  },
}
