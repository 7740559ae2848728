import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { ComponentTable } from '../../db/schema.ts'
import type { Id } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import type { ComponentGroupId } from './component-groups.ts'

export type ComponentId = Id<'component'>

export interface Component {
  id: ComponentId
  groupId: ComponentGroupId | null
  name: string
  description: string | null
  position: number
  /** `YYYY-MM-DD` in the page's zone, or null: the day it was created. */
  startOn: string | null
  showcase: boolean
  onlyShowIfDegraded: boolean
  createdAt: Instant
  /** The latest change of it or of its state. */
  updatedAt: Instant
  archivedAt: Instant | null
}

const fields = {
  name: z.string().trim().min(1, 'A component needs a name.').max(200),
  description: z.string().trim().max(2_000).nullable(),
  group_id: z.string().nullable(),
  position: z.int().min(1).max(100_000),
  start_date: z.iso.date('This is not a date like 2026-11-13.').nullable(),
  showcase: z.boolean(),
  only_show_if_degraded: z.boolean(),
}

export const NewComponent = z.strictObject({
  ...fields,
  description: fields.description.default(null),
  group_id: fields.group_id.default(null),
  position: fields.position.optional(),
  start_date: fields.start_date.default(null),
  showcase: fields.showcase.default(true),
  only_show_if_degraded: fields.only_show_if_degraded.default(false),
})
export type NewComponent = z.input<typeof NewComponent>

export const ComponentChanges = z.strictObject(fields).partial()
export type ComponentChanges = z.infer<typeof ComponentChanges>

export function toComponent(row: Selectable<ComponentTable>): Component {
  return {
    id: row.id,
    groupId: row.group_id,
    name: row.name,
    description: row.description,
    position: row.position,
    startOn: row.start_on,
    showcase: row.showcase === 1,
    onlyShowIfDegraded: row.only_show_if_degraded === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  }
}

/** A component in the field names of its changes, as the audit log has it. */
export function componentFields(component: Component): Record<keyof ComponentChanges, unknown> {
  return {
    name: component.name,
    description: component.description,
    group_id: component.groupId,
    position: component.position,
    start_date: component.startOn,
    showcase: component.showcase,
    only_show_if_degraded: component.onlyShowIfDegraded,
  }
}
