import { localDateOf, monthOf } from '../../lib/dates.ts'
import { HOUR_MS, type Instant } from '../../lib/instant.ts'
import { listImpacts } from '../components/impacts.ts'
import type { DefectId } from '../defects/defect.ts'
import { listLinkedDefects, listLinkedIncidentIds } from '../defects/links.ts'
import { ACCESS_EVENTS } from '../events/event-types.ts'
import type { IncidentId } from '../incidents/incident.ts'
import { listPublicDefectsDue } from '../sla/record/deadlines.ts'
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

/** What has just ended changes once more: a day later it is only a part of a day that is over. */
const JUST_ENDED_MS = HOUR_MS

/** What is written about. */
interface Subjects {
  incidents: string[]
  maintenances: string[]
  defects: string[]
  components: string[]
}

/**
 * Addresses that tell of what people have written about after a version of the page, those first that most people read;
 * where nobody has written, of what is open, because that is what time changes. Others may have changed too: these are
 * where somebody looks for it.
 */
export async function touchedAddresses(
  reader: Reader,
  sinceVersion: number,
  now: Instant,
): Promise<string[]> {
  const rows = await reader
    .selectFrom('event')
    .select(['type', 'subject_id'])
    .distinct()
    .where('id', '>', sinceVersion)
    .where('type', 'not in', ACCESS_EVENTS)
    .limit(MOST_SUBJECTS + 1)
    .execute()
  if (rows.length > MOST_SUBJECTS) return EVERYWHERE
  const written = (...prefixes: string[]) =>
    rows.flatMap(({ type, subject_id }) => (prefixes.some((it) => type.startsWith(it)) ? [subject_id] : []))
  const subjects =
    rows.length === 0
      ? await readOpen(reader, now)
      : {
          incidents: written('incident.'),
          maintenances: written('maintenance.'),
          defects: written('defect.', 'sla.'),
          components: written('component.'),
        }
  return addressesOf(reader, subjects)
}

async function readOpen(reader: Reader, now: Instant): Promise<Subjects> {
  const impacts = await listImpacts(reader, { from: now - JUST_ENDED_MS, until: now })
  const defects = (await listPublicDefectsDue(reader)).map(({ id }) => id)
  const incidents = impacts.flatMap(({ incidentId }) => incidentId ?? [])
  const maintenances = impacts.flatMap(({ maintenanceId }) => maintenanceId ?? [])
  const some = (ids: string[]) => [...new Set(ids)].slice(0, MOST_SUBJECTS)
  return {
    incidents: some(incidents),
    maintenances: some(maintenances),
    defects: some(defects),
    components: [],
  }
}

async function addressesOf(reader: Reader, subjects: Subjects): Promise<string[]> {
  const { maintenances } = subjects
  const behind = await listLinkedDefects(reader, subjects.incidents as IncidentId[])
  const linked = await listLinkedIncidentIds(reader, subjects.defects as DefectId[])
  const incidents = [...new Set([...subjects.incidents, ...[...linked.values()].flat()])]
  const defects = [...new Set([...subjects.defects, ...[...behind.values()].flat().map(({ id }) => id)])]
  const components = [
    ...new Set([...subjects.components, ...(await readImpacted(reader, incidents, maintenances))]),
  ]
  const naming = await readNaming(reader, subjects.components)
  return [
    '/',
    ...incidents.flatMap(incidentAddresses),
    ...[...new Set(maintenances)].flatMap(maintenanceAddresses),
    ...defects.map((id) => `/defects/${id}`),
    ...EVERYWHERE.slice(1),
    ...components.flatMap((id) => [
      `/components/${id}`,
      `/components/${id}/history.rss`,
      `/components/${id}/history.atom`,
      `/components/${id}/badge.svg`,
      `/api/v2/components/${id}.json`,
      `/api/v2/components/${id}/uptime.json`,
      `/uptime/${id}.json`,
      `/history?component=${id}`,
      `/uptime?component=${id}`,
      `/subscribe?component=${id}`,
    ]),
    ...(await readGroups(reader, components)).flatMap((id) => [
      `/components/${id}/badge.svg`,
      `/api/v2/components/${id}.json`,
    ]),
    ...(defects.length > 0 ? ['/sla/record.csv', '/api/v2/sla/record.json'] : []),
    ...(await readMonths(reader, defects)).map((month) => `/sla/${month}`),
    '/uptime',
    '/subscribe',
    ...naming.incidents.flatMap(incidentAddresses),
    ...naming.maintenances.flatMap(maintenanceAddresses),
    // Images are slow to draw, and shown by others, who keep them for a while.
    '/social.png',
    ...incidents.map((id) => `/social/incidents/${id}.png`),
    ...new Set(maintenances.map((id) => `/social/maintenance/${id}.png`)),
  ]
}

function incidentAddresses(id: string): string[] {
  return [`/incidents/${id}`, `/incidents/${id}.json`, `/api/v2/incidents/${id}.json`]
}

/** In the dialect a maintenance stands among the incidents as well. */
function maintenanceAddresses(id: string): string[] {
  return [`/maintenance/${id}`, ...incidentAddresses(id)]
}

/** Incidents and maintenances that name these components, the latest. */
async function readNaming(
  reader: Reader,
  componentIds: string[],
): Promise<Pick<Subjects, 'incidents' | 'maintenances'>> {
  if (componentIds.length === 0) return { incidents: [], maintenances: [] }
  const impacts = await reader
    .selectFrom('impact')
    .select(['incident_id', ({ fn }) => fn.max('from_at').as('at')])
    .where('component_id', 'in', componentIds)
    .where('incident_id', 'is not', null)
    .groupBy('incident_id')
    .orderBy('at', 'desc')
    .limit(MOST_SUBJECTS)
    .execute()
  const maintenances = await reader
    .selectFrom('maintenance')
    .select('id')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('maintenance_component')
        .select('maintenance_id')
        .where('component_id', 'in', componentIds),
    )
    .orderBy('scheduled_for', 'desc')
    .limit(MOST_SUBJECTS)
    .execute()
  return {
    incidents: impacts.flatMap(({ incident_id }) => incident_id ?? []),
    maintenances: maintenances.map(({ id }) => id),
  }
}

/** The groups in which these components are. */
async function readGroups(reader: Reader, componentIds: string[]): Promise<string[]> {
  if (componentIds.length === 0) return []
  const rows = await reader
    .selectFrom('component')
    .select('group_id')
    .distinct()
    .where('id', 'in', componentIds)
    .execute()
  return rows.flatMap(({ group_id }) => group_id ?? [])
}

/** No zone is further than this from the one in which instants are written. */
const FARTHEST_ZONE_MS = 14 * HOUR_MS

/** The months in which verdicts of these defects may stand, whichever zones their calendars have. */
async function readMonths(reader: Reader, defectIds: string[]): Promise<string[]> {
  if (defectIds.length === 0) return []
  const rows = await reader
    .selectFrom('sla_verdict')
    .select(['completed_at', 'deadline_at', 'recorded_at'])
    .where('defect_id', 'in', defectIds)
    .execute()
  const instants = rows.map((row) => row.completed_at ?? row.deadline_at ?? row.recorded_at)
  const days = instants.flatMap((at) => [at - FARTHEST_ZONE_MS, at + FARTHEST_ZONE_MS])
  return [...new Set(days.map((at) => monthOf(localDateOf(at, 'UTC'))))]
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
