import type { Instant } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'

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

/** The audit log, newest first; `before` is the id to go on below. */
export async function listEvents(
  reader: Reader,
  page: { limit: number; before?: number; subjectId?: string },
): Promise<AuditEvent[]> {
  let query = reader.selectFrom('event').selectAll().orderBy('id', 'desc').limit(page.limit)
  if (page.before !== undefined) query = query.where('id', '<', page.before)
  if (page.subjectId !== undefined) query = query.where('subject_id', '=', page.subjectId)
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
