import { z } from 'zod'
import { COMPONENT_STATUSES, type ComponentStatus } from '../../domain/components/component-status.ts'
import { INCIDENT_IMPACTS, INCIDENT_STATUSES, Metadata } from '../../domain/incidents/incident.ts'
import { MAINTENANCE_COURSE } from '../../domain/maintenance/maintenance.ts'
import { InstantIn } from '../input.ts'
import { Flag } from './read-fields.ts'

type MaintenanceState = (typeof MAINTENANCE_COURSE)[number]

/** Statuses by component id; the empty text stands for one that is only named as affected. */
const Affected = z.preprocess(
  (value) => (isListOfTexts(value) ? Object.fromEntries(value.map((id) => [id, ''])) : value),
  z.record(z.string(), z.enum([...COMPONENT_STATUSES, ''])),
)

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

/** What a client says of an incident; a maintenance is one that is scheduled. */
export const IncidentFields = z
  .strictObject({
    name: z.string(),
    status: z.enum([...INCIDENT_STATUSES, ...MAINTENANCE_COURSE]),
    body: z.string(),
    // What `body` was called before.
    message: z.string(),
    impact_override: z.enum([...INCIDENT_IMPACTS, 'maintenance']),
    components: Affected,
    component_ids: z.array(z.string()),
    deliver_notifications: Flag,
    metadata: Metadata,
    backfilled: Flag,
    backfill_date: z.string(),
    scheduled_for: InstantIn,
    scheduled_until: InstantIn,
    scheduled_auto_in_progress: Flag,
    scheduled_auto_transition: Flag,
    scheduled_auto_completed: Flag,
    scheduled_remind_prior: Flag,
    auto_transition_to_maintenance_state: Flag,
    auto_transition_to_operational_state: Flag,
    auto_transition_deliver_notifications_at_start: Flag,
    auto_transition_deliver_notifications_at_end: Flag,
    // Without effect, as at Statuspage for a page that has no account there.
    auto_tweet_at_beginning: Flag,
    auto_tweet_on_completion: Flag,
    auto_tweet_on_creation: Flag,
    auto_tweet_one_hour_before: Flag,
    wants_twitter_update: Flag,
  })
  .partial()
export type IncidentFields = z.infer<typeof IncidentFields>

/**
 * Whether the fields tell of a maintenance: their status says so, or else a planned start. Clients that are made from
 * the description send a planned start of 2013 with every incident, because it is the default there.
 */
export function isMaintenance({ status, scheduled_for }: IncidentFields): boolean {
  return status === undefined ? scheduled_for !== undefined : isMaintenanceState(status)
}

export function isMaintenanceState(status: string): status is MaintenanceState {
  return MAINTENANCE_COURSE.some((state) => state === status)
}

/** What is said about each component, by its id: a status, or the empty text where it is only named. */
export function affectedOf({
  components = {},
  component_ids = [],
}: IncidentFields): [string, ComponentStatus | ''][] {
  const named = component_ids.filter((id) => !(id in components)).map((id) => [id, ''] as const)
  return [...Object.entries(components), ...new Map(named)]
}

/** What an update says that a client has given a state and no text: only what the state itself says. */
export function bodyOf({ body, message }: IncidentFields, status: string): string {
  return body ?? message ?? BODIES[status] ?? ''
}

const BODIES: Record<string, string> = {
  investigating: 'We are currently investigating this issue.',
  identified: 'The issue has been identified.',
  monitoring: 'We are monitoring the results of a fix.',
  resolved: 'This incident has been resolved.',
  scheduled: 'This maintenance is scheduled.',
  in_progress: 'This maintenance is in progress.',
  verifying: 'We are verifying the results of this maintenance.',
  completed: 'This maintenance has been completed.',
}
