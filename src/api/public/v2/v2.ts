import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { AppContext } from '../../context.ts'
import type { IncidentDocument } from '../../domain/status-page/document-views.ts'
import {
  readIncidentDocument,
  readIncidentsDocument,
} from '../../domain/status-page/read-incident-documents.ts'
import { isId } from '../../lib/ids.ts'
import { incidentJson, incidentsJson, singleIncidentJson } from '../../render/v2/incident-json.ts'
import { plainProblemAnswer } from '../problem.ts'
import { answerDocument } from './answer-document.ts'

/**
 * The public JSON that dashboards, bots and exporters read from status pages, for any origin. Mounted at `/`, in front
 * of the answer to unknown paths below `/api`.
 */
export function v2(ctx: AppContext): Hono {
  const viewpoint = () => ({ url: ctx.config.url, now: ctx.now() })

  async function answerIncidents(c: Context, which: 'newest' | 'unresolved'): Promise<Response> {
    return answerJson(
      c,
      incidentsJson(await ctx.snapshot((reader) => readIncidentsDocument(reader, which, viewpoint()))),
    )
  }

  async function answerIncident(
    c: Context,
    file: string,
    json: (document: IncidentDocument) => object,
  ): Promise<Response> {
    const id = file.slice(0, -'.json'.length)
    const document = isId(id)
      ? await ctx.snapshot((reader) => readIncidentDocument(reader, id, viewpoint()))
      : undefined
    if (document === undefined) return plainProblemAnswer(404, 'Not found', 'There is no such incident.')
    return answerJson(c, json(document))
  }

  const app = new Hono()
  for (const path of ['/api/v2/*', INCIDENT_FILE]) app.use(path, forAnyOrigin)
  app.get('/api/v2/incidents.json', (c) => answerIncidents(c, 'newest'))
  app.get('/api/v2/incidents/unresolved.json', (c) => answerIncidents(c, 'unresolved'))
  app.get(`/api/v2${INCIDENT_FILE}`, (c) => answerIncident(c, c.req.param('file'), singleIncidentJson))
  // Beside the page of an incident, tools expect the incident alone.
  app.get(INCIDENT_FILE, (c) =>
    answerIncident(c, c.req.param('file'), ({ page, incident }) => incidentJson(incident, page)),
  )
  return app
}

const INCIDENT_FILE = '/incidents/:file{[^/]+\\.json}'

/** A script on another page may read the documents, and ask whether the one that it has is still good. */
const forAnyOrigin = cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['ETag'] })

function answerJson(c: Context, document: object): Response {
  return answerDocument(c, { type: 'application/json; charset=utf-8', body: JSON.stringify(document) })
}
