import { z } from 'zod'
import { listOf, momentIn, Name, NumberKey, Text } from '../fields.ts'

const OptionalKey = NumberKey.nullish()
  .transform((key) => key ?? null)
  .catch(null)

const Flag = z.union([z.boolean(), z.number()]).transform(Boolean)

export const Monitor = z.object({
  id: NumberKey,
  name: Name,
  type: z.string().catch(''),
  parent: OptionalKey,
  active: Flag.catch(true),
})
export type Monitor = z.infer<typeof Monitor>

/** A group of a status page, with the monitors that it shows. */
export const PageGroup = z.object({
  id: NumberKey,
  name: Name,
  weight: z.int().min(1).max(100_000).optional().catch(undefined),
  monitorList: listOf(z.object({ id: NumberKey, name: Name })),
})
export type PageGroup = z.infer<typeof PageGroup>

const Utc = momentIn('UTC')

export const Incident = z.object({
  id: NumberKey,
  title: Name,
  content: Text,
  style: z.string().catch(''),
  pin: Flag.optional().catch(undefined),
  active: Flag.optional().catch(undefined),
  createdDate: Utc,
  lastUpdatedDate: Utc.nullish().catch(null),
})
export type Incident = z.infer<typeof Incident>

export const Maintenance = z.object({
  id: NumberKey,
  title: Name,
  description: Text,
  strategy: z.string({ error: 'must be a text' }),
  status: z.string().optional().catch(undefined),
  timezone: z.string().nullish().catch(null),
  /** From and until, as clocks show it in `timezone`. */
  dateRange: listOf(z.string().nullable()),
  monitors: listOf(z.object({ id: NumberKey })).catch([]),
})
export type Maintenance = z.infer<typeof Maintenance>
