import { listLinkedIncidentIds } from '../defects/links.ts'
import type { EventType } from '../events/event-types.ts'
import type { Reader } from '../tx.ts'

/** What tells of everything that happens, wherever it happens. */
const EVERYWHERE = [
  '/',
  '/history',
  '/sla',
  '/history.rss',
  '/history.atom',
  '/updates.rss',
  '/updates.atom',
  '/feed.json',
  '/calendar.ics',
  '/commitments.ics',
  '/api/v2/incidents.json',
  '/api/v2/incidents/unresolved.json',
  '/api/v2/summary.json',
  '/api/v2/status.json',
  '/api/v2/components.json',
  '/api/v2/scheduled-maintenances.json',
  '/api/v2/scheduled-maintenances/upcoming.json',
  '/api/v2/scheduled-maintenances/active.json',
  '/api/v2/sla/commitments.json',
  '/history.json',
  '/headline.json',
  '/badge.svg',
  '/embed',
]

/** More than these at once are an import, for which no address comes before another. */
const MOST_SUBJECTS = 50

/**
 * Addresses of what people have written about after a version of the page, those first that most people read. Others
 * may have changed too: these are where somebody looks for it.
 */
export async function touchedAddresses(reader: Reader, sinceVersion: number): Promise<string[]> {
  const rows = await reader
    .selectFrom('event')
    .select(['type', 'subject_id'])
    .distinct()
    .where('id', '>', sinceVersion)
    .limit(MOST_SUBJECTS + 1)
    .execute()
  if (rows.length > MOST_SUBJECTS) return EVERYWHERE
  const subjects = (prefix: string) =>
    rows.flatMap(({ type, subject_id }) => ((type as EventType).startsWith(prefix) ? [subject_id] : []))
  const defectIds = [...new Set([...subjects('defect.'), ...subjects('sla.')])]
  const linked = await listLinkedIncidentIds(reader, defectIds)
  const incidentIds = new Set([...subjects('incident.'), ...[...linked.values()].flat()])
  const componentIds = new Set([
    ...subjects('component.'),
    ...(await readImpacted(reader, [...incidentIds], subjects('maintenance.'))),
  ])
  return [
    '/',
    ...[...incidentIds].flatMap(incidentAddresses),
    ...[...new Set(subjects('maintenance.'))].flatMap((id) => [
      `/maintenance/${id}`,
      ...incidentAddresses(id),
    ]),
    ...defectIds.map((id) => `/defects/${id}`),
    ...EVERYWHERE.slice(1),
    ...[...componentIds].flatMap((id) => [
      `/components/${id}`,
      `/components/${id}/history.rss`,
      `/components/${id}/history.atom`,
      `/components/${id}/badge.svg`,
      `/api/v2/components/${id}.json`,
      `/api/v2/components/${id}/uptime.json`,
      `/uptime/${id}.json`,
    ]),
  ]
}

/** In the dialect a maintenance stands at these as well. */
function incidentAddresses(id: string): string[] {
  return [`/incidents/${id}`, `/incidents/${id}.json`, `/api/v2/incidents/${id}.json`]
}

/** The components that incidents and maintenances have touched. */
async function readImpacted(
  reader: Reader,
  incidentIds: string[],
  maintenanceIds: string[],
): Promise<string[]> {
  if (incidentIds.length + maintenanceIds.length === 0) return []
  const rows = await reader
    .selectFrom('impact')
    .select('component_id')
    .distinct()
    .where((eb) =>
      eb.or([
        ...(incidentIds.length > 0 ? [eb('incident_id', 'in', incidentIds)] : []),
        ...(maintenanceIds.length > 0 ? [eb('maintenance_id', 'in', maintenanceIds)] : []),
      ]),
    )
    .execute()
  return rows.map(({ component_id }) => component_id)
}
