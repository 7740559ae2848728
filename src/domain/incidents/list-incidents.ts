import { DomainError } from '../../errors.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'
import { type Incident, type IncidentId, toIncident } from './incident.ts'

export async function findIncident(reader: Reader, id: IncidentId): Promise<Incident | undefined> {
  const row = await reader.selectFrom('incident').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toIncident(row)
}

/** @throws DomainError `not-found` */
export async function getIncident(reader: Reader, id: IncidentId): Promise<Incident> {
  const incident = await findIncident(reader, id)
  if (!incident) throw new DomainError('not-found', `There is no incident ${id}.`)
  return incident
}

/** The incidents with these ids, the latest to start first. */
export async function listIncidentsById(reader: Reader, ids: IncidentId[]): Promise<Incident[]> {
  if (ids.length === 0) return []
  const rows = await reader
    .selectFrom('incident')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toIncident)
}

/** Incidents that nobody has resolved yet, the latest to start first. */
export async function listOpenIncidents(reader: Reader): Promise<Incident[]> {
  const rows = await reader
    .selectFrom('incident')
    .selectAll()
    .where('resolved_at', 'is', null)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toIncident)
}

/** A place in the list of incidents: the one to go on below. */
export interface IncidentCursor {
  startedAt: Instant
  id: IncidentId
}

/**
 * Incidents by start, latest first; those that started in `[from, until)`, those that touched one component, and
 * those below a cursor, where given.
 */
export async function listIncidents(
  reader: Reader,
  options: {
    limit?: number
    below?: IncidentCursor
    from?: Instant
    until?: Instant
    componentId?: string
  },
): Promise<Incident[]> {
  let query = reader.selectFrom('incident').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc')
  const { limit, below, from, until, componentId } = options
  if (limit !== undefined) query = query.limit(limit)
  if (from !== undefined) query = query.where('started_at', '>=', from)
  if (until !== undefined) query = query.where('started_at', '<', until)
  if (below !== undefined) {
    const { startedAt, id } = below
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('started_at', 'id'), '<', tuple(startedAt, id)),
    )
  }
  if (componentId !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb
        .selectFrom('status_update_component as touched')
        .innerJoin('status_update', 'status_update.id', 'touched.update_id')
        .where('touched.component_id', '=', componentId)
        .where('status_update.incident_id', 'is not', null)
        .select((inner) => inner.ref('status_update.incident_id').$notNull().as('id')),
    )
  }
  return (await query.execute()).map(toIncident)
}

/** When the earliest incident started; undefined when there never was one. */
export async function firstIncidentAt(reader: Reader): Promise<Instant | undefined> {
  const row = await reader
    .selectFrom('incident')
    .select((eb) => eb.fn.min('started_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? undefined
}
