import type { Id } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'
import type { DefectId, Severity } from './defect.ts'

/** What completes a goal, from the weakest to the strongest; a stronger one satisfies the weaker goals. */
export const COMPLETIONS = ['responded', 'workaround', 'fixed'] as const
export type Completion = (typeof COMPLETIONS)[number]

/** What can happen to a defect. */
export const DEFECT_EVENT_TYPES = [
  ...COMPLETIONS,
  'withdrawn',
  'severity_changed',
  'deferred',
  'paused',
  'resumed',
  'replanned',
] as const
export type DefectEventType = (typeof DEFECT_EVENT_TYPES)[number]

/** Why a severity changed: it got worse, it had been judged wrongly, or it turned out milder. */
export const SEVERITY_CHANGES = ['worsened', 'misclassified', 'lowered'] as const
export type SeverityChange = (typeof SEVERITY_CHANGES)[number]

export interface DefectEvent {
  id: Id<'defect_event'>
  defectId: DefectId
  type: DefectEventType
  at: Instant
  /** The public update that says so. */
  incidentUpdateId: string | null
  releaseId: string | null
  /** For `deferred`: the day it is deferred to. */
  untilOn: string | null
  /** For `severity_changed`. */
  severity: { before: Severity; after: Severity; change: SeverityChange } | null
  /** For `withdrawn`: the event that did not hold. */
  withdrawsId: string | null
  /** For `replanned`: the version of its calendar by which open goals count from then on. */
  calendarVersion: number | null
  /** Shown in public, where the defect is. */
  note: string | null
  createdAt: Instant
}

/** What completed a goal, as long as it is not withdrawn. */
export type CompletionEvent = DefectEvent & { type: Completion }

export function isCompletion(event: DefectEvent): event is CompletionEvent {
  return COMPLETIONS.some((it) => it === event.type)
}

/** The events of each defect, oldest first. */
export async function listDefectEvents(
  reader: Reader,
  defectIds: DefectId[],
): Promise<Map<DefectId, DefectEvent[]>> {
  const byDefect = new Map<DefectId, DefectEvent[]>(defectIds.map((id) => [id, []]))
  if (defectIds.length === 0) return byDefect
  const rows = await reader
    .selectFrom('defect_event')
    .selectAll()
    .where('defect_id', 'in', defectIds)
    .orderBy('at')
    .orderBy('created_at')
    .orderBy('number')
    .orderBy('id')
    .execute()
  for (const row of rows) {
    byDefect.get(row.defect_id)?.push({
      id: row.id,
      defectId: row.defect_id,
      type: row.type as DefectEventType,
      at: row.at,
      incidentUpdateId: row.incident_update_id,
      releaseId: row.release_id,
      untilOn: row.until_on,
      severity:
        row.severity === null
          ? null
          : {
              before: row.severity_before as Severity,
              after: row.severity as Severity,
              change: row.severity_change as SeverityChange,
            },
      withdrawsId: row.withdraws_id,
      calendarVersion: row.calendar_version,
      note: row.note,
      createdAt: row.created_at,
    })
  }
  return byDefect
}
