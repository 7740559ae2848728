import { z } from 'zod'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import { INCIDENT_STATUSES } from '../../domain/incidents/incident.ts'
import { MAINTENANCE_COURSE } from '../../domain/maintenance/maintenance.ts'
import { isTimeZone } from '../../lib/time-zones.ts'
import { Description, KnownId, listOf, Name, OptionalMoment, oneOf, Text } from '../fields.ts'
import { lenient } from '../left-out.ts'

/**
 * The public v2 documents, record by record: unknown keys pass, most keys may be missing or null, and instants come
 * with any offset.
 */

/** `2026-11-13`, also where older documents write an instant. */
const StartDate = z
  .string()
  .transform((text) => text.slice(0, 10))
  .pipe(z.iso.date())
  .nullish()
  .transform((date) => date ?? null)

const Position = z.int().min(1).max(100_000).optional()
const Flag = z.boolean().nullish()

export const PageRecord = z
  .object({
    id: lenient('id', KnownId.optional(), undefined),
    name: lenient('name', Name.optional(), undefined),
    time_zone: lenient('time_zone', z.string().refine(isTimeZone).optional(), undefined),
  })
  .transform(({ id, name, time_zone }) => ({
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(time_zone !== undefined && { timeZone: time_zone }),
  }))

export const ComponentRecord = z.object({
  id: KnownId,
  name: Name,
  description: Description,
  position: lenient('position', Position, undefined),
  group: lenient('group', Flag, false),
  group_id: z.string().nullish(),
  /** On a group: its members. */
  components: lenient('components', z.array(z.string()).nullish(), null),
  showcase: lenient('showcase', z.boolean().default(true), true),
  only_show_if_degraded: lenient('only_show_if_degraded', z.boolean().default(false), false),
  start_date: lenient('start_date', StartDate, null),
  created_at: OptionalMoment,
  updated_at: OptionalMoment,
})
export type ComponentRecord = z.infer<typeof ComponentRecord>

/** What an update said about a component; `code` is the component's id. */
const AffectedRecord = z.object({
  code: KnownId,
  name: Name,
  old_status: oneOf(COMPONENT_STATUSES).nullish(),
  new_status: oneOf(COMPONENT_STATUSES),
})

function updateRecord<const Statuses extends readonly [string, ...string[]]>(statuses: Statuses) {
  return z.object({
    id: KnownId,
    status: oneOf(statuses),
    body: Text,
    created_at: OptionalMoment,
    display_at: OptionalMoment,
    updated_at: OptionalMoment,
    deliver_notifications: lenient('deliver_notifications', Flag, null),
    affected_components: listOf(AffectedRecord),
  })
}

/** A component beside an incident, in its state when the document was made; groups may be among them. */
const TouchedRecord = z.object({ id: KnownId, name: Name, group: lenient('group', Flag, false) })

const happening = {
  id: KnownId,
  name: Name,
  created_at: OptionalMoment,
  updated_at: OptionalMoment,
  started_at: OptionalMoment,
  resolved_at: OptionalMoment,
  components: listOf(TouchedRecord),
}

export const IncidentRecord = z.object({
  ...happening,
  status: oneOf([...INCIDENT_STATUSES, 'postmortem']),
  impact: oneOf(['none', 'minor', 'major', 'critical', 'maintenance']).nullish(),
  backfilled: lenient('backfilled', Flag, null),
  postmortem_body: lenient('postmortem_body', Text, ''),
  postmortem_published_at: lenient('postmortem_published_at', OptionalMoment, null),
  incident_updates: listOf(updateRecord([...INCIDENT_STATUSES, 'postmortem'])),
})
export type IncidentRecord = z.infer<typeof IncidentRecord>

export const MaintenanceRecord = z.object({
  ...happening,
  status: oneOf(MAINTENANCE_COURSE),
  scheduled_for: OptionalMoment,
  scheduled_until: OptionalMoment,
  incident_updates: listOf(updateRecord(MAINTENANCE_COURSE)),
})
export type MaintenanceRecord = z.infer<typeof MaintenanceRecord>

export type UpdateRecord = (IncidentRecord | MaintenanceRecord)['incident_updates'][number]
