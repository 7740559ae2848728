import type { Instant } from '../../../lib/instant.ts'
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

/**
 * What satisfied a goal (rule 14): the earliest of the events that are strong enough and, for the response, the first
 * human update of a linked incident since the clock was started, by the time it was really posted.
 */
export function evidenceOf(
  goal: GoalName,
  startAt: Instant,
  completions: readonly CompletionEvent[],
  updates: readonly StatusUpdate[],
): Evidence | null {
  const found = completions
    .filter(({ type }) => SATISFYING[goal].includes(type))
    .map((event) => eventEvidence(event, updates))
  if (goal === 'response') {
    found.push(
      ...updates
        .filter((update) => update.authorKind !== 'job' && update.createdAt >= startAt)
        .map((update) => updateEvidence(update.createdAt, update.createdAt, update, null)),
    )
  }
  return found.sort((a, b) => a.at - b.at)[0] ?? null
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

function eventEvidence(event: CompletionEvent, updates: readonly StatusUpdate[]): Evidence {
  const update = updates.find((candidate) => candidate.id === event.incidentUpdateId)
  return update
    ? updateEvidence(event.at, event.createdAt, update, event.note)
    : { kind: 'event', at: event.at, recordedAt: event.createdAt, update: null, note: event.note }
}

function updateEvidence(
  at: Instant,
  recordedAt: Instant,
  update: StatusUpdate,
  note: string | null,
): Evidence {
  return {
    kind: 'update',
    at,
    recordedAt,
    update: {
      incidentId: update.subject.incidentId ?? '',
      updateId: update.id,
      displayAt: update.displayAt,
      postedLater: isPostedLater(update),
    },
    note,
  }
}
