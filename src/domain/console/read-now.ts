import { readVersions } from '../events/newest-event.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import { openGoalsOf } from '../sla/record/open-goals.ts'
import { readMaintenanceViews } from '../status-page/maintenance-views.ts'
import { readPresent } from '../status-page/read-headline.ts'
import { readPromised } from '../status-page/read-promised.ts'
import { readIncidentsBehind } from '../status-page/read-sla.ts'
import type { OpenEntry } from '../status-page/sla-views.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { IncidentView, MaintenanceView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'

/** An incident with what a change to it is decided upon. */
export interface OpenIncident extends IncidentView {
  version: number
}

/** What is burning now. */
export interface NowView {
  /** The latest to start first. */
  openIncidents: OpenIncident[]
  /** Missed and not done yet. */
  overdue: OpenEntry[]
  /** The soonest deadline first. */
  due: OpenEntry[]
  running: MaintenanceView[]
  /** The next to begin first. */
  upcoming: MaintenanceView[]
}

/** So many deadlines are looked at; the terms page has all. */
const MOST_DUE = 20

export async function readNow(reader: Reader, viewpoint: Viewpoint): Promise<NowView> {
  const promised = await readPromised(reader, viewpoint)
  const { open, overdue } = openGoalsOf(promised?.promises ?? [])
  const due = open.filter(({ goal }) => goal.state.deadlineAt !== null).slice(0, MOST_DUE)
  const withIncidents = await readIncidentsBehind(reader, [...due, ...overdue])
  const scheduled = await listMaintenances(reader, { statuses: ['scheduled'] })
  const { openIncidents, running } = await readPresent(reader, viewpoint)
  const versions = await readVersions(
    reader,
    openIncidents.map(({ incident }) => incident.id),
  )
  return {
    openIncidents: openIncidents.map((view) => ({ ...view, version: versions.get(view.incident.id) ?? 0 })),
    overdue: overdue.map(withIncidents),
    due: due.map(withIncidents),
    running,
    upcoming: await readMaintenanceViews(reader, scheduled.reverse()),
  }
}
