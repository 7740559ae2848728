import { listOpenIncidents } from '../incidents/list-incidents.ts'
import { listMaintenances } from '../maintenance/list-maintenances.ts'
import type { Reader } from '../tx.ts'
import type { ComponentState } from './component-states.ts'
import { headlineOf } from './headline.ts'
import { readIncidentViews } from './incident-views.ts'
import { readMaintenanceViews } from './maintenance-views.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { Headline, IncidentView, MaintenanceView } from './views.ts'

/** What is not over: the headline is about it, if there is any. */
export interface UnderWay {
  openIncidents: IncidentView[]
  running: MaintenanceView[]
}

export async function readUnderWay(reader: Reader, viewpoint: Viewpoint): Promise<UnderWay> {
  return {
    openIncidents: await readIncidentViews(reader, await listOpenIncidents(reader), viewpoint),
    running: await readMaintenanceViews(
      reader,
      await listMaintenances(reader, { statuses: ['in_progress', 'verifying'] }),
    ),
  }
}

/** The sentence at the top alone, from the states of all components of the page. */
export async function readHeadline(
  reader: Reader,
  states: readonly ComponentState[],
  viewpoint: Viewpoint,
): Promise<Headline> {
  const { openIncidents, running } = await readUnderWay(reader, viewpoint)
  return headlineOf(states, openIncidents, running)
}
