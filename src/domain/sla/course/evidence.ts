import { HOUR_MS, type Instant } from '../../../lib/instant.ts'
import type { Completion, CompletionEvent } from '../../defects/defect-events.ts'
import { isPostedLater, type StatusUpdate } from '../../updates/status-update.ts'
import type { GoalName } from '../engine/goal-terms.ts'
import type { Evidence, GoalPromise } from '../promises.ts'

/** What is strong enough for a goal: a fix is a workaround too, and either is a response. */
export const SATISFYING: Record<GoalName, readonly Completion[]> = {
  response: ['responded', 'workaround', 'fixed'],
  workaround: ['workaround', 'fixed'],
  fix: ['fixed'],
}

/** The goal that a completion is recorded for. */
export const GOAL_OF = {
  responded: 'response',
  workaround: 'workaround',
  fixed: 'fix',
} as const satisfies Record<Completion, GoalName>

/** An update of a linked incident. */
export interface LinkedUpdate extends StatusUpdate {
  linkedAt: Instant
}

/** What is known of a defect when its evidence is looked for. */
interface Known {
  startAt: Instant
  /** When the confirmation was written down. */
  pinnedAt: Instant
  /** That hold. */
  completions: readonly CompletionEvent[]
  updates: readonly LinkedUpdate[]
  /** Whether the goal was missed or deferred at an instant, as long as nothing completed it. */
  wasLost(at: Instant): boolean
}

/** Who writes everything down afterwards links it in one sitting with the confirmation. */
const SITTING_MS = HOUR_MS

/**
 * What satisfied a goal (rule 14): the earliest of the events that are strong enough and, for the response, the first
 * human update of a linked incident since the clock was started, by the time it was really posted.
 */
export function evidenceOf(goal: GoalName, known: Known): Evidence | null {
  const found = known.completions
    .filter(({ type }) => SATISFYING[goal].includes(type))
    .map((event) => eventEvidence(event, known.updates))
  if (goal === 'response') {
    found.push(
      ...known.updates
        .filter((update) => update.authorKind !== 'job' && update.createdAt >= known.startAt)
        .map((update) => responseBy(update, known)),
    )
  }
  return found.sort((a, b) => a.at - b.at)[0] ?? null
}

/**
 * Nobody could read an update as an answer before its incident was linked. Where the response was missed or deferred by
 * then, it counts from the link: no link takes a miss away. What was all written down afterwards never showed a miss.
 */
function responseBy(update: LinkedUpdate, { wasLost, pinnedAt }: Known): Evidence {
  const { createdAt, linkedAt } = update
  const isOneSitting = linkedAt - pinnedAt <= SITTING_MS && linkedAt > createdAt && wasLost(pinnedAt)
  const linkedLater = linkedAt > createdAt && !isOneSitting && wasLost(linkedAt)
  const at = linkedLater ? linkedAt : createdAt
  return updateEvidence({ at, recordedAt: at, update, note: null, linkedLater })
}

/** The completion that the evidence for a goal is; undefined where an update says it by itself. */
export function completionBehind(
  { goal, evidence }: Pick<GoalPromise, 'goal' | 'evidence'>,
  completions: readonly CompletionEvent[],
): CompletionEvent | undefined {
  return completions.find(
    ({ type, at, createdAt }) =>
      SATISFYING[goal].includes(type) && at === evidence?.at && createdAt === evidence.recordedAt,
  )
}

function eventEvidence(event: CompletionEvent, updates: readonly LinkedUpdate[]): Evidence {
  const { at, createdAt: recordedAt, note } = event
  const update = updates.find((candidate) => candidate.id === event.incidentUpdateId)
  return update
    ? updateEvidence({ at, recordedAt, update, note, linkedLater: false })
    : { kind: 'event', at, recordedAt, update: null, note }
}

function updateEvidence({
  update,
  linkedLater,
  ...evidence
}: Pick<Evidence, 'at' | 'recordedAt' | 'note'> & {
  update: StatusUpdate
  linkedLater: boolean
}): Evidence {
  return {
    kind: 'update',
    ...evidence,
    update: {
      incidentId: update.subject.incidentId ?? '',
      updateId: update.id,
      displayAt: update.displayAt,
      postedLater: isPostedLater(update),
      linkedLater,
    },
  }
}
