import { findIncident } from '../../domain/incidents/list-incidents.ts'
import { findMaintenance } from '../../domain/maintenance/list-maintenances.ts'
import { listSubjects, type SubjectChoice } from '../../domain/status-page/list-subjects.ts'
import type { Reader } from '../../domain/tx.ts'
import type { Subject } from '../../domain/updates/status-update.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { IncidentFields, isMaintenance } from './incident-fields.ts'
import { readIncidentJsons } from './incident-json.ts'
import { stretchOf } from './paging.ts'
import { changeFromFields, openFromFields, withdrawIncident } from './post-incident.ts'
import { changeMaintenanceFromFields, scheduleFromFields, withdrawMaintenance } from './post-maintenance.ts'
import type { V1Routes, View } from './v1-routes.ts'

const body = { wrapper: 'incident', fields: IncidentFields }
const scope = 'incidents:write'
const LIST = '/pages/:page/incidents'
export const ONE_INCIDENT = `${LIST}/:id`

/** The lists that Statuspage has; what is scheduled is a maintenance here. */
const LISTS: Record<string, SubjectChoice> = {
  [LIST]: { incidents: 'all', maintenances: 'all' },
  [`${LIST}/unresolved`]: { incidents: 'unresolved', maintenances: 'none' },
  [`${LIST}/scheduled`]: { incidents: 'none', maintenances: 'all' },
  [`${LIST}/upcoming`]: { incidents: 'none', maintenances: ['scheduled'] },
  [`${LIST}/active_maintenance`]: { incidents: 'none', maintenances: ['in_progress', 'verifying'] },
}

export function incidentRoutes(routes: V1Routes): void {
  for (const [path, choice] of Object.entries(LISTS)) {
    routes.read(path, async (reader, { query }, view) => {
      const text = query.get('q') || undefined
      if (text?.includes('\0')) throw invalidField('?q', 'No text holds this character.')
      return readIncidentJsons(
        reader,
        await listSubjects(reader, { ...choice, text }, stretchOf(query)),
        view,
      )
    })
  }
  routes.write({ method: 'POST', path: LIST, scope, body }, async (tx, { fields }, view) => {
    const subject = isMaintenance(fields)
      ? { maintenanceId: await scheduleFromFields(tx, fields) }
      : { incidentId: await openFromFields(tx, fields, view) }
    return readOne(tx.db, subject, view)
  })
  routes.read(ONE_INCIDENT, async (reader, { id }, view) =>
    readOne(reader, (await getSubject(reader, id)).subject, view),
  )
  routes.change({ path: ONE_INCIDENT, scope, body }, async (tx, { id, fields }, view) => {
    const { subject, incident, maintenance } = await getSubject(tx.db, id)
    if (incident) await changeFromFields(tx, incident, fields, view)
    if (maintenance) await changeMaintenanceFromFields(tx, maintenance, fields)
    return readOne(tx.db, subject, view)
  })
  routes.write({ method: 'DELETE', path: ONE_INCIDENT, scope }, async (tx, { id }, view) => {
    const { subject, incident, maintenance } = await getSubject(tx.db, id)
    if (incident) await withdrawIncident(tx, incident)
    if (maintenance) await withdrawMaintenance(tx, maintenance)
    return readOne(tx.db, subject, view)
  })
}

/**
 * What has this id: an incident or a maintenance.
 * @throws DomainError `not-found`
 */
export async function getSubject(reader: Reader, id: string) {
  const incident = await findIncident(reader, id)
  if (incident) return { subject: { incidentId: id } satisfies Subject, incident }
  const maintenance = await findMaintenance(reader, id)
  if (maintenance) return { subject: { maintenanceId: id } satisfies Subject, maintenance }
  throw new DomainError('not-found', `There is no incident ${id}.`)
}

async function readOne(reader: Reader, subject: Subject, view: View): Promise<object> {
  const [incident] = await readIncidentJsons(reader, [subject], view)
  if (!incident) throw new Error('An incident that is there was not read.')
  return incident
}
