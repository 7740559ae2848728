import type { Instant } from '../../../lib/instant.ts'
import type { DefectId } from '../../defects/defect.ts'
import { type DefectEvent, isCompletion, listDefectEvents } from '../../defects/defect-events.ts'
import { listReleasePlans } from '../../defects/releases.ts'
import type { EventType } from '../../events/event-types.ts'
import type { Reader } from '../../tx.ts'
import { isNextRelease } from '../engine/goal-terms.ts'
import type { DefectPromises, GoalPromise } from '../promises.ts'
import { type DeadlineRecord, hasMoved, listDeadlines } from './deadlines.ts'
import { listVerdicts, unrecordedVerdict, type VerdictRecord } from './verdicts.ts'

/** How a goal's deadline came to be as it is, for whoever keeps a copy of it. */
export interface GoalRevision {
  /** How often the deadline or the verdict has become another one since there was a first deadline. It only grows. */
  number: number
  /** The deadline, or the last one that was known: a pause takes it away for a while. */
  deadlineAt: Instant
  /** When anything was last told of its defect, or became of the goal by itself. */
  changedAt: Instant
}

/** A goal that has, or had, a deadline. */
export interface RevisedGoal {
  promises: DefectPromises
  goal: GoalPromise
  revision: GoalRevision
}

/**
 * The goals of some defects that have, or had, a deadline, each with its revision. What is computed and not yet written
 * down counts as if it were: a job that comes round later, or never, changes nothing here.
 */
export async function readRevisedGoals(reader: Reader, promises: DefectPromises[]): Promise<RevisedGoal[]> {
  const ids = promises.map(({ defect }) => defect.id)
  if (ids.length === 0) return []
  const deadlines = await listDeadlines(reader, ids)
  const verdicts = Map.groupBy(await listVerdicts(reader, ids), ({ defectId }) => defectId)
  const events = await listDefectEvents(reader, ids)
  const toldAt = await readLastChanges(reader, ids)
  const plannedAt = Math.max(...(await listReleasePlans(reader)).map(({ at }) => at))
  return promises.flatMap((it) =>
    it.goals.flatMap((goal) => {
      const { id } = it.defect
      const history: GoalHistory = {
        deadlines: (deadlines.get(id) ?? []).filter((record) => record.goal === goal.goal),
        verdicts: (verdicts.get(id) ?? []).filter((record) => record.goal === goal.goal),
        completions: (events.get(id) ?? []).filter(isCompletion),
      }
      const deadlineAt = lastDeadline(goal, history)
      if (deadlineAt === null) return []
      const waitsForRelease = isNextRelease(goal.term)
      const changedAt = Math.max(
        toldAt.get(id) ?? it.pinnedAt ?? it.defect.createdAt,
        waitsForRelease ? plannedAt : 0,
        lastChange(goal, history),
      )
      return [
        { promises: it, goal, revision: { number: revisionNumber(goal, history), deadlineAt, changedAt } },
      ]
    }),
  )
}

/** What was written down of one goal, oldest first. */
interface GoalHistory {
  deadlines: DeadlineRecord[]
  verdicts: VerdictRecord[]
  /** Of the defect, those that were withdrawn among them. */
  completions: DefectEvent[]
}

function lastDeadline({ state }: GoalPromise, { deadlines }: GoalHistory): Instant | null {
  return state.deadlineAt ?? deadlines.findLast((record) => record.deadlineAt !== null)?.deadlineAt ?? null
}

/** What moved without anybody telling of the defect itself. */
function lastChange({ state, evidence }: GoalPromise, { deadlines }: GoalHistory): Instant {
  const moved = deadlines.filter(({ why }) => why === 'time_zone_database').map((record) => record.recordedAt)
  return Math.max(state.verdictAt ?? 0, evidence?.recordedAt ?? 0, ...moved)
}

function revisionNumber(goal: GoalPromise, history: GoalHistory): number {
  const { deadlines, verdicts } = history
  const pending = unrecordedVerdict(goal, verdicts.at(-1))
  const steps = [
    ...verdicts.map(({ verdict, completedAt }) => ({ verdict, completedAt })),
    ...(pending === null ? [] : [{ verdict: pending, completedAt: goal.state.completedAt }]),
  ]
  const unwritten = steps.filter(
    ({ verdict, completedAt }, index) =>
      verdict === 'met' && isUndecided(steps[index - 1]?.verdict) && wasMissed(completedAt, history),
  )
  const moves = deadlines.length + (hasMoved(goal, deadlines.at(-1)) ? 1 : 0)
  return moves + steps.length + unwritten.length - 1
}

function isUndecided(verdict: VerdictRecord['verdict'] | undefined): boolean {
  return verdict === undefined || verdict === 'withdrawn'
}

/**
 * Whether a goal that was met was missed for a while, because nobody had told yet. A job that came round meanwhile has
 * written that down, so it counts where none did.
 */
function wasMissed(completedAt: Instant | null, history: GoalHistory): boolean {
  if (completedAt === null) return false
  const { completions, deadlines } = history
  const knownAt = completions.find(({ at }) => at === completedAt)?.createdAt ?? completedAt
  const inForce = deadlines.findLast(({ recordedAt }) => recordedAt < knownAt)?.deadlineAt ?? null
  return inForce !== null && inForce < knownAt
}

/** What people tell of a defect. Not what the jobs write down of it: that may come at any time. */
const TOLD: EventType[] = [
  'defect.confirmed',
  'defect.edited',
  'defect.event',
  'defect.linked',
  'defect.unlinked',
]

async function readLastChanges(reader: Reader, ids: DefectId[]): Promise<Map<DefectId, Instant>> {
  const rows = await reader
    .selectFrom('event')
    .select(({ fn }) => ['subject_id', fn.max<number>('at').as('at')])
    .where('subject_id', 'in', ids)
    .where('type', 'in', TOLD)
    .groupBy('subject_id')
    .execute()
  return new Map(rows.map(({ subject_id, at }) => [subject_id, at]))
}
