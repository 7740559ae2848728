import { newId } from '../../../lib/ids.ts'
import type { Instant } from '../../../lib/instant.ts'
import { TIME_ZONE_DATABASE } from '../../../lib/time-zones.ts'
import { type DefectId, isConfidential } from '../../defects/defect.ts'
import { record } from '../../events/record.ts'
import type { Reader, Tx } from '../../tx.ts'
import type { Verdict } from '../engine/goal-state.ts'
import type { GoalName } from '../engine/goal-terms.ts'
import type { DefectPromises, GoalPromise } from '../promises.ts'

/** Verdicts that are final: what is recorded once and counted in the public record. */
const FINAL: Verdict[] = ['met', 'missed', 'deferred']

/** What the record says: a final verdict, or that the last one was withdrawn with what it rested on. */
export type RecordedVerdict = Verdict | 'withdrawn'

/** A verdict as it was recorded; later edits never change it. */
export interface VerdictRecord {
  defectId: DefectId
  goal: GoalName
  verdict: RecordedVerdict
  deadlineAt: Instant | null
  completedAt: Instant | null
  recordedAt: Instant
}

/** Recorded verdicts of some defects, of each goal the oldest first. */
export async function listVerdicts(reader: Reader, defectIds: DefectId[]): Promise<VerdictRecord[]> {
  if (defectIds.length === 0) return []
  const rows = await reader
    .selectFrom('sla_verdict')
    .selectAll()
    .where('defect_id', 'in', defectIds)
    // Not by their times: a clock that was set back gives a later record an earlier one.
    .orderBy('number')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    defectId: row.defect_id,
    goal: row.goal as GoalName,
    verdict: row.verdict as RecordedVerdict,
    deadlineAt: row.deadline_at,
    completedAt: row.completed_at,
    recordedAt: row.recorded_at,
  }))
}

/**
 * What the record should say next of a goal, by what it said last; null: it says all, or by a clock that was set back the
 * last has yet to come.
 */
export function unrecordedVerdict(
  { state }: GoalPromise,
  last: Pick<VerdictRecord, 'verdict' | 'recordedAt'> | undefined,
): RecordedVerdict | null {
  if (last !== undefined && last.recordedAt > state.asOf) return null
  if (FINAL.includes(state.verdict)) return state.verdict === last?.verdict ? null : state.verdict
  return last === undefined || last.verdict === 'withdrawn' ? null : 'withdrawn'
}

/**
 * Appends a verdict with everything that went into it (rule 17), so that anybody can compute it again. An event that is
 * recorded late may change one; the earlier verdict then stays in the record, before the new one.
 */
export async function insertVerdict(
  tx: Tx,
  { defect, terms }: DefectPromises,
  promise: GoalPromise,
  verdict: RecordedVerdict,
): Promise<void> {
  if (!terms) return
  const { goal, state, calendar } = promise
  const { records } = await tx.db
    .selectFrom('sla_verdict')
    .select((eb) => eb.fn.countAll<number>().as('records'))
    .where('defect_id', '=', defect.id)
    .where('goal', '=', goal)
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('sla_verdict')
    .values({
      id: newId(),
      defect_id: defect.id,
      goal,
      number: records + 1,
      verdict,
      deadline_at: state.deadlineAt,
      completed_at: state.completedAt,
      contract_id: terms.contract?.id ?? null,
      contract_version: terms.contract?.version ?? null,
      policy_id: terms.policy.id,
      policy_version: terms.policy.version,
      calendar_id: calendar.id,
      calendar_version: calendar.version,
      tz_version: TIME_ZONE_DATABASE,
      inputs: JSON.stringify({ ...promise.input, evidence: promise.evidence }),
      recorded_at: tx.now,
    })
    .execute()
  // A deadline tells the terms of a contract.
  const instants = isConfidential(defect)
    ? {}
    : { deadline_at: state.deadlineAt, completed_at: state.completedAt }
  await record(tx, 'sla.verdict_recorded', defect.id, { after: { goal, verdict, ...instants } })
}
