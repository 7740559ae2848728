import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { badges } from './badges.ts'
import { calendar } from './calendar.ts'
import { commitmentCalendar } from './commitment-calendar.ts'
import { headline } from './headline.ts'
import { history } from './history.ts'
import { logo } from './logo.ts'
import { social } from './social.ts'
import { updates } from './updates.ts'

/** What anybody may read and is not a page: feeds, calendars, images, badges. Mounted at `/`. */
export function publicDocuments(ctx: AppContext): Hono {
  const app = new Hono()
  for (const documents of [headline, history, updates, calendar, commitmentCalendar, social, badges, logo])
    app.route('/', documents(ctx))
  return app
}
