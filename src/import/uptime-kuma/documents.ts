import { z } from 'zod'
import { listOf, momentIn, Name, NumberKey, Text } from '../fields.ts'
import { lenient } from '../left-out.ts'

const Flag = z.union([z.boolean(), z.number()]).transform(Boolean)

export const Monitor = z.object({
  id: NumberKey,
  name: Name,
  type: lenient('type', z.string(), ''),
  parent: lenient(
    'parent',
    NumberKey.nullish().transform((key) => key ?? null),
    null,
  ),
  active: lenient('active', Flag, true),
})
export type Monitor = z.infer<typeof Monitor>

/** A group of a status page. */
export const PageGroup = z.object({
  id: NumberKey,
  name: Name,
  weight: lenient('weight', z.int().min(1).max(100_000).optional(), undefined),
  monitorList: listOf(z.unknown()),
})
export type PageGroup = z.infer<typeof PageGroup>

/** A monitor as a group of a status page shows it. */
export const PageMonitor = z.object({ id: NumberKey, name: Name })

/** The monitors of a group, whatever else of it is not understood. */
export const PageMonitors = z
  .object({ monitorList: z.array(z.unknown()) })
  .catch({ monitorList: [] })
  .transform(({ monitorList }) => monitorList)

const Utc = momentIn('UTC')

export const Incident = z.object({
  id: NumberKey,
  title: Name,
  content: Text,
  style: lenient('style', z.string(), ''),
  pin: lenient('pin', Flag.optional(), undefined),
  active: lenient('active', Flag.optional(), undefined),
  createdDate: Utc,
  lastUpdatedDate: lenient('lastUpdatedDate', Utc.nullish(), null),
})
export type Incident = z.infer<typeof Incident>

export const Maintenance = z.object({
  id: NumberKey,
  title: Name,
  description: Text,
  strategy: z.string({ error: 'must be a text' }),
  status: lenient('status', z.string().optional(), undefined),
  timezone: lenient('timezone', z.string().nullish(), null),
  /** From and until, as clocks show it in `timezone`. */
  dateRange: listOf(z.string().nullable()),
  monitors: lenient('monitors', listOf(z.object({ id: NumberKey })), []),
})
export type Maintenance = z.infer<typeof Maintenance>
