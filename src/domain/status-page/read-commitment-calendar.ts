import { listLinkedIncidentIds } from '../defects/links.ts'
import { isOpen } from '../sla/engine/goal-state.ts'
import { readPromises } from '../sla/read-promises.ts'
import { type RevisedGoal, readRevisedGoals } from '../sla/record/goal-revisions.ts'
import type { Reader } from '../tx.ts'
import { listShownDefects, readAudience } from './audience.ts'
import type { CommitmentCalendarView, CommitmentView } from './feed-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'

/** Calendars must learn of what was met, missed or called off; after so many more they have. */
const ENDED_SHOWN = 200

/**
 * Every deadline that is open, and the latest of those that no longer are, by deadline; undefined where the page shows
 * no commitments.
 */
export async function readCommitmentCalendar(
  reader: Reader,
  viewpoint: Viewpoint,
): Promise<CommitmentCalendarView | undefined> {
  const audience = await readAudience(reader, viewpoint)
  if (!audience.seesCommitments) return undefined
  const defects = await listShownDefects(reader, audience)
  const promises = [...(await readPromises(reader, defects, viewpoint.now)).values()]
  const goals = await readRevisedGoals(reader, promises)
  const ended = goals.filter((goal) => !isDue(goal)).sort((a, b) => byLatestChange(a, b) || byId(a, b))
  const shown = [...goals.filter(isDue), ...ended.slice(0, ENDED_SHOWN)]
  return {
    page: await readPageView(reader, viewpoint),
    commitments: await readCommitments(
      reader,
      shown.sort((a, b) => a.revision.deadlineAt - b.revision.deadlineAt || byId(a, b)),
    ),
  }
}

/** Goals with the incidents behind them, in the order given. */
export async function readCommitments(reader: Reader, goals: RevisedGoal[]): Promise<CommitmentView[]> {
  const defectIds = new Set(goals.map(({ promises: { defect } }) => defect.id))
  const incidentIds = await listLinkedIncidentIds(reader, [...defectIds])
  return goals.map((goal) => ({ ...goal, incidentIds: incidentIds.get(goal.promises.defect.id) ?? [] }))
}

function isDue({ goal: { state } }: RevisedGoal): boolean {
  return isOpen(state.verdict) && state.deadlineAt !== null
}

function byLatestChange(a: RevisedGoal, b: RevisedGoal): number {
  return b.revision.changedAt - a.revision.changedAt
}

function byId(a: RevisedGoal, b: RevisedGoal): number {
  const [one, other] = [a, b].map(({ promises, goal }) => `${promises.defect.id} ${goal.goal}`)
  return (one ?? '') < (other ?? '') ? -1 : 1
}
