import type { IncidentStatus } from '../incidents/incident.ts'
import type { MaintenanceStatus } from '../maintenance/maintenance.ts'
import { isPostedLater, type StatusUpdate, type StatusUpdateEdit } from '../updates/status-update.ts'
import type { UpdateView } from './views.ts'

/** The updates of one incident or maintenance as its timeline shows them, newest first. */
export function updateViews(updates: StatusUpdate[], edits: Map<string, StatusUpdateEdit[]>): UpdateView[] {
  return updates
    .map(
      (update, index): UpdateView => ({
        id: update.id,
        number: update.number,
        status: update.status as IncidentStatus | MaintenanceStatus,
        repeatsStatus: updates[index - 1]?.status === update.status,
        body: update.body,
        createdAt: update.createdAt,
        displayAt: update.displayAt,
        postedLater: isPostedLater(update),
        updatedAt: update.updatedAt,
        editedAt: update.editedAt,
        edits: (edits.get(update.id) ?? []).map(({ status, body, displayAt, replacedAt }) => ({
          status,
          body,
          displayAt,
          replacedAt,
        })),
        named: update.components,
        // What stayed as it was is no news.
        changes: update.components.filter((component) => component.oldStatus !== component.newStatus),
        deliverNotifications: update.deliverNotifications,
      }),
    )
    .reverse()
}
