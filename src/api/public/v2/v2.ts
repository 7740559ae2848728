import { Hono } from 'hono'
import type { AppContext } from '../../../context.ts'
import { forAnyOrigin } from '../for-any-origin.ts'
import { components } from './components.ts'
import { HISTORY_FILE, history } from './history.ts'
import { INCIDENT_FILE, incidents } from './incidents.ts'
import { maintenances } from './maintenances.ts'
import { status } from './status.ts'
import { UPTIME_FILE, uptime } from './uptime.ts'

/**
 * The public JSON that dashboards, bots and exporters read from status pages, for any origin. Mounted at `/`, in front
 * of the answer to unknown paths below `/api`.
 */
export function v2(ctx: AppContext): Hono {
  const app = new Hono()
  for (const path of ['/api/v2/*', INCIDENT_FILE, UPTIME_FILE, HISTORY_FILE]) app.use(path, forAnyOrigin)
  for (const documents of [status, components, incidents, maintenances, uptime, history])
    app.route('/', documents(ctx))
  return app
}
