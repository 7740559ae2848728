import { z } from 'zod'
import { ComponentChanges, NewComponent } from '../../domain/components/component.ts'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import { archiveComponent, createComponent, updateComponent } from '../../domain/components/components.ts'
import { type ComponentState, readComponentStates } from '../../domain/status-page/component-states.ts'
import type { Reader } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'
import { componentJson } from './component-json.ts'
import { readComponentUptime } from './component-uptime.ts'
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
    const states = await readComponentStates(reader, view)
    return states.slice(offset, offset + limit).map((state) => componentJson(state, view))
  })
  routes.write(
    { method: 'POST', path: LIST, scope, body: { ...body, fields: NewComponent.extend(fields) } },
    async (tx, { fields: { status, ...added }, scopes }, view) => {
      const id = await createComponent(tx, added)
      const { component } = await getState(tx.db, id, view)
      if (status !== undefined) await setComponentStatus(tx, component, { status, scopes })
      return readOne(tx.db, id, view)
    },
  )
  routes.read(ONE, async (reader, { id }, view) => readOne(reader, id, view))
  routes.change(
    { path: ONE, scope, body: { ...body, fields: ComponentChanges.extend(fields) } },
    async (tx, { id, fields: { status, ...changes }, scopes }, view) => {
      await getState(tx.db, id, view)
      if (Object.keys(changes).length > 0) await updateComponent(tx, id, changes)
      const { component } = await getState(tx.db, id, view)
      if (status !== undefined) await setComponentStatus(tx, component, { status, scopes })
      return readOne(tx.db, id, view)
    },
  )
  routes.read(`${ONE}/uptime`, async (reader, { id, query }, view) => {
    const { component } = await getState(reader, id, view)
    return readComponentUptime(reader, component, query, view)
  })
  routes.write({ method: 'DELETE', path: ONE, scope }, async (tx, { id }) => {
    await archiveComponent(tx, id)
    return undefined
  })
}

async function readOne(reader: Reader, id: string, view: View): Promise<object> {
  return componentJson(await getState(reader, id, view), view)
}

/** @throws DomainError `not-found`, also for one that was taken off the page: for clients it is deleted */
async function getState(reader: Reader, id: string, view: View): Promise<ComponentState> {
  const [state] = await readComponentStates(reader, view, { ids: [id] })
  if (!state) throw new DomainError('not-found', `There is no component ${id}.`)
  return state
}
