/** What the feeds and the calendar show; `read-feed.ts` makes these values and `render/` writes them down. */
import type { Instant } from '../../lib/instant.ts'
import type { RevisedGoal } from '../sla/record/goal-revisions.ts'
import type { IncidentView, MaintenanceView, PageView, StatusChange, UpdateView } from './views.ts'

/** Incidents and maintenances of the page, or of one component. */
export interface FeedView {
  page: PageView
  /** The component that the feed is about; null for the whole page. */
  component: { id: string; name: string } | null
  incidents: IncidentView[]
  maintenances: MaintenanceView[]
  /** The latest change of anything in it; when the page was made, as long as nothing has happened. */
  updatedAt: Instant
}

/** Maintenance windows, cancelled ones included. */
export interface CalendarView {
  page: PageView
  maintenances: MaintenanceView[]
}

/** A goal that has, or had, a deadline, with the incidents that its defect is linked to. */
export interface CommitmentView extends RevisedGoal {
  incidentIds: string[]
}

/** By deadline; those that are met, deferred, missed or paused included. */
export interface CommitmentCalendarView {
  page: PageView
  commitments: CommitmentView[]
}

/** One update as it was first posted: what chat tools read must never change under its id. */
export interface FeedUpdate {
  id: string
  subject: { kind: 'incident' | 'maintenance'; id: string; name: string }
  status: UpdateView['status']
  /** Markdown as first typed. */
  body: string
  postedAt: Instant
  changes: StatusChange[]
}

export interface FeedUpdatesView {
  page: PageView
  /** Newest first by the time they were posted. */
  updates: FeedUpdate[]
  updatedAt: Instant
}
