import type { Flag } from '../../db/schema.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { newId } from '../../lib/ids.ts'
import { asChanged, record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import {
  type Component,
  type ComponentChanges,
  type ComponentId,
  componentFields,
  NewComponent,
  toComponent,
} from './component.ts'
import { findComponentGroup } from './component-groups.ts'

/**
 * The components on the page, in its order; those with these ids, those that are showcased, or the first so many, where
 * given; with `archived`, those that were taken off as well.
 */
export async function listComponents(
  reader: Reader,
  options: { ids?: ComponentId[]; isShowcased?: boolean; limit?: number; archived?: boolean } = {},
): Promise<Component[]> {
  if (options.ids?.length === 0) return []
  let query = reader
    .selectFrom('component')
    .selectAll()
    .orderBy('position')
    .orderBy('created_at')
    .orderBy('id')
  if (options.ids !== undefined) query = query.where('id', 'in', options.ids)
  if (options.isShowcased !== undefined) query = query.where('showcase', '=', flag(options.isShowcased))
  if (options.limit !== undefined) query = query.limit(options.limit)
  if (!options.archived) query = query.where('archived_at', 'is', null)
  return (await query.execute()).map(toComponent)
}

/** Archived ones are found too: links to their past stay good. */
export async function findComponent(reader: Reader, id: ComponentId): Promise<Component | undefined> {
  const row = await reader.selectFrom('component').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toComponent(row)
}

/** @throws DomainError `not-found` */
export async function getComponent(reader: Reader, id: ComponentId): Promise<Component> {
  const component = await findComponent(reader, id)
  if (!component) throw new DomainError('not-found', `There is no component ${id}.`)
  return component
}

/**
 * Adds a component to the page, last unless a position is given.
 * @throws DomainError `invalid` for an unknown group or an id that is taken
 */
export async function createComponent(
  tx: Tx,
  input: NewComponent,
  imported: { id?: ComponentId; createdAt?: number; updatedAt?: number } = {},
): Promise<ComponentId> {
  const component = NewComponent.parse(input)
  await assertGroup(tx, component.group_id)
  const id = imported.id ?? newId<'component'>()
  await tx.db
    .insertInto('component')
    .values({
      id,
      group_id: component.group_id,
      name: component.name,
      description: component.description,
      position: component.position ?? (await nextPosition(tx)),
      start_on: component.start_date,
      showcase: flag(component.showcase),
      only_show_if_degraded: flag(component.only_show_if_degraded),
      created_at: imported.createdAt ?? tx.now,
      updated_at: imported.updatedAt ?? tx.now,
      archived_at: null,
    })
    .execute()
  await record(tx, 'component.created', id, { after: component })
  return id
}

/**
 * Changes what is given and leaves the rest.
 * @throws DomainError `not-found`, `invalid`
 */
export async function updateComponent(tx: Tx, id: ComponentId, changes: ComponentChanges): Promise<void> {
  const before = await getComponent(tx.db, id)
  if (changes.group_id !== undefined) await assertGroup(tx, changes.group_id)
  const { start_date, showcase, only_show_if_degraded, ...same } = changes
  await tx.db
    .updateTable('component')
    .set({
      ...same,
      ...(start_date !== undefined && { start_on: start_date }),
      ...(showcase !== undefined && { showcase: flag(showcase) }),
      ...(only_show_if_degraded !== undefined && { only_show_if_degraded: flag(only_show_if_degraded) }),
      updated_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'component.updated', id, {
    before: asChanged(componentFields(before), changes),
    after: changes,
  })
}

/**
 * Takes a component off the page. Its past, and links to it, stay.
 * Archiving twice is a `not-found`, as a second DELETE is.
 * @throws DomainError `not-found`
 */
export async function archiveComponent(tx: Tx, id: ComponentId): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('component')
    .set({ archived_at: tx.now, updated_at: tx.now })
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new DomainError('not-found', `There is no component ${id} on the page.`)
  await record(tx, 'component.archived', id)
}

/**
 * Puts an archived component back where it stood; what its group was, if that is still there.
 * @throws DomainError `not-found`, `conflict` for one that is on the page
 */
export async function restoreComponent(tx: Tx, id: ComponentId): Promise<void> {
  await getComponent(tx.db, id)
  const { numUpdatedRows } = await tx.db
    .updateTable('component')
    .set({ archived_at: null, updated_at: tx.now })
    .where('id', '=', id)
    .where('archived_at', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new DomainError('conflict', 'This component is on the page already.')
  await record(tx, 'component.restored', id)
}

async function assertGroup(tx: Tx, id: string | null): Promise<void> {
  if (id === null) return
  const group = await findComponentGroup(tx.db, id)
  if (!group) throw invalidField('/group_id', `There is no component group ${id}.`)
}

async function nextPosition(tx: Tx): Promise<number> {
  const { last } = await tx.db
    .selectFrom('component')
    .select((eb) => eb.fn.max('position').as('last'))
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

function flag(value: boolean): Flag {
  return value ? 1 : 0
}
