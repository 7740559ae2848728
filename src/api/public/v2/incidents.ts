import { type Context, Hono } from 'hono'
import type { AppContext } from '../../../context.ts'
import type { IncidentDocument, MaintenanceDocument } from '../../../domain/status-page/document-views.ts'
import {
  readIncidentDocument,
  readIncidentsDocument,
} from '../../../domain/status-page/read-incident-documents.ts'
import { readMaintenanceDocument } from '../../../domain/status-page/read-maintenance-documents.ts'
import { happeningJson, singleHappeningJson } from '../../../render/v2/happening-json.ts'
import { incidentsJson } from '../../../render/v2/incident-json.ts'
import { idOfFile, jsonAnswers } from './answer-json.ts'

export const INCIDENT_FILE = '/incidents/:file{[^/]+\\.json}'

/** Incidents in lists, and each at addresses of its own, where tools look for a maintenance as well. */
export function incidents(ctx: AppContext): Hono {
  const answer = jsonAnswers(ctx)
  const answerList = (c: Context, which: 'newest' | 'unresolved') =>
    answer(c, (reader, viewpoint) => readIncidentsDocument(reader, which, viewpoint), incidentsJson)
  const answerOne = (c: Context, json: (document: IncidentDocument | MaintenanceDocument) => object) => {
    const id = idOfFile(c)
    return answer(
      c,
      async (reader, viewpoint) =>
        id === undefined
          ? undefined
          : ((await readIncidentDocument(reader, id, viewpoint)) ??
            (await readMaintenanceDocument(reader, id, viewpoint))),
      json,
      'There is no such incident.',
    )
  }

  const app = new Hono()
  app.get('/api/v2/incidents.json', (c) => answerList(c, 'newest'))
  app.get('/api/v2/incidents/unresolved.json', (c) => answerList(c, 'unresolved'))
  app.get(`/api/v2${INCIDENT_FILE}`, (c) => answerOne(c, singleHappeningJson))
  // Beside the page of an incident, tools expect the incident alone.
  app.get(INCIDENT_FILE, (c) => answerOne(c, happeningJson))
  return app
}
