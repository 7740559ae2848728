import { z } from '@hono/zod-openapi'
import { type Component, ComponentChanges, NewComponent } from '../../domain/components/component.ts'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import {
  archiveComponent,
  createComponent,
  getComponent,
  listComponents,
  restoreComponent,
  updateComponent,
} from '../../domain/components/components.ts'
import { readComponentStatuses } from '../../domain/components/impacts.ts'
import type { Reader } from '../../domain/tx.ts'
import { toIso } from '../../lib/instant.ts'
import { changesOf, InstantOut, isoOrNull } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'
import type { View } from './view.ts'

const ComponentJson = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    status: z
      .enum(COMPONENT_STATUSES)
      .openapi({ description: 'As of now; incidents and maintenances decide it.' }),
    group_id: z.string().nullable(),
    position: z.int(),
    start_date: z.string().nullable().openapi({ format: 'date' }),
    showcase: z.boolean(),
    only_show_if_degraded: z.boolean(),
    created_at: InstantOut,
    updated_at: InstantOut,
    archived_at: InstantOut.nullable(),
  })
  .openapi('Component')

const scope = 'components:write'
const tag = 'Components'

export function componentRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/components',
      scope: 'read',
      tag,
      summary: 'List the components on the page',
      item: ComponentJson,
      cursor: z.tuple([CursorNumber, CursorNumber, CursorId]),
    },
    {
      rows: async (reader, page) => entriesAfter(await listComponents(reader), placeOf, page),
      cursorOf: placeOf,
      json: componentJsons,
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/components',
      scope,
      tag,
      summary: 'Add a component',
      body: NewComponent,
      answer: ComponentJson,
    },
    async (tx, { body, view }) => readOne(tx.db, await createComponent(tx, body), view),
  )
  routes.read(
    { path: '/components/{id}', scope: 'read', tag, summary: 'Read a component', answer: ComponentJson },
    (reader, { params, view }) => readOne(reader, params.id, view),
  )
  routes.write(
    {
      method: 'patch',
      path: '/components/{id}',
      scope,
      tag,
      summary: 'Change a component',
      body: changesOf(ComponentChanges),
      answer: ComponentJson,
    },
    async (tx, { params, body, view }) => {
      await updateComponent(tx, params.id, body)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/components/{id}',
      scope,
      tag,
      summary: 'Take a component off the page',
      description: 'Its past, and links to it, stay.',
      answer: ComponentJson,
    },
    async (tx, { params, view }) => {
      await archiveComponent(tx, params.id)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/components/{id}/archival',
      scope,
      tag,
      summary: 'Put a component back on the page',
      description: 'It stands where it stood before it was taken off.',
      answer: ComponentJson,
    },
    async (tx, { params, view }) => {
      await restoreComponent(tx, params.id)
      return readOne(tx.db, params.id, view)
    },
  )
}

function placeOf(component: Component): [number, number, string] {
  return [component.position, component.createdAt, component.id]
}

async function readOne(reader: Reader, id: string, { now }: View) {
  return componentJson(await getComponent(reader, id), await readComponentStatuses(reader, now))
}

async function componentJsons(reader: Reader, components: Component[], { now }: View) {
  const statuses = await readComponentStatuses(reader, now)
  return components.map((component) => componentJson(component, statuses))
}

function componentJson(
  component: Component,
  statuses: Awaited<ReturnType<typeof readComponentStatuses>>,
): z.input<typeof ComponentJson> {
  return {
    id: component.id,
    name: component.name,
    description: component.description,
    status: statuses.get(component.id) ?? 'operational',
    group_id: component.groupId,
    position: component.position,
    start_date: component.startOn,
    showcase: component.showcase,
    only_show_if_degraded: component.onlyShowIfDegraded,
    created_at: toIso(component.createdAt),
    updated_at: toIso(component.updatedAt),
    archived_at: isoOrNull(component.archivedAt),
  }
}
