import { z } from 'zod'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import { INCIDENT_STATUSES } from '../../domain/incidents/incident.ts'
import { isId } from '../../lib/ids.ts'
import { parseIso } from '../../lib/instant.ts'

/**
 * The public v2 documents, record by record: unknown keys pass, most keys may be missing or null, and instants come
 * with any offset. Each complaint is the rest of a sentence that begins with the key's name.
 */

const KnownId = z
  .string({ error: 'is missing' })
  .refine(isId, 'must be 1 to 32 characters of 0-9 and a-z, to stay part of an address')

const Moment = z
  .string({ error: 'must be an instant such as 2026-11-13T14:30:00Z' })
  .transform((text, context) => {
    const at = parseIso(text)
    if (at === undefined) context.addIssue('must be an instant such as 2026-11-13T14:30:00Z')
    return at ?? 0
  })
const OptionalMoment = Moment.nullish().transform((at) => at ?? null)

/** Neither engine's texts hold NUL, nor lone surrogates; stored otherwise, they would look changed the next time. */
const storable = (text: string) => text.toWellFormed().replaceAll('\u0000', '')

const Name = z
  .string({ error: 'is missing' })
  .overwrite(storable)
  .trim()
  .min(1, 'is empty')
  .max(200, 'is longer than 200 characters')
const Text = z
  .string({ error: 'must be a text' })
  .overwrite(storable)
  .nullish()
  .transform((text) => text ?? '')
const Description = z
  .string({ error: 'must be a text' })
  .overwrite(storable)
  .trim()
  .max(2_000, 'is longer than 2,000 characters')
  .nullish()
  .transform((text) => text || null)

/** `2026-11-13`, also where older documents write an instant. */
const StartDate = z
  .string()
  .transform((text) => text.slice(0, 10))
  .pipe(z.iso.date())
  .nullish()
  .transform((date) => date ?? null)
  .catch(null)

const Position = z.int().min(1).max(100_000).optional().catch(undefined)

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: ({ input }) => `is “${input}”, which is none of ${values.join(', ')}` })
}

export const PageRecord = z.object({
  name: Name.optional().catch(undefined),
  time_zone: z.string().optional().catch(undefined),
})
export type PageRecord = z.infer<typeof PageRecord>

export const ComponentRecord = z.object({
  id: KnownId,
  name: Name,
  description: Description,
  position: Position,
  group: z.boolean().nullish().catch(false),
  group_id: z.string().nullish(),
  /** On a group: its members. */
  components: z.array(z.string()).nullish().catch(null),
  showcase: z.boolean().default(true).catch(true),
  only_show_if_degraded: z.boolean().default(false).catch(false),
  start_date: StartDate,
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

const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item, { error: 'must be a list' })
    .nullish()
    .transform((list) => list ?? [])

function updateRecord<const Statuses extends readonly [string, ...string[]]>(statuses: Statuses) {
  return z.object({
    id: KnownId,
    status: oneOf(statuses),
    body: Text,
    created_at: OptionalMoment,
    display_at: OptionalMoment,
    updated_at: OptionalMoment,
    deliver_notifications: z.boolean().nullish().catch(null),
    affected_components: listOf(AffectedRecord),
  })
}

/** A component beside an incident, in its state when the document was made; groups may be among them. */
const TouchedRecord = z.object({ id: KnownId, name: Name, group: z.boolean().nullish().catch(false) })

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
  backfilled: z.boolean().nullish().catch(null),
  postmortem_body: Text.catch(''),
  postmortem_published_at: OptionalMoment.catch(null),
  incident_updates: listOf(updateRecord([...INCIDENT_STATUSES, 'postmortem'])),
})
export type IncidentRecord = z.infer<typeof IncidentRecord>

const STATUSES = ['scheduled', 'in_progress', 'verifying', 'completed'] as const

export const MaintenanceRecord = z.object({
  ...happening,
  status: oneOf(STATUSES),
  scheduled_for: OptionalMoment,
  scheduled_until: OptionalMoment,
  incident_updates: listOf(updateRecord(STATUSES)),
})
export type MaintenanceRecord = z.infer<typeof MaintenanceRecord>

export type UpdateRecord = (IncidentRecord | MaintenanceRecord)['incident_updates'][number]
