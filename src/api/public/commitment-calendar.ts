import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readCommitmentCalendar } from '../../domain/status-page/read-commitment-calendar.ts'
import { commitmentCalendar as render } from '../../render/commitment-calendar.ts'
import { answerDocument, answerNotThere } from './answer-document.ts'

/** Promised deadlines, for calendars that subscribe. */
export function commitmentCalendar(ctx: AppContext): Hono {
  const app = new Hono()
  app.get('/commitments.ics', async (c) => {
    const view = await ctx.snapshot((reader) =>
      readCommitmentCalendar(reader, { url: ctx.config.url, now: ctx.now() }),
    )
    if (view === undefined) return answerNotThere(c, 'This page shows no commitments.')
    return answerDocument(c, { type: 'text/calendar; charset=utf-8', body: render(view) })
  })
  return app
}
