import { listDefectsToJudge, listUnrecorded, recordVerdicts } from '../domain/sla/verdicts.ts'
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
      const { defects, due } = await ctx.snapshot(async (reader) => {
        const defects = await listDefectsToJudge(reader, { after, limit: BATCH })
        const unrecorded = await listUnrecorded(reader, defects, ctx.now())
        return { defects, due: [...new Set(unrecorded.map(({ promises }) => promises.defect))] }
      })
      if (due.length > 0) recorded += await ctx.write(JOB_ACTOR, (tx) => recordVerdicts(tx, due))
      const last = defects.at(-1)
      if (!last || defects.length < BATCH) return recorded > 0
      after = last.id
    }
  },
}
