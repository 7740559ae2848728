import type { Instant } from '../../../lib/instant.ts'
import { TIME_ZONE_DATABASE } from '../../../lib/time-zones.ts'
import { type Defect, type DefectId, isConfidential, toDefect } from '../../defects/defect.ts'
import { record } from '../../events/record.ts'
import type { Reader, Tx } from '../../tx.ts'
import { isOpen } from '../engine/goal-state.ts'
import type { GoalName } from '../engine/goal-terms.ts'
import type { DefectPromises, GoalPromise } from '../promises.ts'

/** A deadline as it was computed at one time. Where it moved, the next record says so; none is ever changed. */
export interface DeadlineRecord {
  defectId: DefectId
  goal: GoalName
  /** 1 for the first one of a goal. */
  number: number
  /** Null: none was known, as for the next release or during a pause. */
  deadlineAt: Instant | null
  atRiskAt: Instant | null
  /** Version of the time-zone database that it was computed with. */
  timeZoneDatabase: string
  /** An event moved it, or only a newer time-zone database did. */
  why: 'event' | 'time_zone_database'
  recordedAt: Instant
}

/** The recorded deadlines of each defect, oldest first. */
export async function listDeadlines(
  reader: Reader,
  defectIds: DefectId[],
): Promise<Map<DefectId, DeadlineRecord[]>> {
  if (defectIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('sla_deadline')
    .selectAll()
    .where('defect_id', 'in', defectIds)
    .orderBy('number')
    .execute()
  const records = rows.map(
    (row): DeadlineRecord => ({
      defectId: row.defect_id,
      goal: row.goal as GoalName,
      number: row.number,
      deadlineAt: row.deadline_at,
      atRiskAt: row.at_risk_at,
      timeZoneDatabase: row.tz_version,
      why: row.why as DeadlineRecord['why'],
      recordedAt: row.recorded_at,
    }),
  )
  return Map.groupBy(records, ({ defectId }) => defectId)
}

/**
 * Public defects with a deadline on record by which no verdict is on record yet, or was withdrawn: nobody else's promises
 * change unless somebody writes. Whatever makes a deadline records it in its own transaction.
 */
export async function listPublicDefectsDue(reader: Reader): Promise<Defect[]> {
  const rows = await reader
    .selectFrom('defect')
    .selectAll()
    .where('public', '=', 1)
    .where((defect) => {
      const due = defect
        .selectFrom('sla_deadline')
        .select('goal')
        .whereRef('sla_deadline.defect_id', '=', 'defect.id')
        .where('deadline_at', 'is not', null)
        .where(({ exists, not, selectFrom }) =>
          not(
            exists(
              selectFrom('sla_verdict')
                .select('id')
                .whereRef('sla_verdict.defect_id', '=', 'sla_deadline.defect_id')
                .whereRef('sla_verdict.goal', '=', 'sla_deadline.goal'),
            ),
          ),
        )
      const withdrawn = defect
        .selectFrom('sla_verdict')
        .select('id')
        .whereRef('sla_verdict.defect_id', '=', 'defect.id')
        .where('verdict', '=', 'withdrawn')
      return defect.or([defect.exists(due), defect.exists(withdrawn)])
    })
    .orderBy('id')
    .execute()
  return rows.map(toDefect)
}

/**
 * Whether a deadline is another one than was recorded last; what has none needs no record to begin with. One by which
 * the verdict has fallen is held as it was recorded, so it has not moved; nor has one that was recorded later than now, by
 * a clock that was set back since.
 */
export function hasMoved({ state, input }: GoalPromise, last: DeadlineRecord | undefined): boolean {
  if (last !== undefined && last.recordedAt > state.asOf) return false
  const isHeld = input.held != null && input.held.deadlineAt === state.deadlineAt
  if (isHeld && !isOpen(state.verdict)) return false
  return (last?.deadlineAt ?? null) !== state.deadlineAt || (last?.atRiskAt ?? null) !== state.atRiskAt
}

export async function insertDeadline(
  tx: Tx,
  { defect }: DefectPromises,
  { goal, state }: GoalPromise,
  last: DeadlineRecord | undefined,
  why: DeadlineRecord['why'],
): Promise<void> {
  await tx.db
    .insertInto('sla_deadline')
    .values({
      defect_id: defect.id,
      goal,
      number: (last?.number ?? 0) + 1,
      deadline_at: state.deadlineAt,
      at_risk_at: state.atRiskAt,
      tz_version: TIME_ZONE_DATABASE,
      why,
      recorded_at: tx.now,
    })
    .execute()
  // A deadline tells the terms of a contract.
  const deadline = isConfidential(defect) ? {} : { deadline_at: state.deadlineAt }
  await record(tx, 'sla.deadline_set', defect.id, { after: { goal, why, ...deadline } })
}
