import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readCalendar } from '../../domain/status-page/read-calendar.ts'
import { maintenanceCalendar } from '../../render/maintenance-calendar.ts'
import { answerDocument } from './answer-document.ts'

/** Maintenance windows, past and to come, for calendars that subscribe. */
export function calendar(ctx: AppContext): Hono {
  const app = new Hono()
  app.get('/calendar.ics', async (c) => {
    const view = await ctx.snapshot((reader) => readCalendar(reader, { url: ctx.config.url, now: ctx.now() }))
    return answerDocument(c, { type: 'text/calendar; charset=utf-8', body: maintenanceCalendar(view) })
  })
  return app
}
