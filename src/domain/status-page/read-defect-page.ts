import { isId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Defect } from '../defects/defect.ts'
import { listDefectEvents } from '../defects/defect-events.ts'
import { findDefect } from '../defects/defects.ts'
import { listFollowers } from '../defects/followers.ts'
import { listLinkedIncidentIds } from '../defects/links.ts'
import { listReleases } from '../defects/releases.ts'
import type { Incident } from '../incidents/incident.ts'
import { getIncident } from '../incidents/list-incidents.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { readPromises } from '../sla/read-promises.ts'
import { listVerdicts } from '../sla/record/verdicts.ts'
import type { Reader } from '../tx.ts'
import { listUpdates } from '../updates/list-updates.ts'
import { type Audience, isShown, readAudience } from './audience.ts'
import { defectStory } from './defect-story.ts'
import type { DefectName, DefectPageView, StoryEntry } from './defect-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'

/**
 * One defect with its promises and everything that happened to it; undefined when there is none of that id, or none
 * that is shown to whom the page is for.
 */
export async function readDefectPage(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<DefectPageView | undefined> {
  // An address can hold anything, also what a database refuses to look for.
  const defect = isId(id) ? await findDefect(reader, id) : undefined
  const audience = await readAudience(reader, viewpoint)
  if (!defect || !isShown(audience, defect)) return undefined
  const promises = (await readPromises(reader, [defect], viewpoint.now)).get(defect.id)
  if (!promises) throw new Error(`Defect ${defect.id} was read without its promises.`)
  const incidents = await readLinkedIncidents(reader, defect)
  const followed = defect.followsId === null ? undefined : await findDefect(reader, defect.followsId)
  return {
    page: await readPageView(reader, viewpoint),
    promises,
    incidents: incidents.map(({ id, name, status }) => ({ id, name, status })),
    follows: shownNames(audience, followed ? [followed] : [])[0] ?? null,
    followers: shownNames(audience, await listFollowers(reader, defect.id)),
    story: await readStory(reader, promises, incidents, viewpoint.now),
  }
}

async function readLinkedIncidents(reader: Reader, { id }: Defect): Promise<Incident[]> {
  const incidents: Incident[] = []
  for (const incidentId of (await listLinkedIncidentIds(reader, [id])).get(id) ?? [])
    incidents.push(await getIncident(reader, incidentId))
  return incidents
}

function shownNames(audience: Audience, defects: Defect[]): DefectName[] {
  return defects
    .filter((defect) => isShown(audience, defect))
    .map(({ id, key, title }) => ({ id, key, title }))
}

async function readStory(
  reader: Reader,
  promises: DefectPromises,
  incidents: Incident[],
  now: Instant,
): Promise<StoryEntry[]> {
  const { id } = promises.defect
  const updates = await listUpdates(reader, { incidentIds: incidents.map((incident) => incident.id) })
  return defectStory({
    promises,
    incidents,
    events: ((await listDefectEvents(reader, [id])).get(id) ?? []).filter((event) => event.at <= now),
    updates: [...updates.values()].flat(),
    releases: await listReleases(reader),
    verdicts: await listVerdicts(reader, [id]),
    now,
  })
}
