import { z } from 'zod'
import { invalidField } from '../../errors.ts'
import { COMPONENT_STATUSES, type ComponentStatus } from '../components/component-status.ts'
import { listComponents } from '../components/components.ts'
import { readComponentStatuses } from '../components/impacts.ts'
import type { Tx } from '../tx.ts'
import type { UpdateComponent } from './status-update.ts'

/** Which components an update touches, and how they are from then on: `{ id: status }`. */
export const ComponentStatuses = z.record(z.string(), z.enum(COMPONENT_STATUSES))
export type ComponentStatuses = Record<string, ComponentStatus>

/**
 * The touched components with their names and their statuses before.
 * @throws DomainError `invalid` naming the component that is not on the page
 */
export async function componentChanges(tx: Tx, statuses: ComponentStatuses): Promise<UpdateComponent[]> {
  const ids = Object.keys(statuses)
  if (ids.length === 0) return []
  const components = new Map((await listComponents(tx.db)).map((component) => [component.id, component]))
  const current = await readComponentStatuses(tx.db, tx.now)
  return ids.map((id) => {
    const component = components.get(id)
    if (!component) throw invalidField(`/components/${id}`, `There is no component ${id}.`)
    return {
      componentId: id,
      name: component.name,
      oldStatus: current.get(id) ?? 'operational',
      newStatus: statuses[id] ?? 'operational',
    }
  })
}
