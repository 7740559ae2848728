import type { Instant } from '../../lib/instant.ts'
import type { Incident } from '../incidents/incident.ts'
import { listIncidents } from '../incidents/list-incidents.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Maintenance, MaintenanceStatus } from '../maintenance/maintenance.ts'
import type { Reader } from '../tx.ts'
import { readIncidentViews } from './incident-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { IncidentView, MaintenanceView } from './views.ts'

/** Incidents and maintenances that began in a stretch of time, the latest first. */
export interface Begun {
  incidents: Incident[]
  maintenances: Maintenance[]
}

/** What began in `[from, until)`, of one component when it is given; of maintenances those in these states. */
export async function readBegun(
  reader: Reader,
  {
    statuses,
    ...range
  }: { from: Instant; until: Instant; componentId?: string; statuses: MaintenanceStatus[] },
): Promise<Begun> {
  return {
    incidents: await listIncidents(reader, range),
    maintenances: await listMaintenances(reader, { ...range, statuses }),
  }
}

/** Finds what began in one part of it, such as a day, by the part's name. */
export function inParts(
  { incidents, maintenances }: Begun,
  partOf: (at: Instant) => string,
): (part: string) => Begun {
  const byPart = {
    incidents: Map.groupBy(incidents, ({ startedAt }) => partOf(startedAt)),
    maintenances: Map.groupBy(maintenances, ({ scheduledFor }) => partOf(scheduledFor)),
  }
  return (part) => ({
    incidents: byPart.incidents.get(part) ?? [],
    maintenances: byPart.maintenances.get(part) ?? [],
  })
}

export function countOf({ incidents, maintenances }: Begun): number {
  return incidents.length + maintenances.length
}

export interface BegunViews {
  incidents: IncidentView[]
  maintenances: MaintenanceView[]
}

/** Parts with everything that a page says about what began in them: a few queries, however many they are. */
export async function readBegunViews<Part extends Begun>(
  reader: Reader,
  parts: readonly Part[],
  viewpoint: Viewpoint,
): Promise<(Omit<Part, keyof Begun> & BegunViews)[]> {
  const [allIncidents, allMaintenances] = [
    parts.flatMap(({ incidents }) => incidents),
    parts.flatMap(({ maintenances }) => maintenances),
  ]
  const incidents = new Map(
    (await readIncidentViews(reader, allIncidents, viewpoint)).map((view) => [view.incident.id, view]),
  )
  const maintenances = new Map(
    (await readMaintenanceViews(reader, allMaintenances)).map((view) => [view.maintenance.id, view]),
  )
  return parts.map((part) => ({
    ...part,
    incidents: part.incidents.flatMap(({ id }) => incidents.get(id) ?? []),
    maintenances: part.maintenances.flatMap(({ id }) => maintenances.get(id) ?? []),
  }))
}
