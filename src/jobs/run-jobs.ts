import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AppContext } from '../context.ts'
import { rest } from '../lib/rest.ts'
import { forgetAnswers } from './forget-answers.ts'
import type { Job } from './job.ts'
import { maintenanceSteps } from './maintenance-steps.ts'
import { settle } from './settle.ts'

const JOBS: Job[] = [maintenanceSteps, settle, forgetAnswers]

interface Work {
  jobs?: readonly Job[]
  /** Hears that a job has found nothing left to do; before the first round it hears of every job. */
  onEmpty?: (job: string) => void
}

/** Runs every job at its rhythm until the signal says stop, then lets the unit at hand finish. */
export async function runJobs(
  ctx: AppContext,
  signal: AbortSignal,
  { jobs = JOBS, onEmpty = () => undefined }: Work = {},
): Promise<void> {
  for (const { name } of jobs) onEmpty(name)
  await Promise.all(jobs.map((job) => runJob(ctx, job, signal, onEmpty)))
}

async function runJob(
  ctx: AppContext,
  job: Job,
  signal: AbortSignal,
  onEmpty: (job: string) => void,
): Promise<void> {
  while (!signal.aborted) {
    let didSomething = false
    try {
      didSomething = await job.runOne(ctx)
      if (!didSomething) onEmpty(job.name)
    } catch (error) {
      // A job outlives its failures: the next round tries again.
      ctx.log.error({ job: job.name, error }, 'A job failed.')
    }
    // SQLite answers without waiting: a job with much to do would leave no turn for readers, nor for a stop.
    if (didSomething) await nextTurn()
    else await rest(job.everyMs, signal)
  }
}
