import { sql } from 'kysely'
import { holdsText } from '../holds-text.ts'
import type { MaintenanceStatus } from '../maintenance/maintenance.ts'
import type { Reader } from '../tx.ts'
import type { Subject } from '../updates/status-update.ts'

/** Which incidents and maintenances are wanted: all, some or none of each. */
export interface SubjectChoice {
  incidents: 'all' | 'unresolved' | 'none'
  maintenances: 'all' | 'none' | MaintenanceStatus[]
  /** A text in the name, the state, an update or the postmortem; letters of ASCII match in either case. */
  text?: string | undefined
}

/** Incidents and maintenances in one list, as tools read them that know one kind of both: the newest first. */
export async function listSubjects(
  reader: Reader,
  { incidents, maintenances, text }: SubjectChoice,
  { limit, offset }: { limit: number; offset: number },
): Promise<Subject[]> {
  const both = { incidents: incidentsOf(reader, text), maintenances: maintenancesOf(reader, text) }
  if (incidents === 'unresolved') both.incidents = both.incidents.where('resolved_at', 'is', null)
  if (incidents === 'none') both.incidents = both.incidents.where(sql.lit(false))
  if (maintenances === 'none') both.maintenances = both.maintenances.where(sql.lit(false))
  else if (maintenances !== 'all') both.maintenances = both.maintenances.where('status', 'in', maintenances)
  const rows = await both.incidents
    .unionAll(both.maintenances)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ kind, id }) => (kind === 'incident' ? { incidentId: id } : { maintenanceId: id }))
}

function incidentsOf(reader: Reader, text: string | undefined) {
  const query = reader
    .selectFrom('incident')
    .select([sql.lit<string>('incident').as('kind'), 'incident.id', 'incident.created_at'])
  if (text === undefined) return query
  const said = reader
    .selectFrom('status_update')
    .select('incident_id')
    .where(holdsText(text, sql.ref('body')))
  return query.where((eb) =>
    eb.or([
      holdsText(text, eb.ref('name')),
      holdsText(text, eb.ref('status')),
      holdsText(text, eb.ref('postmortem_body')),
      eb('incident.id', 'in', said.where('incident_id', 'is not', null).$castTo<{ incident_id: string }>()),
    ]),
  )
}

function maintenancesOf(reader: Reader, text: string | undefined) {
  const query = reader
    .selectFrom('maintenance')
    .select([sql.lit<string>('maintenance').as('kind'), 'maintenance.id', 'maintenance.created_at'])
  if (text === undefined) return query
  const said = reader
    .selectFrom('status_update')
    .select('maintenance_id')
    .where(holdsText(text, sql.ref('body')))
  return query.where((eb) =>
    eb.or([
      holdsText(text, eb.ref('name')),
      holdsText(text, eb.ref('status')),
      eb(
        'maintenance.id',
        'in',
        said.where('maintenance_id', 'is not', null).$castTo<{ maintenance_id: string }>(),
      ),
    ]),
  )
}
