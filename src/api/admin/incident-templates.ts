import { z } from '@hono/zod-openapi'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import { readVersions } from '../../domain/events/newest-event.ts'
import { INCIDENT_STATUSES } from '../../domain/incidents/incident.ts'
import { variablesIn } from '../../domain/incidents/template-variables.ts'
import {
  createIncidentTemplate,
  deleteIncidentTemplate,
  getIncidentTemplate,
  type IncidentTemplate,
  IncidentTemplateChanges,
  listIncidentTemplates,
  NewIncidentTemplate,
  updateIncidentTemplate,
} from '../../domain/incidents/templates.ts'
import type { Reader } from '../../domain/tx.ts'
import { toIso } from '../../lib/instant.ts'
import { changesOf, InstantOut } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'
import { Version } from './update-json.ts'

const IncidentTemplateJson = z
  .object({
    id: z.string(),
    version: Version,
    title: z.string().openapi({ description: 'What staff know it by.' }),
    name: z.string(),
    status: z.enum(INCIDENT_STATUSES),
    body: z.string(),
    variables: z.array(z.string()).openapi({
      description: 'The words in double braces in `name` and `body`: what to put there before it is used.',
    }),
    components: z.record(z.string(), z.enum(COMPONENT_STATUSES)),
    deliver_notifications: z.boolean(),
    created_at: InstantOut,
    updated_at: InstantOut,
  })
  .openapi('IncidentTemplate')

const scope = 'incidents:write'
const tag = 'Incident templates'
const answer = IncidentTemplateJson

export function incidentTemplateRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/incident-templates',
      scope: 'read',
      tag,
      summary: 'List the templates, the first made first',
      item: IncidentTemplateJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: async (reader, page) => entriesAfter(await listIncidentTemplates(reader), placeOf, page),
      cursorOf: placeOf,
      json: readTemplateJsons,
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/incident-templates',
      scope,
      tag,
      summary: 'Add a template',
      description: '`name` and `body` may have variables in double braces, such as `{{component}}`.',
      body: NewIncidentTemplate,
      answer,
    },
    async (tx, { body }) => readOne(tx.db, await createIncidentTemplate(tx, body)),
  )
  routes.read(
    { path: '/incident-templates/{id}', scope: 'read', tag, summary: 'Read a template', answer },
    (reader, { params }) => readOne(reader, params.id),
  )
  routes.write(
    {
      method: 'patch',
      path: '/incident-templates/{id}',
      scope,
      tag,
      summary: 'Change a template',
      body: changesOf(IncidentTemplateChanges),
      answer,
    },
    async (tx, { params, body }) => {
      await updateIncidentTemplate(tx, params.id, body)
      return readOne(tx.db, params.id)
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/incident-templates/{id}',
      scope,
      tag,
      summary: 'Delete a template',
      description: 'Incidents that were opened with it stay as they are.',
    },
    (tx, { params }) => deleteIncidentTemplate(tx, params.id),
  )
}

function placeOf(template: IncidentTemplate): [number, string] {
  return [template.createdAt, template.id]
}

async function readOne(reader: Reader, id: string) {
  const [template] = await readTemplateJsons(reader, [await getIncidentTemplate(reader, id)])
  if (!template) throw new Error(`Incident template ${id} was not read.`)
  return template
}

async function readTemplateJsons(
  reader: Reader,
  templates: IncidentTemplate[],
): Promise<z.input<typeof IncidentTemplateJson>[]> {
  const versions = await readVersions(
    reader,
    templates.map(({ id }) => id),
  )
  return templates.map((template) => ({
    id: template.id,
    version: versions.get(template.id) ?? 0,
    title: template.title,
    name: template.name,
    status: template.status,
    body: template.body,
    variables: variablesIn(template.name, template.body),
    components: template.components,
    deliver_notifications: template.deliverNotifications,
    created_at: toIso(template.createdAt),
    updated_at: toIso(template.updatedAt),
  }))
}
