import { z } from '@hono/zod-openapi'
import { type AuditEvent, listEvents } from '../../domain/events/list-events.ts'
import { isId } from '../../lib/ids.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut } from '../input.ts'
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

export function auditRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/audit',
      scope: 'staff:write',
      tag: 'Audit',
      summary: 'Read who changed what, newest first',
      query: z.strictObject({ subject_id: z.string().refine(isId, 'This is not an id.').optional() }),
      item: AuditEventJson,
      cursor: z.tuple([CursorNumber]),
    },
    {
      rows: (reader, { after, take, query }) =>
        listEvents(reader, { limit: take, before: after?.[0], subjectId: query.subject_id }),
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
    before: event.before,
    after: event.after,
  }
}
