import { z } from '@hono/zod-openapi'
import { getDefect } from '../../domain/defects/defects.ts'
import { linkDefect } from '../../domain/defects/links.ts'
import { editIncident, IncidentChanges } from '../../domain/incidents/edit-incident.ts'
import type { IncidentId } from '../../domain/incidents/incident.ts'
import { getIncident, listIncidents } from '../../domain/incidents/list-incidents.ts'
import { NewIncident, openIncident } from '../../domain/incidents/open-incident.ts'
import {
  editIncidentUpdate,
  IncidentUpdateChanges,
  NewIncidentUpdate,
  postIncidentUpdate,
} from '../../domain/incidents/post-update.ts'
import { Postmortem, publishPostmortem } from '../../domain/incidents/postmortem.ts'
import { unlinkDefect } from '../../domain/sla/course/unlink-defect.ts'
import { settleDefects } from '../../domain/sla/record/settle.ts'
import type { Reader } from '../../domain/tx.ts'
import { changesOf, InstantIn } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber } from './cursor.ts'
import { IncidentJson, readIncidentJsons } from './incident-json.ts'
import { settleIncident } from './settle.ts'
import type { View } from './view.ts'

const scope = 'incidents:write'
const tag = 'Incidents'
const answer = IncidentJson
const displayAt = { display_at: InstantIn.optional() }
const resolution = NewIncident.shape.resolution.unwrap().extend(displayAt).optional()

export function incidentRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/incidents',
      scope: 'read',
      tag,
      summary: 'List the incidents, the latest to start first',
      item: IncidentJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: (reader, { after, take }) =>
        listIncidents(reader, { limit: take, below: after && { startedAt: after[0], id: after[1] } }),
      cursorOf: (incident): [number, string] => [incident.startedAt, incident.id],
      json: readIncidentJsons,
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/incidents',
      scope,
      tag,
      summary: 'Open an incident with its first update',
      description:
        '`components` says how each is from now on: `{"id": "major_outage"}`. `resolution` is for one that is over already: the words of its end and when that was.',
      body: NewIncident.extend({ ...displayAt, resolution }),
      answer,
    },
    async (tx, { body, view }) => readOne(tx.db, await openIncident(tx, body), view),
  )
  routes.read(
    { path: '/incidents/{id}', scope: 'read', tag, summary: 'Read an incident', answer },
    (reader, { params, view }) => readOne(reader, params.id, view),
  )
  routes.write(
    {
      method: 'patch',
      path: '/incidents/{id}',
      scope,
      tag,
      summary: 'Change the name, impact or metadata of an incident',
      description: 'State and components are changed by posting an update.',
      body: changesOf(IncidentChanges),
      answer,
    },
    async (tx, { params, body, view }) => {
      await editIncident(tx, params.id, body)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/incidents/{id}/updates',
      scope,
      tag,
      summary: 'Post an update',
      description: '`resolved` lifts the impact from every component. Resolving twice is a conflict.',
      body: NewIncidentUpdate.extend(displayAt),
      answer,
    },
    async (tx, { params, body, view }) => {
      await postIncidentUpdate(tx, params.id, body)
      await settleIncident(tx, params.id)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'patch',
      path: '/incidents/{id}/updates/{update}',
      scope,
      tag,
      summary: 'Edit an update that is out',
      description:
        'The earlier text stays readable, and promises are judged by when it was really posted. Subscribers are told with `deliver_notifications` alone.',
      body: changesOf(IncidentUpdateChanges.extend(displayAt)),
      answer,
    },
    async (tx, { params, body, view }) => {
      await editIncidentUpdate(tx, params.id, params.update, body)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'put',
      path: '/incidents/{id}/postmortem',
      scope,
      tag,
      summary: 'Publish the postmortem of a resolved incident',
      body: Postmortem,
      // The longest text there is, in any script, with room for its escapes.
      bodyLimitBytes: 512 * 1024,
      answer,
    },
    async (tx, { params, body, view }) => {
      await publishPostmortem(tx, params.id, body)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'put',
      path: '/incidents/{id}/defects/{defect}',
      scope,
      tag,
      summary: 'Link a defect',
      description: 'Updates of the incident then count as responses to the defect.',
      answer,
    },
    async (tx, { params, view }) => {
      await linkDefect(tx, params.id, params.defect)
      await settleDefects(tx, [await getDefect(tx.db, params.defect)])
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/incidents/{id}/defects/{defect}',
      scope,
      tag,
      summary: 'Unlink a defect',
      description: 'Refused where an update of the incident is the evidence for one of its promises.',
      answer,
    },
    async (tx, { params, view }) => {
      await unlinkDefect(tx, params.id, params.defect)
      return readOne(tx.db, params.id, view)
    },
  )
}

async function readOne(reader: Reader, id: IncidentId, view: View) {
  const [incident] = await readIncidentJsons(reader, [await getIncident(reader, id)], view)
  if (!incident) throw new Error(`Incident ${id} was not read.`)
  return incident
}
