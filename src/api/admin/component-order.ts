import { ComponentOrder, putInOrder, readComponentOrder } from '../../domain/components/component-order.ts'
import type { AdminRoutes } from './admin-routes.ts'

const path = '/component-order'
const tag = 'Components'

export function componentOrderRoutes(routes: AdminRoutes): void {
  routes.read(
    {
      path,
      scope: 'read',
      tag,
      summary: 'Read the order of groups and components',
      description: 'From top to bottom, as the page has them; `group_id` is null for those that stand alone.',
      answer: ComponentOrder,
    },
    readComponentOrder,
  )
  routes.write(
    {
      method: 'put',
      path,
      scope: 'components:write',
      tag,
      summary: 'Put groups and components in another order',
      description:
        'Names every group and every component on the page once. A component goes into the group that it is named in.',
      body: ComponentOrder,
      answer: ComponentOrder,
    },
    async (tx, { body }) => {
      await putInOrder(tx, body)
      return readComponentOrder(tx.db)
    },
  )
}
