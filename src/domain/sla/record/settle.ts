import type { Instant } from '../../../lib/instant.ts'
import { TIME_ZONE_DATABASE } from '../../../lib/time-zones.ts'
import { type Defect, type DefectId, toDefect } from '../../defects/defect.ts'
import { getPage } from '../../page.ts'
import type { Reader, Tx } from '../../tx.ts'
import { GOALS, type GoalName } from '../engine/goal-terms.ts'
import type { DefectPromises, GoalPromise } from '../promises.ts'
import { readPromises } from '../read-promises.ts'
import { type Announcement, announce, listUnannounced } from './announcements.ts'
import { type DeadlineRecord, hasMoved, insertDeadline, listDeadlines } from './deadlines.ts'
import { insertVerdict, listVerdicts, type RecordedVerdict, unrecordedVerdict } from './verdicts.ts'

/** Deadlines that moved, verdicts that fell and what is to be announced, as far as nothing says so yet. */
interface Unsettled {
  deadlines: { promises: DefectPromises; goal: GoalPromise; last: DeadlineRecord | undefined }[]
  verdicts: { promises: DefectPromises; goal: GoalPromise; verdict: RecordedVerdict }[]
  announcements: Announcement[]
}

/** A deadline that only a newer time-zone database moved. It may be a contract's, so a log gets no more than this. */
export interface MovedDeadline {
  defectId: DefectId
  goal: GoalName
}

/**
 * Writes down what the promises of some defects have come to. Doing it later, or not at all, changes no verdict: they are
 * computed, this is their proof.
 * @returns how many records were made
 */
export async function settleDefects(tx: Tx, defects: Defect[]): Promise<number> {
  const unsettled = await readUnsettled(tx.db, defects, tx.now)
  for (const { promises, goal, last } of unsettled.deadlines)
    await insertDeadline(tx, promises, goal, last, 'event')
  for (const { promises, goal, verdict } of unsettled.verdicts)
    await insertVerdict(tx, promises, goal, verdict)
  for (const announcement of unsettled.announcements) await announce(tx, announcement)
  return countOf(unsettled)
}

/**
 * Computes every open deadline again where the one on record was made with another time-zone database, and writes down
 * those that moved. Verdicts that have fallen stay (rule 17).
 */
export async function recomputeDeadlines(tx: Tx): Promise<MovedDeadline[]> {
  const moved: MovedDeadline[] = []
  for await (const defects of batchesToSettle(tx.db)) {
    const { deadlines } = await readUnsettled(tx.db, defects, tx.now)
    for (const { promises, goal, last } of deadlines) {
      if (last === undefined || last.timeZoneDatabase === TIME_ZONE_DATABASE) continue
      await insertDeadline(tx, promises, goal, last, 'time_zone_database')
      moved.push({ defectId: promises.defect.id, goal: goal.goal })
    }
  }
  return moved
}

/** Those of some defects for which something is to be written down at `now`. */
export async function findUnsettled(reader: Reader, defects: Defect[], now: Instant): Promise<Defect[]> {
  const { deadlines, verdicts, announcements } = await readUnsettled(reader, defects, now)
  return [...new Set([...deadlines, ...verdicts, ...announcements].map(({ promises }) => promises.defect))]
}

const BATCH = 50

/**
 * Confirmed defects with a goal that has no verdict on record, or had one withdrawn, a batch at a time. Goals without a
 * promise never get one, so some defects are looked at each time.
 */
export async function* batchesToSettle(reader: Reader): AsyncGenerator<Defect[]> {
  for (let after: DefectId = ''; ; ) {
    const defects = await listDefectsToSettle(reader, after)
    if (defects.length > 0) yield defects
    const last = defects.at(-1)
    if (!last || defects.length < BATCH) return
    after = last.id
  }
}

/** Defects with a verdict on record that was reached without a deadline, so by a release, a batch at a time. */
export async function* batchesJudgedByRelease(reader: Reader): AsyncGenerator<Defect[]> {
  const rows = await reader
    .selectFrom('defect')
    .selectAll()
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('sla_verdict')
        .select('defect_id')
        .where('deadline_at', 'is', null)
        .where('verdict', 'in', ['met', 'missed']),
    )
    .orderBy('id')
    .execute()
  for (let start = 0; start < rows.length; start += BATCH) {
    yield rows.slice(start, start + BATCH).map(toDefect)
  }
}

async function listDefectsToSettle(reader: Reader, after: DefectId): Promise<Defect[]> {
  const rows = await reader
    .selectFrom('defect')
    .selectAll()
    .where('confirmed_at', 'is not', null)
    .where('id', '>', after)
    .where((eb) => {
      const own = eb.selectFrom('sla_verdict').whereRef('sla_verdict.defect_id', '=', 'defect.id')
      const judged = own.select((inner) => inner.fn.count<number>('sla_verdict.goal').distinct().as('judged'))
      const withdrawn = own.select('id').where('verdict', '=', 'withdrawn')
      return eb.or([eb(judged, '<', GOALS.length), eb.exists(withdrawn)])
    })
    .orderBy('id')
    .limit(BATCH)
    .execute()
  return rows.map(toDefect)
}

async function readUnsettled(reader: Reader, defects: Defect[], now: Instant): Promise<Unsettled> {
  const ids = defects.map(({ id }) => id)
  const promises = [...(await readPromises(reader, defects, now)).values()]
  const records = await listDeadlines(reader, ids)
  const recorded = new Map(
    (await listVerdicts(reader, ids)).map((last) => [`${last.defectId} ${last.goal}`, last]),
  )
  const goals = promises.flatMap((it) => it.goals.map((goal) => ({ promises: it, goal })))
  const { commitments } = await getPage(reader)
  return {
    deadlines: goals
      .map(({ promises, goal }) => {
        const last = records.get(promises.defect.id)?.findLast((record) => record.goal === goal.goal)
        return { promises, goal, last }
      })
      .filter(({ goal, last }) => hasMoved(goal, last)),
    verdicts: goals.flatMap(({ promises, goal }) => {
      const verdict = unrecordedVerdict(goal, recorded.get(`${promises.defect.id} ${goal.goal}`))
      return verdict === null ? [] : [{ promises, goal, verdict }]
    }),
    announcements: commitments === 'off' ? [] : await listUnannounced(reader, promises),
  }
}

function countOf({ deadlines, verdicts, announcements }: Unsettled): number {
  return deadlines.length + verdicts.length + announcements.length
}
