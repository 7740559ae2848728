import { DomainError } from '../../errors.ts'
import { listComponents } from '../components/components.ts'
import { listImpactsOf } from '../components/impacts.ts'
import type { Tx } from '../tx.ts'
import type { ComponentStatuses } from '../updates/component-changes.ts'
import type { IncidentId } from './incident.ts'

/**
 * What the resolving update says about components: all that the incident still affects work again, so that the
 * timeline says so whether or not the responder listed them.
 * @throws DomainError `invalid` naming each component that is to stay affected
 */
export async function liftedComponents(
  tx: Tx,
  id: IncidentId,
  said: ComponentStatuses,
): Promise<ComponentStatuses> {
  assertNothingAffected(said)
  const impacts = (await listImpactsOf(tx.db, [id])).get(id) ?? []
  const affected = impacts.filter(({ until }) => until === null).map(({ componentId }) => componentId)
  // In the order of the page.
  const lifted = await listComponents(tx.db, { ids: affected })
  return { ...Object.fromEntries(lifted.map((component) => [component.id, 'operational' as const])), ...said }
}

/** @throws DomainError `invalid`: a resolved incident affects nothing, so an update that says otherwise is a slip */
export function assertNothingAffected(said: ComponentStatuses): void {
  const fields = Object.entries(said)
    .filter(([, status]) => status !== 'operational')
    .map(([componentId]) => ({
      pointer: `/components/${componentId}`,
      message: 'A resolved incident leaves no component affected.',
    }))
  if (fields.length > 0) {
    throw new DomainError('invalid', 'A resolved incident leaves no component affected.', { fields })
  }
}
