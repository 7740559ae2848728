import { type CompletionEvent, type DefectEvent, listDefectEvents } from '../defects/defect-events.ts'
import { listReleases, type ProductRelease } from '../defects/releases.ts'
import { readVersions } from '../events/newest-event.ts'
import type { Incident } from '../incidents/incident.ts'
import { listIncidents } from '../incidents/list-incidents.ts'
import { completionsOf } from '../sla/course/defect-course.ts'
import { readPins } from '../sla/terms/pins.ts'
import type { DefectPageView } from '../status-page/defect-views.ts'
import { readDefectPage } from '../status-page/read-defect-page.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { Reader } from '../tx.ts'
import { listUpdates } from '../updates/list-updates.ts'
import type { StatusUpdate } from '../updates/status-update.ts'
import { type DefectStep, possibleSteps } from './defect-steps.ts'
import { type KnownSubjects, readContractSubjects, readKnownSubjects } from './known-subjects.ts'
import { type NearSubject, nearSubjects } from './near-subjects.ts'

/** A defect as those who work on it need it. */
export interface DefectDesk {
  view: DefectPageView
  /** What a change to it is decided upon. */
  version: number
  events: DefectEvent[]
  /** What can be done now, the likely step first. */
  steps: DefectStep[]
  /** What is done and holds, the latest first: what can be withdrawn. */
  completions: CompletionEvent[]
  /** Updates of its incidents, the latest posted first: what can tell that something is done. */
  updates: StatusUpdate[]
  /** Those that are out, the latest first. */
  releases: ProductRelease[]
  /** The latest incidents that it is not linked to. */
  linkable: Pick<Incident, 'id' | 'name' | 'resolvedAt'>[]
  subjects: KnownSubjects
  contracts: KnownSubjects
  /** Whom it names nearly as a contract does, so that it has not the terms of that contract. */
  near: NearSubject[]
}

/** So many can be chosen from; older ones are linked from their own page. */
const MOST_UPDATES = 30
const MOST_RELEASES = 20
const MOST_INCIDENTS = 20

/** Undefined when there is no defect of that id. */
export async function readDefectDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<DefectDesk | undefined> {
  const view = await readDefectPage(reader, id, viewpoint)
  if (view === undefined) return undefined
  const { promises, incidents } = view
  const events = (await listDefectEvents(reader, [id])).get(id) ?? []
  const pin = (await readPins(reader, [id])).get(id)
  const incidentIds = incidents.map((incident) => incident.id)
  const updates = [...(await listUpdates(reader, { incidentIds })).values()].flat()
  const latest = await listIncidents(reader, { limit: MOST_INCIDENTS + incidentIds.length })
  const contracts = await readContractSubjects(reader, viewpoint)
  return {
    view,
    version: (await readVersions(reader, [id])).get(id) ?? 0,
    events,
    steps: possibleSteps(promises, events, pin, viewpoint.now),
    completions: completionsOf(events).toReversed(),
    updates: updates.sort((a, b) => b.createdAt - a.createdAt).slice(0, MOST_UPDATES),
    releases: await readPublished(reader),
    linkable: latest.filter((incident) => !incidentIds.includes(incident.id)).slice(0, MOST_INCIDENTS),
    subjects: await readKnownSubjects(reader, viewpoint),
    contracts,
    near: nearSubjects(promises.defect, contracts),
  }
}

async function readPublished(reader: Reader): Promise<ProductRelease[]> {
  const releases = await listReleases(reader)
  return releases
    .filter(({ publishedAt }) => publishedAt !== null)
    .sort((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0))
    .slice(0, MOST_RELEASES)
}
