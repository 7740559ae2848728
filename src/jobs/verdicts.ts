import { listDefectsToJudge, recordVerdicts } from '../domain/sla/verdicts.ts'
import { JOB_ACTOR, type Job } from './job.ts'

const BATCH = 50

/**
 * Records verdicts that time alone has brought: deadlines that passed, releases that came without the fix. The page
 * shows them without this; the record is their proof.
 */
export const verdicts: Job = {
  name: 'verdicts',
  everyMs: 10_000,
  async runOne(ctx) {
    let recorded = 0
    for (let after = ''; ; ) {
      const defects = await listDefectsToJudge(ctx.read, { after, limit: BATCH })
      for (const defect of defects) recorded += await ctx.write(JOB_ACTOR, (tx) => recordVerdicts(tx, defect))
      if (defects.length < BATCH) return recorded > 0
      after = defects.at(-1)?.id ?? after
    }
  },
}
