import type { ImportedComponent, ImportedGroup } from '../imported-page.ts'
import type { Monitor, PageGroup } from './documents.ts'
import { monitorGroupId, monitorId, pageGroupId } from './ids.ts'

const untimed = { description: null, createdAt: null, updatedAt: null }

/** A group of a status page. */
export function toGroup({ id, name, weight }: PageGroup): ImportedGroup {
  return { ...untimed, id: pageGroupId(id), name, ...(weight !== undefined && { position: weight }) }
}

/** A group that is a monitor. Here groups do not stand in groups. */
export function groupOfMonitors({ id, name }: Monitor): ImportedGroup {
  return { ...untimed, id: monitorGroupId(id), name }
}

/** A monitor's name and nothing else of it: what it watches is nobody's business. */
export function toComponent(
  { id, name }: Pick<Monitor, 'id' | 'name'>,
  groupId: string | null,
): ImportedComponent {
  return {
    ...untimed,
    id: monitorId(id),
    name,
    groupId,
    startOn: null,
    showcase: true,
    onlyShowIfDegraded: false,
  }
}
