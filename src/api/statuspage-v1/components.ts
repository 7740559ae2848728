import { z } from 'zod'
import { type Component, ComponentChanges, NewComponent } from '../../domain/components/component.ts'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import {
  archiveComponent,
  createComponent,
  getComponent,
  listComponents,
  updateComponent,
} from '../../domain/components/components.ts'
import { readComponentStatuses } from '../../domain/components/impacts.ts'
import type { Reader } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'
import { componentJson } from './component-json.ts'
import { stretchOf } from './paging.ts'
import { Flag, WholeNumber } from './read-fields.ts'
import { setComponentStatus } from './set-component-status.ts'
import type { V1Routes, View } from './v1-routes.ts'

const fields = {
  showcase: Flag.optional(),
  only_show_if_degraded: Flag.optional(),
  position: WholeNumber.pipe(NewComponent.shape.position.unwrap()).optional(),
  // In the words of the description, "null" takes a component out of its group.
  group_id: z
    .preprocess((id) => (id === 'null' ? null : id), NewComponent.shape.group_id.unwrap())
    .optional(),
  status: z.enum(COMPONENT_STATUSES).optional(),
}
const body = { wrapper: 'component', clearable: ['description', 'group_id', 'start_date'] }
const scope = 'components:write'
const LIST = '/pages/:page/components'
const ONE = `${LIST}/:id`

export function componentRoutes(routes: V1Routes): void {
  routes.read(LIST, async (reader, { query }, view) => {
    const { limit, offset } = stretchOf(query)
    const components = (await listComponents(reader)).slice(offset, offset + limit)
    const statuses = await readComponentStatuses(reader, view.now)
    return components.map((component) => componentJson(component, statuses, view))
  })
  routes.write(
    { method: 'POST', path: LIST, scope, body: { ...body, fields: NewComponent.extend(fields) } },
    async (tx, { fields: { status, ...component }, scopes }, view) => {
      const id = await createComponent(tx, component)
      if (status !== undefined) await setComponentStatus(tx, await getShown(tx.db, id), { status, scopes })
      return readOne(tx.db, id, view)
    },
  )
  routes.read(ONE, async (reader, { id }, view) => readOne(reader, id, view))
  routes.change(
    { path: ONE, scope, body: { ...body, fields: ComponentChanges.extend(fields) } },
    async (tx, { id, fields: { status, ...changes }, scopes }, view) => {
      await getShown(tx.db, id)
      if (Object.keys(changes).length > 0) await updateComponent(tx, id, changes)
      if (status !== undefined) await setComponentStatus(tx, await getShown(tx.db, id), { status, scopes })
      return readOne(tx.db, id, view)
    },
  )
  routes.write({ method: 'DELETE', path: ONE, scope }, async (tx, { id }) => {
    await archiveComponent(tx, id)
    return undefined
  })
}

async function readOne(reader: Reader, id: string, view: View): Promise<object> {
  return componentJson(await getShown(reader, id), await readComponentStatuses(reader, view.now), view)
}

/** @throws DomainError `not-found`, also for one that was taken off the page: for clients it is deleted */
async function getShown(reader: Reader, id: string): Promise<Component> {
  const component = await getComponent(reader, id)
  if (component.archivedAt !== null) throw new DomainError('not-found', `There is no component ${id}.`)
  return component
}
