import type { DefectId } from '../../defects/defect.ts'
import { listLinkedDefects } from '../../defects/links.ts'
import type { EventType } from '../../events/event-types.ts'
import { batchesToSettle } from '../../sla/record/settle.ts'
import type { Reader } from '../../tx.ts'

/** What a transaction has written about so far. */
export interface Touched {
  incidentIds: string[]
  maintenanceIds: string[]
  /** Those that it tells of, and those that are linked to what it tells of. */
  defectIds: DefectId[]
  /** Those that may wait for a release that it tells of. */
  waitingIds: DefectId[]
  /** What it adds to the audit log, in order. */
  events: EventType[]
  /** Whether subscribers are told of the update that it edits; null when it edits none. */
  tellsOfEdit: boolean | null
}

/**
 * What was written about after an event: every change records one, so nothing is missing. Defects that are linked only
 * after the write are among them; one that is linked no more has an event of its own.
 */
export async function readTouched(reader: Reader, sinceEvent: number): Promise<Touched> {
  const events = await reader
    .selectFrom('event')
    .select(['type', 'subject_id', 'after'])
    .where('id', '>', sinceEvent)
    .orderBy('id')
    .execute()
  const subjects = (prefix: string) => [
    ...new Set(events.filter(({ type }) => type.startsWith(prefix)).map((event) => event.subject_id)),
  ]
  const edits = events.filter(({ type }) => type.endsWith('.update_edited'))
  const incidentIds = subjects('incident.')
  const linked = [...(await listLinkedDefects(reader, incidentIds)).values()].flat()
  const defectIds = [...new Set([...subjects('defect.'), ...subjects('sla.'), ...linked.map(({ id }) => id)])]
  return {
    incidentIds,
    maintenanceIds: subjects('maintenance.'),
    defectIds,
    waitingIds: subjects('release.').length > 0 ? await listWaitingIds(reader) : [],
    events: events.map(({ type }) => type as EventType),
    tellsOfEdit: edits.length === 0 ? null : edits.some(({ after }) => tells(after)),
  }
}

function tells(after: string | null): boolean {
  return after !== null && JSON.parse(after).deliver_notifications === true
}

async function listWaitingIds(reader: Reader): Promise<DefectId[]> {
  const ids: DefectId[] = []
  for await (const defects of batchesToSettle(reader)) ids.push(...defects.map(({ id }) => id))
  return ids
}
