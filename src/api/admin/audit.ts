import { z } from '@hono/zod-openapi'
import { isInstantField } from '../../domain/events/instant-fields.ts'
import { type AuditEvent, listEvents } from '../../domain/events/list-events.ts'
import { isId } from '../../lib/ids.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantIn, InstantOut } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorNumber } from './cursor.ts'

const AuditEventJson = z
  .object({
    id: z.int(),
    type: z.string(),
    subject_id: z.string(),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    at: InstantOut,
    before: z.unknown(),
    after: z.unknown(),
  })
  .openapi('AuditEvent')

const AuditQuery = z.strictObject({
  subject_id: z.string().refine(isId, 'This is not an id.').optional(),
  kind: z
    .string()
    .regex(/^[a-z_]{1,40}$/, 'This is no kind of event, for instance incident.')
    .optional()
    .openapi({ description: 'What types begin with, up to the dot: `incident`, `sla`.' }),
  by: z
    .string()
    .max(200)
    .refine((name) => !name.includes('\0'), 'No name holds this character.')
    .optional()
    .openapi({ description: 'The name of whoever acted.' }),
  from: InstantIn.optional(),
  until: InstantIn.optional().openapi({ description: 'Not included.' }),
})

export function auditRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/audit',
      scope: 'staff:write',
      tag: 'Audit',
      summary: 'Read who changed what, and who came and went, newest first',
      description:
        'With filters, only what all of them allow. Sign-ins are of the kind `session`, about a member of staff.',
      query: AuditQuery,
      item: AuditEventJson,
      cursor: z.tuple([CursorNumber]),
    },
    {
      rows: (reader, { after, take, query }) =>
        listEvents(reader, {
          limit: take,
          before: after?.[0],
          subjectId: query.subject_id,
          kind: query.kind,
          by: query.by,
          from: query.from,
          until: query.until,
        }),
      cursorOf: (event): [number] => [event.id],
      json: async (_reader, events) => events.map(auditEventJson),
    },
  )
}

function auditEventJson(event: AuditEvent): z.input<typeof AuditEventJson> {
  return {
    id: event.id,
    type: event.type,
    subject_id: event.subjectId,
    actor: event.actor,
    at: toIso(event.at),
    before: withIsoTimes(event.before),
    after: withIsoTimes(event.after),
  }
}

/** Fields that are instants have names that end so, and are integers inside; here they are what they are everywhere. */
function withIsoTimes(fields: unknown): unknown {
  if (fields === null || typeof fields !== 'object') return fields
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isInstantField(name, value) ? toIso(value) : value]),
  )
}
