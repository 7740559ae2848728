import { listComponentGroups } from '../components/component-groups.ts'
import { inSections } from '../status-page/component-sections.ts'
import { readComponentStates } from '../status-page/component-states.ts'
import { briefOf, sectionView } from '../status-page/home-components.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { ComponentBrief, ComponentSection } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'

/** Every component of the page with its state, in its groups: what an update says something of. */
export async function readComponentGrid(
  reader: Reader,
  viewpoint: Pick<Viewpoint, 'now'>,
): Promise<ComponentSection<ComponentBrief>[]> {
  const states = await readComponentStates(reader, viewpoint)
  const sections = inSections(await listComponentGroups(reader), states)
  return sections.filter((one) => one.states.length > 0).map((one) => sectionView(one, briefOf))
}
