import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AppContext } from '../context.ts'
import { rest } from '../lib/rest.ts'
import { forgetAnswers } from './forget-answers.ts'
import type { Job } from './job.ts'
import { maintenanceSteps } from './maintenance-steps.ts'
import { settle } from './settle.ts'

const JOBS: Job[] = [maintenanceSteps, settle, forgetAnswers]

/** Runs every job at its rhythm until the signal says stop, then lets the unit at hand finish. */
export async function runJobs(
  ctx: AppContext,
  signal: AbortSignal,
  jobs: readonly Job[] = JOBS,
): Promise<void> {
  await Promise.all(jobs.map((job) => runJob(ctx, job, signal)))
}

async function runJob(ctx: AppContext, job: Job, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let didSomething = false
    try {
      didSomething = await job.runOne(ctx)
    } catch (error) {
      // A job outlives its failures: the next round tries again.
      ctx.log.error({ job: job.name, error }, 'A job failed.')
    }
    // SQLite answers without waiting: a job with much to do would leave no turn for readers, nor for a stop.
    if (didSomething) await nextTurn()
    else await rest(job.everyMs, signal)
  }
}
