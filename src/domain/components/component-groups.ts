import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { ComponentGroupTable } from '../../db/schema.ts'
import { DomainError } from '../../errors.ts'
import { type Id, newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { asChanged, record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'

export type ComponentGroupId = Id<'component_group'>

export interface ComponentGroup {
  id: ComponentGroupId
  name: string
  description: string | null
  position: number
  createdAt: Instant
  updatedAt: Instant
}

const fields = {
  name: z.string().trim().min(1, 'A group needs a name.').max(200),
  description: z.string().trim().max(2_000).nullable(),
  position: z.int().min(1).max(100_000),
}

export const NewComponentGroup = z.strictObject({
  ...fields,
  description: fields.description.default(null),
  position: fields.position.optional(),
})
export type NewComponentGroup = z.input<typeof NewComponentGroup>
export const ComponentGroupChanges = z.strictObject(fields).partial()
export type ComponentGroupChanges = z.infer<typeof ComponentGroupChanges>

export async function listComponentGroups(reader: Reader): Promise<ComponentGroup[]> {
  const rows = await reader
    .selectFrom('component_group')
    .selectAll()
    .orderBy('position')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toComponentGroup)
}

export async function findComponentGroup(
  reader: Reader,
  id: ComponentGroupId,
): Promise<ComponentGroup | undefined> {
  const row = await reader.selectFrom('component_group').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toComponentGroup(row)
}

/** @throws DomainError `not-found` */
export async function getComponentGroup(reader: Reader, id: ComponentGroupId): Promise<ComponentGroup> {
  const group = await findComponentGroup(reader, id)
  if (!group) throw new DomainError('not-found', `There is no component group ${id}.`)
  return group
}

/** Adds a group, last unless a position is given. */
export async function createComponentGroup(
  tx: Tx,
  input: NewComponentGroup,
  imported: { id?: ComponentGroupId; createdAt?: Instant; updatedAt?: Instant } = {},
): Promise<ComponentGroupId> {
  const group = NewComponentGroup.parse(input)
  const id = imported.id ?? newId<'component_group'>()
  const groups = await listComponentGroups(tx.db)
  await tx.db
    .insertInto('component_group')
    .values({
      id,
      name: group.name,
      description: group.description,
      position: group.position ?? Math.max(0, ...groups.map((other) => other.position)) + 1,
      created_at: imported.createdAt ?? tx.now,
      updated_at: imported.updatedAt ?? tx.now,
    })
    .execute()
  await record(tx, 'component_group.created', id, { after: group })
  return id
}

/** @throws DomainError `not-found` */
export async function updateComponentGroup(
  tx: Tx,
  id: ComponentGroupId,
  changes: ComponentGroupChanges,
): Promise<void> {
  const before = await getComponentGroup(tx.db, id)
  await tx.db
    .updateTable('component_group')
    .set({ ...changes, updated_at: tx.now })
    .where('id', '=', id)
    .execute()
  await record(tx, 'component_group.updated', id, {
    before: asChanged({ ...before }, changes),
    after: changes,
  })
}

/**
 * Deletes a group; its components stand alone from then on.
 * @throws DomainError `not-found`
 */
export async function deleteComponentGroup(tx: Tx, id: ComponentGroupId): Promise<void> {
  const before = await getComponentGroup(tx.db, id)
  await tx.db
    .updateTable('component')
    .set({ group_id: null, updated_at: tx.now })
    .where('group_id', '=', id)
    .execute()
  await tx.db.deleteFrom('component_group').where('id', '=', id).execute()
  const { name, description, position } = before
  await record(tx, 'component_group.deleted', id, { before: { name, description, position } })
}

function toComponentGroup(row: Selectable<ComponentGroupTable>): ComponentGroup {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    position: row.position,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
