import { DomainError } from '../../errors.ts'
import type { Instant } from '../../lib/instant.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import type { Reader } from '../tx.ts'
import { type Maintenance, type MaintenanceId, type MaintenanceStatus, toMaintenance } from './maintenance.ts'

export async function findMaintenance(reader: Reader, id: MaintenanceId): Promise<Maintenance | undefined> {
  const row = await reader.selectFrom('maintenance').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toMaintenance(row)
}

/** @throws DomainError `not-found` */
export async function getMaintenance(reader: Reader, id: MaintenanceId): Promise<Maintenance> {
  const maintenance = await findMaintenance(reader, id)
  if (!maintenance) throw new DomainError('not-found', `There is no maintenance ${id}.`)
  return maintenance
}

/** The maintenances with these ids, the latest planned first. */
export async function listMaintenancesById(reader: Reader, ids: MaintenanceId[]): Promise<Maintenance[]> {
  if (ids.length === 0) return []
  const rows = await reader
    .selectFrom('maintenance')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('scheduled_for', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toMaintenance)
}

export interface MaintenanceCursor {
  scheduledFor: Instant
  id: MaintenanceId
}

/**
 * Maintenances by planned start, latest first; those with these ids, of some states, in `[from, until)` or below a
 * cursor, where given.
 */
export async function listMaintenances(
  reader: Reader,
  options: {
    ids?: MaintenanceId[]
    statuses?: MaintenanceStatus[]
    limit?: number
    below?: MaintenanceCursor
    from?: Instant
    until?: Instant
    componentId?: string
  } = {},
): Promise<Maintenance[]> {
  if (options.ids?.length === 0) return []
  let query = reader
    .selectFrom('maintenance')
    .selectAll()
    .orderBy('scheduled_for', 'desc')
    .orderBy('id', 'desc')
  const { ids, statuses, limit, below, from, until, componentId } = options
  if (ids !== undefined) query = query.where('id', 'in', ids)
  if (statuses !== undefined) query = query.where('status', 'in', statuses)
  if (limit !== undefined) query = query.limit(limit)
  if (from !== undefined) query = query.where('scheduled_for', '>=', from)
  if (until !== undefined) query = query.where('scheduled_for', '<', until)
  if (below !== undefined) {
    const { scheduledFor, id } = below
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('scheduled_for', 'id'), '<', tuple(scheduledFor, id)),
    )
  }
  if (componentId !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb.selectFrom('maintenance_component').select('maintenance_id').where('component_id', '=', componentId),
    )
  }
  return (await query.execute()).map(toMaintenance)
}

/** The components each maintenance works on, and their level while it runs, by maintenance id. */
export async function listMaintenanceComponents(
  reader: Reader,
  ids: MaintenanceId[],
): Promise<Map<string, Record<string, ComponentStatus>>> {
  const byMaintenance = new Map<string, Record<string, ComponentStatus>>(ids.map((id) => [id, {}]))
  if (ids.length === 0) return byMaintenance
  const rows = await reader
    .selectFrom('maintenance_component')
    .innerJoin('component', 'component.id', 'maintenance_component.component_id')
    .select(['maintenance_id', 'component_id', 'level'])
    .where('maintenance_id', 'in', ids)
    .orderBy('component.position')
    .orderBy('component_id')
    .execute()
  for (const row of rows) {
    const levels = byMaintenance.get(row.maintenance_id)
    if (levels) levels[row.component_id] = row.level as ComponentStatus
  }
  return byMaintenance
}

/** When the earliest maintenance was planned to begin; undefined when there never was one. */
export async function firstMaintenanceAt(reader: Reader): Promise<Instant | undefined> {
  const row = await reader
    .selectFrom('maintenance')
    .select((eb) => eb.fn.min('scheduled_for').as('at'))
    .executeTakeFirst()
  return row?.at ?? undefined
}
