import { z } from 'zod'
import { DomainError, type FieldError } from '../../errors.ts'
import { COMPONENT_STATUSES, type ComponentStatus } from '../components/component-status.ts'
import { listComponents } from '../components/components.ts'
import { readComponentStatuses } from '../components/impacts.ts'
import type { Reader, Tx } from '../tx.ts'
import type { UpdateComponent } from './status-update.ts'

/** Which components an update touches, and how they are from then on: `{ id: status }`. */
export const ComponentStatuses = z.record(z.string(), z.enum(COMPONENT_STATUSES))
export type ComponentStatuses = Record<string, ComponentStatus>

/**
 * The touched components with their names and their statuses before.
 * @throws DomainError `invalid` naming every component that is not on the page
 */
export async function componentChanges(tx: Tx, statuses: ComponentStatuses): Promise<UpdateComponent[]> {
  const ids = Object.keys(statuses)
  if (ids.length === 0) return []
  const names = await assertOnPage(tx.db, ids)
  const current = await readComponentStatuses(tx.db, tx.now)
  return ids.map((id) => ({
    componentId: id,
    name: names.get(id) ?? '',
    oldStatus: current.get(id) ?? 'operational',
    newStatus: statuses[id] ?? 'operational',
  }))
}

/**
 * The names of components by id.
 * @throws DomainError `invalid` naming every one that is not on the page
 */
export async function assertOnPage(reader: Reader, ids: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>(
    (await listComponents(reader, { ids })).map(({ id, name }) => [id, name]),
  )
  const unknown = ids.filter((id) => !names.has(id)).map(unknownComponent)
  if (unknown.length > 0) {
    throw new DomainError('invalid', 'The page has no such component.', { fields: unknown })
  }
  return names
}

function unknownComponent(id: string): FieldError {
  // The escapes of a JSON pointer.
  const step = id.replaceAll('~', '~0').replaceAll('/', '~1')
  return { pointer: `/components/${step}`, message: `There is no component ${id}.` }
}
