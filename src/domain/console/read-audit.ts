import { type AuditEvent, type EventFilter, listEvents } from '../events/list-events.ts'
import { readPageView } from '../status-page/page-view.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { type AuditSubject, readAuditSubjects } from './audit-subjects.ts'

/** One line of the audit trail, with what it is about. */
export interface AuditLine {
  event: AuditEvent
  subject: AuditSubject
  changes: AuditChange[]
}

/** A field that an event tells of; undefined where it says nothing of how it was, or is. */
export interface AuditChange {
  field: string
  before: unknown
  after: unknown
}

const ON_A_PAGE = 50

/** The trail, newest first, below an event where one is given; names of whoever has ever acted, to choose from. */
export async function readAudit(
  reader: Reader,
  viewpoint: Viewpoint,
  filter: EventFilter & { below?: number | undefined },
): Promise<{ page: PageView; lines: AuditLine[]; next: number | null; names: string[] }> {
  const { below, ...asked } = filter
  const found = await listEvents(reader, { ...asked, limit: ON_A_PAGE + 1, before: below })
  const events = found.slice(0, ON_A_PAGE)
  const subjectOf = await readAuditSubjects(reader, events)
  return {
    page: await readPageView(reader, viewpoint),
    lines: events.map((event) => ({ event, subject: subjectOf(event), changes: changesIn(event) })),
    next: found.length > ON_A_PAGE ? (events.at(-1)?.id ?? null) : null,
    names: await listActorNames(reader),
  }
}

/** What changed, field by field; what stayed as it was is not told. */
function changesIn({ type, before, after }: AuditEvent): AuditChange[] {
  // A sign-in is told by its sentence: all that is left to say is the number of the session.
  if (type.startsWith('session.')) return []
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...Object.keys(now), ...Object.keys(old)])]
  return names
    .map((field) => ({ field, before: old[field], after: now[field] }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

async function listActorNames(reader: Reader): Promise<string[]> {
  const rows = await reader
    .selectFrom('event')
    .select('actor_name')
    .distinct()
    .orderBy('actor_name')
    .execute()
  return rows.map((row) => row.actor_name)
}
