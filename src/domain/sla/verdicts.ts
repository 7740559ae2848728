import { newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { type Defect, type DefectId, toDefect } from '../defects/defect.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import type { Verdict } from './goal-state.ts'
import type { DefectPromises, GoalPromise } from './promises.ts'
import { readPromises } from './read-promises.ts'
import type { GoalName } from './terms.ts'

/** Verdicts that are final: what is recorded once and counted in the public record. */
const FINAL: Verdict[] = ['met', 'missed', 'deferred']

/** A verdict as it was recorded; later edits never change it. */
export interface VerdictRecord {
  defectId: DefectId
  goal: GoalName
  verdict: Verdict
  deadlineAt: Instant | null
  completedAt: Instant | null
  recordedAt: Instant
}

/**
 * Records the verdicts that defects have reached and that the record does not say yet, with everything that went into
 * them (rule 17). Recording later, or not at all, changes no verdict: they are computed, this is their proof. An event
 * that is recorded late may change one; the earlier verdict then stays in the record, before the new one.
 * @returns how many were recorded
 */
export async function recordVerdicts(tx: Tx, defects: Defect[]): Promise<number> {
  const unrecorded = await listUnrecorded(tx.db, defects, tx.now)
  for (const { promises, goal } of unrecorded) await insertVerdict(tx, promises, goal)
  return unrecorded.length
}

/** The verdicts of some defects that are reached at `now` and that the record does not say. */
export async function listUnrecorded(
  reader: Reader,
  defects: Defect[],
  now: Instant,
): Promise<{ promises: DefectPromises; goal: GoalPromise }[]> {
  const latest = new Map<string, Verdict>()
  for (const { defectId, goal, verdict } of await listVerdicts(
    reader,
    defects.map(({ id }) => id),
  )) {
    latest.set(`${defectId} ${goal}`, verdict)
  }
  return [...(await readPromises(reader, defects, now)).values()].flatMap((promises) =>
    promises.goals
      .filter(({ state }) => FINAL.includes(state.verdict))
      .filter(({ goal, state }) => latest.get(`${promises.defect.id} ${goal}`) !== state.verdict)
      .map((goal) => ({ promises, goal })),
  )
}

/**
 * Confirmed defects with a goal that has no recorded verdict yet, in order of their id, after a cursor.
 * Goals without a promise never get one, so some defects are listed each time; they are looked at many at once.
 */
export async function listDefectsToJudge(
  reader: Reader,
  options: { after: DefectId; limit: number },
): Promise<Defect[]> {
  const rows = await reader
    .selectFrom('defect')
    .selectAll()
    .where('confirmed_at', 'is not', null)
    .where('id', '>', options.after)
    .where((eb) =>
      eb(
        eb
          .selectFrom('sla_verdict')
          .whereRef('sla_verdict.defect_id', '=', 'defect.id')
          .select((inner) => inner.fn.count<number>('sla_verdict.goal').distinct().as('judged')),
        '<',
        3,
      ),
    )
    .orderBy('id')
    .limit(options.limit)
    .execute()
  return rows.map(toDefect)
}

/** Recorded verdicts of some defects, oldest first. */
export async function listVerdicts(reader: Reader, defectIds: DefectId[]): Promise<VerdictRecord[]> {
  if (defectIds.length === 0) return []
  const rows = await reader
    .selectFrom('sla_verdict')
    .selectAll()
    .where('defect_id', 'in', defectIds)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    defectId: row.defect_id,
    goal: row.goal as GoalName,
    verdict: row.verdict as Verdict,
    deadlineAt: row.deadline_at,
    completedAt: row.completed_at,
    recordedAt: row.recorded_at,
  }))
}

async function insertVerdict(tx: Tx, { defect, terms }: DefectPromises, promise: GoalPromise): Promise<void> {
  if (!terms) return
  const { goal, term, state } = promise
  await tx.db
    .insertInto('sla_verdict')
    .values({
      id: newId(),
      defect_id: defect.id,
      goal,
      verdict: state.verdict,
      deadline_at: state.deadlineAt,
      completed_at: state.completedAt,
      policy_id: terms.policy.id,
      policy_version: terms.policy.version,
      calendar_id: terms.calendar.id,
      calendar_version: terms.calendar.version,
      tz_version: process.versions.tz ?? 'unknown',
      inputs: JSON.stringify({
        severity: defect.severity,
        term,
        starts_at: defect.confirmedAt,
        completed_at: promise.evidence?.at ?? null,
        deferred_at: promise.deferral?.at ?? null,
        evidence: promise.evidence,
      }),
      recorded_at: tx.now,
    })
    .execute()
  await record(tx, 'sla.verdict_recorded', defect.id, {
    after: { goal, verdict: state.verdict, deadline_at: state.deadlineAt, completed_at: state.completedAt },
  })
}
