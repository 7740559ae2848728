import type { ImportedMaintenance } from '../domain/maintenance/import-maintenance.ts'
import type { ImportedUpdate } from '../domain/updates/import-updates.ts'
import type { Instant } from '../lib/instant.ts'
import { plainUpdate } from './plain-update.ts'

/** What is said where a source tells by a state or a window alone that something has begun or is over. */
export const RESOLVED_BODY = 'This incident has been resolved.'
export const COMPLETED_BODY = 'The scheduled maintenance has been completed.'
const IN_PROGRESS_BODY =
  'Scheduled maintenance is currently in progress. We will provide updates as necessary.'

/** That a maintenance has begun, and what it does to its components from then on. */
export function begunUpdate(
  id: string,
  at: Instant,
  planned: ImportedMaintenance['components'],
): ImportedUpdate {
  const components = planned.map(({ componentId, name, level }) => ({
    ...{ componentId, name, oldStatus: 'operational' as const, newStatus: level },
  }))
  return plainUpdate({ id, status: 'in_progress', body: IN_PROGRESS_BODY, at, components })
}

/** That a maintenance is over, and its components work again. */
export function completedUpdate(
  id: string,
  at: Instant,
  planned: ImportedMaintenance['components'],
): ImportedUpdate {
  const components = planned.map(({ componentId, name, level }) => ({
    ...{ componentId, name, oldStatus: level, newStatus: 'operational' as const },
  }))
  return plainUpdate({ id, status: 'completed', body: COMPLETED_BODY, at, components })
}
