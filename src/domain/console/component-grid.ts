import type { Instant } from '../../lib/instant.ts'
import { listComponents } from '../components/components.ts'
import { readComponentStatuses } from '../components/impacts.ts'
import { briefOf, readSections } from '../status-page/home-components.ts'
import type { ComponentBrief, ComponentSection } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'

/** Every component of the page with its state, in its groups: what an update says something of. */
export async function readComponentGrid(
  reader: Reader,
  now: Instant,
): Promise<ComponentSection<ComponentBrief>[]> {
  const components = await listComponents(reader)
  const statuses = await readComponentStatuses(reader, now)
  const briefs = components.map((component) =>
    briefOf({ component, status: statuses.get(component.id) ?? 'operational' }),
  )
  return readSections(reader, components, briefs)
}
