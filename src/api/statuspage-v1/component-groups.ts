import { z } from 'zod'
import {
  type ComponentGroup,
  ComponentGroupChanges,
  createComponentGroup,
  deleteComponentGroup,
  getComponentGroup,
  listComponentGroups,
  NewComponentGroup,
  updateComponentGroup,
} from '../../domain/components/component-groups.ts'
import { listComponents, updateComponent } from '../../domain/components/components.ts'
import type { Reader, Tx } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'
import { toIso } from '../../lib/instant.ts'
import { stretchOf } from './paging.ts'
import { WholeNumber } from './read-fields.ts'
import type { V1Routes, View } from './v1-routes.ts'
import { withoutNulls } from './without-nulls.ts'

const position = WholeNumber.pipe(NewComponentGroup.shape.position.unwrap()).optional()
// Those who leave an empty list out, as a Terraform provider does, mean none in a new group and no change in another.
const members = z.array(z.string()).optional()
const body = { wrapper: 'component_group', clearable: ['description'] }
const scope = 'components:write'
const LIST = '/pages/:page/component-groups'
const ONE = `${LIST}/:id`

export function componentGroupRoutes(routes: V1Routes): void {
  routes.read(LIST, async (reader, { query }, view) => {
    const { limit, offset } = stretchOf(query)
    const groups = (await listComponentGroups(reader)).slice(offset, offset + limit)
    return groupJsons(reader, groups, view)
  })
  routes.write(
    {
      method: 'POST',
      path: LIST,
      scope,
      body: { ...body, fields: NewComponentGroup.extend({ position, components: members }) },
    },
    async (tx, { fields: { components, ...group } }, view) => {
      const id = await createComponentGroup(tx, group)
      if (components !== undefined) await setMembers(tx, id, components)
      return readOne(tx.db, id, view)
    },
  )
  routes.read(ONE, (reader, { id }, view) => readOne(reader, id, view))
  routes.change(
    {
      path: ONE,
      scope,
      body: { ...body, fields: ComponentGroupChanges.extend({ position, components: members }) },
    },
    async (tx, { id, fields: { components, ...changes } }, view) => {
      await getComponentGroup(tx.db, id)
      if (Object.keys(changes).length > 0) await updateComponentGroup(tx, id, changes)
      if (components !== undefined) await setMembers(tx, id, components)
      return readOne(tx.db, id, view)
    },
  )
  // What was deleted is the answer, unlike after the deletion of a component.
  routes.write({ method: 'DELETE', path: ONE, scope }, async (tx, { id }, view) => {
    const group = await readOne(tx.db, id, view)
    await deleteComponentGroup(tx, id)
    return group
  })
}

/**
 * Makes these the components of a group, and no others.
 * @throws DomainError `invalid` naming every component that is not on the page
 */
async function setMembers(tx: Tx, groupId: string, wanted: string[]): Promise<void> {
  const components = await listComponents(tx.db)
  const known = new Set<string>(components.map(({ id }) => id))
  const unknown = wanted.filter((id) => !known.has(id))
  if (unknown.length > 0) {
    throw new DomainError('invalid', 'The page has no such component.', {
      fields: unknown.map((id) => ({ pointer: '/components', message: `There is no component ${id}.` })),
    })
  }
  for (const { id, groupId: before } of components) {
    const isWanted = wanted.includes(id)
    if (isWanted && before !== groupId) await updateComponent(tx, id, { group_id: groupId })
    if (!isWanted && before === groupId) await updateComponent(tx, id, { group_id: null })
  }
}

async function readOne(reader: Reader, id: string, view: View): Promise<object> {
  const [group] = await groupJsons(reader, [await getComponentGroup(reader, id)], view)
  if (!group) throw new Error(`Component group ${id} was not read.`)
  return group
}

async function groupJsons(reader: Reader, groups: ComponentGroup[], { page }: View): Promise<object[]> {
  const components = await listComponents(reader)
  return groups.map((group) =>
    withoutNulls({
      id: group.id,
      page_id: page.id,
      name: group.name,
      description: group.description,
      components: components.filter(({ groupId }) => groupId === group.id).map(({ id }) => id),
      position: group.position,
      created_at: toIso(group.createdAt),
      updated_at: toIso(group.updatedAt),
    }),
  )
}
