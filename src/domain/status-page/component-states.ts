import type { Component, ComponentId } from '../components/component.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import { listComponents } from '../components/components.ts'
import { readComponentStatuses } from '../components/impacts.ts'
import type { Reader } from '../tx.ts'
import type { Viewpoint } from './viewpoint.ts'

/** A component with its state as of now, whatever caused it. */
export interface ComponentState {
  component: Component
  status: ComponentStatus
}

/** The components of the page in its order, or those with these ids; one that was taken off has no state now. */
export async function readComponentStates(
  reader: Reader,
  { now }: Pick<Viewpoint, 'now'>,
  options: { ids?: ComponentId[] } = {},
): Promise<ComponentState[]> {
  const components = await listComponents(reader, options)
  const statuses = await readComponentStatuses(reader, now)
  return components.map((component) => ({
    component,
    status: statuses.get(component.id) ?? 'operational',
  }))
}
