import { forgetSentDrafts } from '../domain/staff/drafts.ts'
import { forgetOldAnswers, hasOldAnswers } from '../domain/staff/kept-answers.ts'
import { forgetOldTries, hasOldTries } from '../domain/staff/wrong-tries.ts'
import { HOUR_MS } from '../lib/instant.ts'
import { JOB_ACTOR, type Job } from './job.ts'

/** Forgets what was answered to requests that nobody will repeat any more, and wrong tries that count no more. */
export const forgetAnswers: Job = {
  name: 'forget-answers',
  everyMs: HOUR_MS,
  async runOne(ctx) {
    const now = ctx.now()
    if (!(await hasOldAnswers(ctx.read, now)) && !(await hasOldTries(ctx.read, now))) return false
    await ctx.write(JOB_ACTOR, async (tx) => {
      // While the answers are there: by them a draft is known to be sent.
      await forgetSentDrafts(tx)
      await forgetOldAnswers(tx)
      await forgetOldTries(tx)
    })
    return true
  },
}
