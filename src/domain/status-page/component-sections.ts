import type { ComponentGroup } from '../components/component-groups.ts'
import { inOrder } from '../components/component-order.ts'
import type { ComponentState } from './component-states.ts'

/** A group with its components, or (group null) those that stand alone. */
export interface Section {
  group: ComponentGroup | null
  states: ComponentState[]
}

/** Components, which come in the order of the page, in their groups. A group without any is there as well. */
export function inSections(groups: readonly ComponentGroup[], states: readonly ComponentState[]): Section[] {
  const sections = inOrder(groups, states, ({ component }) => component)
  return sections.map(({ group, members }) => ({ group, states: members }))
}
