import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import { record } from '../events/record.ts'
import { getPage } from '../page.ts'
import type { Reader, Tx } from '../tx.ts'
import type { Component } from './component.ts'
import { type ComponentGroup, listComponentGroups } from './component-groups.ts'
import { listComponents } from './components.ts'

/** Every group with its components, and (group null) those that stand alone, as the page has them from top to bottom. */
export const ComponentOrder = z.strictObject({
  sections: z.array(z.strictObject({ group_id: z.string().nullable(), components: z.array(z.string()) })),
})
export type ComponentOrder = z.infer<typeof ComponentOrder>

/** A group with its members, or (group null) those that stand alone. */
export interface OrderedSection<Member> {
  group: ComponentGroup | null
  members: Member[]
}

/**
 * Members, which come in the order of the page, in their groups: those that stand alone come between the groups, where
 * the first of them belongs. A group without any is there as well.
 */
export function inOrder<Member>(
  groups: readonly ComponentGroup[],
  members: readonly Member[],
  componentOf: (member: Member) => Component,
): OrderedSection<Member>[] {
  const byGroup = Map.groupBy(members, (member) => componentOf(member).groupId)
  const sections = groups.map((group) => ({
    position: group.position,
    section: { group, members: byGroup.get(group.id) ?? [] } as OrderedSection<Member>,
  }))
  const alone = byGroup.get(null) ?? []
  const [first] = alone
  if (first !== undefined)
    sections.push({ position: componentOf(first).position, section: { group: null, members: alone } })
  return sections.sort((a, b) => a.position - b.position).map(({ section }) => section)
}

export async function readComponentOrder(reader: Reader): Promise<ComponentOrder> {
  const sections = await readSections(reader)
  return {
    sections: sections.map(({ group, members }) => ({
      group_id: group?.id ?? null,
      components: members.map(({ id }) => id),
    })),
  }
}

/**
 * Puts groups and components in this order, and each component into the group that it is named in.
 * @throws DomainError `conflict` when these are not just the groups and components of the page, each once
 */
export async function putInOrder(tx: Tx, order: ComponentOrder): Promise<void> {
  const before = await readSections(tx.db)
  const groups = new Map(before.flatMap(({ group }) => (group ? [[group.id, group] as const] : [])))
  const components = new Map(before.flatMap(({ members }) => members.map((one) => [one.id, one] as const)))
  assertSame(order, { groups, components })
  // Groups and what stands alone are counted on one scale: the first component that stands alone has a place among them.
  let position = 0
  for (const { group_id, components: ids } of order.sections) {
    const group = group_id === null ? undefined : groups.get(group_id)
    if (group !== undefined) {
      position += 1
      if (group.position !== position)
        await tx.db.updateTable('component_group').set({ position }).where('id', '=', group.id).execute()
    }
    for (const id of ids) {
      position += 1
      const component = components.get(id)
      if (component !== undefined) await put(tx, component, { groupId: group_id, position })
    }
  }
  const [was, is] = apart(namesOf(before), namesOf(await readSections(tx.db)))
  if (was.length + is.length === 0) return
  const { id } = await getPage(tx.db)
  await record(tx, 'page.reordered', id, { before: { order: was }, after: { order: is } })
}

async function put(
  tx: Tx,
  { id, ...before }: Component,
  { groupId, position }: { groupId: string | null; position: number },
): Promise<void> {
  if (before.groupId === groupId && before.position === position) return
  const isMoved = before.groupId !== groupId
  await tx.db
    .updateTable('component')
    .set({ group_id: groupId, position, ...(isMoved && { updated_at: tx.now }) })
    .where('id', '=', id)
    .execute()
  if (!isMoved) return
  const change = { before: { group_id: before.groupId }, after: { group_id: groupId } }
  await record(tx, 'component.updated', id, change)
}

function assertSame(
  { sections }: ComponentOrder,
  page: { groups: ReadonlyMap<string, unknown>; components: ReadonlyMap<string, unknown> },
): void {
  const groups = sections.flatMap(({ group_id }) => group_id ?? [])
  const components = sections.flatMap((section) => section.components)
  const areAlone = sections.filter(({ group_id }) => group_id === null).length
  if (isAll(groups, page.groups) && isAll(components, page.components) && areAlone <= 1) return
  throw new DomainError(
    'conflict',
    'The page has other components or groups than this order names, each once.',
  )
}

function isAll(ids: readonly string[], all: ReadonlyMap<string, unknown>): boolean {
  return ids.length === all.size && new Set(ids).size === all.size && ids.every((id) => all.has(id))
}

async function readSections(reader: Reader): Promise<OrderedSection<Component>[]> {
  return inOrder(await listComponentGroups(reader), await listComponents(reader), (component) => component)
}

/** From top to bottom, what one would read out. */
function namesOf(sections: readonly OrderedSection<Component>[]): string[] {
  return sections.flatMap(({ group, members }) => [
    group === null ? 'No group:' : `${group.name}:`,
    ...members.map(({ name }) => name),
  ])
}

/** The stretch in which two lists differ. */
function apart(one: readonly string[], other: readonly string[]): [string[], string[]] {
  const length = Math.min(one.length, other.length)
  let start = 0
  while (start < length && one[start] === other[start]) start += 1
  let end = 0
  while (end < length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)]
}
