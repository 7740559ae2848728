import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readHeadlineDocument } from '../../domain/status-page/read-headline.ts'
import { headlineJson } from '../../render/headline-json.ts'
import { forAnyOrigin } from './for-any-origin.ts'
import { jsonAnswers } from './v2/answer-json.ts'

/** The headline for programs: what the script asks that shows the card on other pages. */
export function headline(ctx: AppContext): Hono {
  const answer = jsonAnswers(ctx)
  const app = new Hono()
  app.use('/headline.json', forAnyOrigin)
  app.get('/headline.json', (c) => answer(c, readHeadlineDocument, headlineJson))
  return app
}
