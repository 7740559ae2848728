import type { Selectable } from 'kysely'
import type { StatusUpdateTable } from '../../db/schema.ts'
import type { Id } from '../../lib/ids.ts'
import { type Instant, MINUTE_MS } from '../../lib/instant.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import type { Actor } from '../tx.ts'

export type StatusUpdateId = Id<'status_update'>

/** A public update of an incident or a maintenance. */
export interface StatusUpdate {
  id: StatusUpdateId
  /** The incident or the maintenance it belongs to. */
  subject: Subject
  /** 1 for the first one posted. */
  number: number
  status: string
  /** Markdown as typed. */
  body: string
  /** When it was really posted. */
  createdAt: Instant
  /** When it is shown to have happened. */
  displayAt: Instant
  updatedAt: Instant
  editedAt: Instant | null
  deliverNotifications: boolean
  authorKind: Actor['kind']
  /** What it said about components, in the order given. */
  components: UpdateComponent[]
}

export type Subject =
  | { incidentId: string; maintenanceId?: never }
  | { maintenanceId: string; incidentId?: never }

export interface UpdateComponent {
  componentId: string
  /** The component's name at that time. */
  name: string
  oldStatus: ComponentStatus
  newStatus: ComponentStatus
}

/** An earlier text of an update. */
export interface StatusUpdateEdit {
  updateId: StatusUpdateId
  status: string
  body: string
  displayAt: Instant
  replacedAt: Instant
  actorName: string
}

/** Whether it was posted at least a minute after the time that is shown: the page then says so. */
export function isPostedLater(update: { createdAt: Instant; displayAt: Instant }): boolean {
  return update.createdAt - update.displayAt >= MINUTE_MS
}

/** In the order of the timeline: by the time shown, then by the time posted, then by number. */
export function byDisplay(a: StatusUpdate, b: StatusUpdate): number {
  return a.displayAt - b.displayAt || a.createdAt - b.createdAt || a.number - b.number
}

export function toStatusUpdate(
  row: Selectable<StatusUpdateTable>,
  components: UpdateComponent[],
): StatusUpdate {
  return {
    id: row.id,
    subject:
      row.incident_id === null
        ? { maintenanceId: row.maintenance_id ?? '' }
        : { incidentId: row.incident_id },
    number: row.number,
    status: row.status,
    body: row.body,
    createdAt: row.created_at,
    displayAt: row.display_at,
    updatedAt: row.updated_at,
    editedAt: row.edited_at,
    deliverNotifications: row.deliver_notifications === 1,
    authorKind: row.author_kind as Actor['kind'],
    components,
  }
}
