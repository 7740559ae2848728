import type { Queue } from '../domain/due-work.ts'
import { batchesToSettle, findUnsettled, settleDefects } from '../domain/sla/record/settle.ts'
import { JOB_ACTOR, type Job } from './job.ts'

/**
 * Writes down what time alone has brought to promises: goals at risk, deadlines that passed, releases that came without
 * the fix. The page shows them without this; the record is their proof, and what is announced comes from it.
 */
export const settle: Job = {
  name: 'settle' satisfies Queue,
  everyMs: 10_000,
  async runOne(ctx) {
    let written = 0
    for await (const defects of batchesToSettle(ctx.read)) {
      const due = await ctx.snapshot((reader) => findUnsettled(reader, defects, ctx.now()))
      if (due.length > 0) written += await ctx.write(JOB_ACTOR, (tx) => settleDefects(tx, due))
    }
    return written > 0
  },
}
