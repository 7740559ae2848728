import { forgetSentDrafts } from '../domain/staff/drafts.ts'
import { forgetOldAnswers, hasOldAnswers } from '../domain/staff/kept-answers.ts'
import { HOUR_MS } from '../lib/instant.ts'
import { JOB_ACTOR, type Job } from './job.ts'

/** Forgets what was answered to requests that nobody will repeat any more. */
export const forgetAnswers: Job = {
  name: 'forget-answers',
  everyMs: HOUR_MS,
  async runOne(ctx) {
    if (!(await hasOldAnswers(ctx.read, ctx.now()))) return false
    await ctx.write(JOB_ACTOR, async (tx) => {
      // While the answers are there: by them a draft is known to be sent.
      await forgetSentDrafts(tx)
      await forgetOldAnswers(tx)
    })
    return true
  },
}
