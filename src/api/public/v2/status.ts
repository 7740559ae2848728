import { Hono } from 'hono'
import type { AppContext } from '../../../context.ts'
import { readStatusDocument, readSummaryDocument } from '../../../domain/status-page/read-status-documents.ts'
import { statusDocumentJson, summaryJson } from '../../../render/v2/status-json.ts'
import { jsonAnswers } from './answer-json.ts'

/** The state of the whole page: alone, and with everything that it comes from. */
export function status(ctx: AppContext): Hono {
  const answer = jsonAnswers(ctx)
  const app = new Hono()
  app.get('/api/v2/status.json', (c) => answer(c, readStatusDocument, statusDocumentJson))
  app.get('/api/v2/summary.json', (c) => answer(c, readSummaryDocument, summaryJson))
  return app
}
