import { type Context, Hono } from 'hono'
import type { AppContext } from '../../../context.ts'
import type { UptimeDocument } from '../../../domain/status-page/document-views.ts'
import { readUptimeDocument } from '../../../domain/status-page/read-uptime-document.ts'
import { isId } from '../../../lib/ids.ts'
import { pageNumber } from '../../../lib/page-number.ts'
import { componentUptimeJson, uptimeCalendarJson } from '../../../render/v2/uptime-json.ts'
import { idOfFile, jsonAnswers } from './answer-json.ts'

export const UPTIME_FILE = '/uptime/:file{[^/]+\\.json}'

/** The uptime of one component by month and day: as tools draw it, and for people who compute. */
export function uptime(ctx: AppContext): Hono {
  const answer = jsonAnswers(ctx)
  const answerUptime = (
    c: Context,
    componentId: string | undefined,
    monthsPerPage: number,
    json: (document: UptimeDocument) => object,
  ) => {
    const number = pageNumber(new URL(c.req.url))
    return answer(
      c,
      async (reader, viewpoint) =>
        componentId === undefined || number === undefined
          ? undefined
          : readUptimeDocument(reader, { componentId, number, monthsPerPage }, viewpoint),
      json,
      'There is no such component, or nothing so long ago. Groups have no uptime of their own.',
    )
  }

  const app = new Hono()
  app.get(UPTIME_FILE, (c) => answerUptime(c, idOfFile(c), 3, uptimeCalendarJson))
  app.get('/api/v2/components/:id/uptime.json', (c) => {
    const id = c.req.param('id')
    return answerUptime(c, isId(id) ? id : undefined, 12, componentUptimeJson)
  })
  return app
}
