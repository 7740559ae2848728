import { Hono } from 'hono'
import type { AppContext } from '../../../context.ts'
import { readHistoryDocument } from '../../../domain/status-page/read-history-document.ts'
import { pageNumber } from '../../../lib/page-number.ts'
import { historyJson } from '../../../render/v2/history-json.ts'
import { jsonAnswers } from './answer-json.ts'

export const HISTORY_FILE = '/history.json'

/** All that ever began, month by month, beside the page that shows it: where a whole history is read from. */
export function history(ctx: AppContext): Hono {
  const answer = jsonAnswers(ctx)
  const app = new Hono()
  app.get(HISTORY_FILE, (c) => {
    const number = pageNumber(new URL(c.req.url))
    return answer(
      c,
      async (reader, viewpoint) =>
        number === undefined ? undefined : readHistoryDocument(reader, number, viewpoint),
      historyJson,
    )
  })
  return app
}
