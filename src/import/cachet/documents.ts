import { z } from 'zod'
import { Description, listOf, momentIn, Name, NumberKey, Text } from '../fields.ts'
import { lenient } from '../left-out.ts'

const keyUnder = (key: string) =>
  lenient(
    key,
    NumberKey.nullish().transform((number) => (number === '0' ? null : (number ?? null))),
    null,
  )
const Code = z
  .union([z.int(), z.string().regex(/^\d{1,3}$/, 'must be a number')], { error: 'must be a number' })
  .transform(Number)

/** Whether everybody may see it: version 2 says so with 0 and 1, version 3 has 2 for nobody at all. */
const Visible = z
  .union([z.boolean(), z.number()], { error: 'must say whether everybody may see it' })
  .nullish()
  .transform((value) => value === undefined || value === null || value === true || value === 1)

const known = new Map<string, ReturnType<typeof recordsIn>>()

/**
 * The records of a page, made once: to make them takes longer than to read with them.
 * @param zone of the times, which Cachet writes without one
 */
export function cachetRecords(zone: string): ReturnType<typeof recordsIn> {
  const records = known.get(zone) ?? recordsIn(zone)
  known.set(zone, records)
  return records
}

function recordsIn(zone: string) {
  const Moment = momentIn(zone)
  const OptionalMoment = Moment.nullish().transform((at) => at ?? null)
  const Times = { created_at: OptionalMoment, updated_at: OptionalMoment }
  const Update = z.object({
    ...Times,
    id: NumberKey,
    message: Text,
    status: lenient('updates[].status', Code.nullish(), null),
  })
  /** Of a schedule in version 2, the row that ties it to the component, with the state it brings. */
  const Touched = z.object({
    id: keyUnder('components[].id'),
    component_id: keyUnder('components[].component_id'),
    component_status: lenient('components[].component_status', Code.nullish(), null),
  })
  return {
    Group: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      order: lenient('order', z.int().nullish(), null),
      visible: Visible,
    }),
    Component: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      description: Description,
      order: lenient('order', z.int().nullish(), null),
      status: lenient('status', Code.nullish(), null),
      group_id: keyUnder('group_id'),
      /** Version 3: its group as a relation. */
      group: lenient('group', z.array(z.object({ id: NumberKey })).nullish(), null),
      enabled: Visible,
    }),
    Incident: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      message: Text,
      status: Code,
      visible: Visible,
      occurred_at: lenient('occurred_at', OptionalMoment, null),
      component_id: keyUnder('component_id'),
      components: listOf(Touched),
      updates: listOf(Update),
    }),
    Schedule: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      message: Text,
      status: lenient('status', Code.nullish(), null),
      scheduled_at: Moment,
      completed_at: OptionalMoment,
      components: listOf(Touched),
      updates: listOf(Update),
    }),
  }
}

type Records = ReturnType<typeof cachetRecords>
export type GroupRecord = z.infer<Records['Group']>
export type ComponentRecord = z.infer<Records['Component']>
export type IncidentRecord = z.infer<Records['Incident']>
export type ScheduleRecord = z.infer<Records['Schedule']>
