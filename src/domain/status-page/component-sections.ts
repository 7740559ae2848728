import type { ComponentGroup } from '../components/component-groups.ts'
import type { ComponentState } from './component-states.ts'

/** A group with its components, or (group null) those that stand alone. */
export interface Section {
  group: ComponentGroup | null
  states: ComponentState[]
}

/**
 * Components, which come in the order of the page, in their groups: those that stand alone come between the groups,
 * where the first of them belongs. A group without any is there as well.
 */
export function inSections(groups: readonly ComponentGroup[], states: readonly ComponentState[]): Section[] {
  const byGroup = Map.groupBy(states, ({ component }) => component.groupId)
  const sections = groups.map((group) => ({
    position: group.position,
    section: { group, states: byGroup.get(group.id) ?? [] } as Section,
  }))
  const alone = byGroup.get(null) ?? []
  const [first] = alone
  if (first !== undefined)
    sections.push({ position: first.component.position, section: { group: null, states: alone } })
  return sections.sort((a, b) => a.position - b.position).map(({ section }) => section)
}
