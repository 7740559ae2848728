import { z } from '@hono/zod-openapi'
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
import { toIso } from '../../lib/instant.ts'
import { changesOf, InstantOut } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'

const ComponentGroupJson = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    position: z.int(),
    created_at: InstantOut,
    updated_at: InstantOut,
  })
  .openapi('ComponentGroup')

const scope = 'components:write'
const tag = 'Component groups'

export function componentGroupRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/component-groups',
      scope: 'read',
      tag,
      summary: 'List the groups',
      item: ComponentGroupJson,
      cursor: z.tuple([CursorNumber, CursorNumber, CursorId]),
    },
    {
      rows: async (reader, page) => entriesAfter(await listComponentGroups(reader), placeOf, page),
      cursorOf: placeOf,
      json: async (_reader, groups) => groups.map(groupJson),
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/component-groups',
      scope,
      tag,
      summary: 'Add a group',
      body: NewComponentGroup,
      answer: ComponentGroupJson,
    },
    async (tx, { body }) => groupJson(await getComponentGroup(tx.db, await createComponentGroup(tx, body))),
  )
  routes.read(
    {
      path: '/component-groups/{id}',
      scope: 'read',
      tag,
      summary: 'Read a group',
      answer: ComponentGroupJson,
    },
    async (reader, { params }) => groupJson(await getComponentGroup(reader, params.id)),
  )
  routes.write(
    {
      method: 'patch',
      path: '/component-groups/{id}',
      scope,
      tag,
      summary: 'Change a group',
      body: changesOf(ComponentGroupChanges),
      answer: ComponentGroupJson,
    },
    async (tx, { params, body }) => {
      await updateComponentGroup(tx, params.id, body)
      return groupJson(await getComponentGroup(tx.db, params.id))
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/component-groups/{id}',
      scope,
      tag,
      summary: 'Delete a group',
      description: 'Its components stand alone from then on.',
    },
    (tx, { params }) => deleteComponentGroup(tx, params.id),
  )
}

function placeOf(group: ComponentGroup): [number, number, string] {
  return [group.position, group.createdAt, group.id]
}

function groupJson(group: ComponentGroup): z.input<typeof ComponentGroupJson> {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    position: group.position,
    created_at: toIso(group.createdAt),
    updated_at: toIso(group.updatedAt),
  }
}
