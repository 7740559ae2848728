import { z } from 'zod'
import { Description, listOf, momentIn, Name, NumberKey, Text } from '../fields.ts'

const OptionalKey = NumberKey.nullish()
  .transform((key) => (key === '0' ? null : (key ?? null)))
  .catch(null)
const Code = z
  .union([z.int(), z.string().regex(/^\d{1,3}$/, 'must be a number')], { error: 'must be a number' })
  .transform(Number)

/** Whether everybody may see it: version 2 says so with 0 and 1, version 3 has 2 for nobody at all. */
const Visible = z
  .union([z.boolean(), z.number()], { error: 'must say whether everybody may see it' })
  .nullish()
  .transform((value) => value === undefined || value === null || value === true || value === 1)

/** @param zone of the times, which Cachet writes without one */
export function cachetRecords(zone: string) {
  const Moment = momentIn(zone)
  const OptionalMoment = Moment.nullish().transform((at) => at ?? null)
  const Times = { created_at: OptionalMoment, updated_at: OptionalMoment }
  const Update = z.object({
    ...Times,
    id: NumberKey,
    message: Text,
    status: Code.nullish().catch(null),
  })
  /** Of a schedule in version 2, the row that ties it to the component, with the state it brings. */
  const Touched = z.object({
    id: OptionalKey,
    component_id: OptionalKey,
    component_status: Code.nullish().catch(null),
  })
  return {
    Group: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      order: z.int().nullish().catch(null),
      visible: Visible,
    }),
    Component: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      description: Description,
      order: z.int().nullish().catch(null),
      status: Code.nullish().catch(null),
      group_id: OptionalKey,
      /** Version 3: its group as a relation. */
      group: z
        .array(z.object({ id: NumberKey }))
        .nullish()
        .catch(null),
      enabled: Visible,
    }),
    Incident: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      message: Text,
      status: Code,
      visible: Visible,
      occurred_at: OptionalMoment.catch(null),
      scheduled_at: OptionalMoment.catch(null),
      component_id: OptionalKey,
      components: listOf(Touched),
      updates: listOf(Update),
    }),
    Schedule: z.object({
      ...Times,
      id: NumberKey,
      name: Name,
      message: Text,
      status: Code.nullish().catch(null),
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
