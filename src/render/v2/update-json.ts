import type { ComponentStatus } from '../../domain/components/component-status.ts'
import type { StatusChange, UpdateView } from '../../domain/status-page/views.ts'
import { type Instant, toIso } from '../../lib/instant.ts'

/** An update of an incident or a maintenance. The order of the keys is that of the dialect. */
export interface UpdateJson {
  id: string
  status: UpdateView['status'] | 'postmortem'
  /** Markdown as typed. */
  body: string
  /** Of the incident, or of the maintenance. */
  incident_id: string
  created_at: string
  updated_at: string
  display_at: string
  /** Null where it names none. */
  affected_components: AffectedComponentJson[] | null
  deliver_notifications: boolean
  custom_tweet: null
  tweet_id: null
}

export interface AffectedComponentJson {
  code: string
  /** As it was called then. */
  name: string
  old_status: ComponentStatus
  new_status: ComponentStatus
}

export function updateJson(update: UpdateView, subjectId: string): UpdateJson {
  return {
    id: update.id,
    status: update.status,
    body: update.body,
    incident_id: subjectId,
    created_at: toIso(update.createdAt),
    updated_at: toIso(update.updatedAt),
    display_at: toIso(update.displayAt),
    affected_components: update.named.length > 0 ? update.named.map(affectedComponentJson) : null,
    deliver_notifications: update.deliverNotifications,
    custom_tweet: null,
    tweet_id: null,
  }
}

/**
 * The postmortem as an update, which is how the dialect tells its text. Its id follows from the incident's, so that
 * it stays the same, and is no longer than ids may be. Nobody is notified of one.
 */
export function postmortemJson(
  { body, publishedAt }: { body: string; publishedAt: Instant },
  incidentId: string,
): UpdateJson {
  const at = toIso(publishedAt)
  return {
    id: `${incidentId}postmortem`.slice(0, 32),
    status: 'postmortem',
    body,
    incident_id: incidentId,
    created_at: at,
    updated_at: at,
    display_at: at,
    affected_components: null,
    deliver_notifications: false,
    custom_tweet: null,
    tweet_id: null,
  }
}

/** The time shown at the first update, of those that come newest first, with this status. */
export function firstShownAt(updates: UpdateView[], status: UpdateView['status']): string | null {
  return isoOrNull(updates.findLast((update) => update.status === status)?.displayAt ?? null)
}

/** Every status that the updates gave a component. */
export function givenStatuses(updates: UpdateView[]): ComponentStatus[] {
  return updates.flatMap(({ named }) => named.map(({ newStatus }) => newStatus))
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : toIso(at)
}

function affectedComponentJson({
  componentId,
  name,
  oldStatus,
  newStatus,
}: StatusChange): AffectedComponentJson {
  return { code: componentId, name, old_status: oldStatus, new_status: newStatus }
}
