import type { ExpressionBuilder } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'
import type { EventType } from './event-types.ts'

/** One line of the audit log. */
export interface AuditEvent {
  id: number
  type: string
  subjectId: string
  actor: { kind: string; id: string | null; name: string }
  at: Instant
  before: unknown
  after: unknown
}

/** Which events are looked for; what is left out is not asked for. */
export interface EventFilter {
  subjectId?: string | undefined
  /** What types begin with: `incident` finds `incident.opened` and not `incident_template.created`. */
  kind?: string | undefined
  /** The same, of those that are left out. */
  exceptKind?: string | undefined
  type?: EventType | undefined
  /** The name of whoever acted. */
  by?: string | undefined
  /** In `[from, until)`. */
  from?: Instant | undefined
  until?: Instant | undefined
}

/** The audit log, newest first; `before` is the id to go on below. */
export async function listEvents(
  reader: Reader,
  page: EventFilter & { limit: number; before?: number | undefined },
): Promise<AuditEvent[]> {
  let query = reader.selectFrom('event').selectAll().orderBy('id', 'desc').limit(page.limit)
  const { before, subjectId, kind, exceptKind, type, by, from, until } = page
  if (before !== undefined) query = query.where('id', '<', before)
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId)
  // Between two texts, because an underscore stands for anything in `like`.
  if (kind !== undefined) query = query.where('type', '>=', `${kind}.`).where('type', '<', `${kind}/`)
  if (exceptKind !== undefined) query = query.where(notOfKind(exceptKind))
  if (type !== undefined) query = query.where('type', '=', type)
  if (by !== undefined) query = query.where('actor_name', '=', by)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (until !== undefined) query = query.where('at', '<', until)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    subjectId: row.subject_id,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    at: row.at,
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
  }))
}

/** Events of any type that does not begin so. */
export function notOfKind(kind: string) {
  return (eb: ExpressionBuilder<Schema, 'event'>) =>
    eb.or([eb('type', '<', `${kind}.`), eb('type', '>=', `${kind}/`)])
}
