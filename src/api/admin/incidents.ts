import { z } from '@hono/zod-openapi'
import type { AppContext } from '../../context.ts'
import { linkDefect, unlinkDefect } from '../../domain/defects/links.ts'
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
import type { Reader, Tx } from '../../domain/tx.ts'
import type { Instant } from '../../lib/instant.ts'
import { changesOf, InstantIn } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber } from './cursor.ts'
import { IncidentJson, readIncidentJsons } from './incident-json.ts'
import { settleDefect, settleIncident } from './settle.ts'

const scope = 'incidents:write'
const tag = 'Incidents'
const answer = IncidentJson
const displayAt = { display_at: InstantIn.optional() }

export function incidentRoutes(routes: AdminRoutes, ctx: AppContext): void {
  const { url } = ctx.config
  const readOne = async (reader: Reader, id: IncidentId, now: Instant) => {
    const [incident] = await readIncidentJsons(reader, [await getIncident(reader, id)], { now, url })
    if (!incident) throw new Error(`Incident ${id} was not read.`)
    return incident
  }
  const readBack = (tx: Tx, id: IncidentId) => readOne(tx.db, id, tx.now)

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
      json: (reader, incidents, now) => readIncidentJsons(reader, incidents, { now, url }),
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/incidents',
      scope,
      tag,
      summary: 'Open an incident with its first update',
      description: '`components` says how each is from now on: `{"id": "major_outage"}`.',
      body: NewIncident.extend(displayAt),
      answer,
    },
    async (tx, { body }) => readBack(tx, await openIncident(tx, body)),
  )
  routes.read(
    { path: '/incidents/{id}', scope: 'read', tag, summary: 'Read an incident', answer },
    (reader, { params, now }) => readOne(reader, params.id, now),
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
    async (tx, { params, body }) => {
      await editIncident(tx, params.id, body)
      return readBack(tx, params.id)
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
    async (tx, { params, body }) => {
      await postIncidentUpdate(tx, params.id, body)
      await settleIncident(tx, params.id)
      return readBack(tx, params.id)
    },
  )
  routes.write(
    {
      method: 'patch',
      path: '/incidents/{id}/updates/{update}',
      scope,
      tag,
      summary: 'Edit an update that is out',
      description: 'The earlier text stays readable, and promises are judged by when it was really posted.',
      body: changesOf(IncidentUpdateChanges.extend(displayAt)),
      answer,
    },
    async (tx, { params, body }) => {
      await editIncidentUpdate(tx, params.id, params.update, body)
      return readBack(tx, params.id)
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
      answer,
    },
    async (tx, { params, body }) => {
      await publishPostmortem(tx, params.id, body)
      return readBack(tx, params.id)
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
    async (tx, { params }) => {
      await linkDefect(tx, params.id, params.defect)
      await settleDefect(tx, params.defect)
      return readBack(tx, params.id)
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/incidents/{id}/defects/{defect}',
      scope,
      tag,
      summary: 'Unlink a defect',
      answer,
    },
    async (tx, { params }) => {
      await unlinkDefect(tx, params.id, params.defect)
      return readBack(tx, params.id)
    },
  )
}
