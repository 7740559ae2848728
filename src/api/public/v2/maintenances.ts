import { Hono } from 'hono'
import type { AppContext } from '../../../context.ts'
import { readMaintenancesDocument } from '../../../domain/status-page/read-maintenance-documents.ts'
import { maintenancesJson } from '../../../render/v2/maintenance-json.ts'
import { jsonAnswers } from './answer-json.ts'

const LISTS = {
  '/api/v2/scheduled-maintenances.json': 'newest',
  '/api/v2/scheduled-maintenances/upcoming.json': 'upcoming',
  '/api/v2/scheduled-maintenances/active.json': 'active',
} as const

/** Maintenances: the latest, those to come, those that run. */
export function maintenances(ctx: AppContext): Hono {
  const answer = jsonAnswers(ctx)
  const app = new Hono()
  for (const [path, which] of Object.entries(LISTS)) {
    app.get(path, (c) =>
      answer(c, (reader, viewpoint) => readMaintenancesDocument(reader, which, viewpoint), maintenancesJson),
    )
  }
  return app
}
