import type { ComponentStatus } from '../components/component-status.ts'
import { listImpactsOf } from '../components/impacts.ts'
import type { Defect } from '../defects/defect.ts'
import { listLinkedDefects } from '../defects/links.ts'
import { type Incident, incidentImpact } from '../incidents/incident.ts'
import { readPromises } from '../sla/read-promises.ts'
import type { Reader } from '../tx.ts'
import { listEdits, listUpdates } from '../updates/list-updates.ts'
import type { StatusUpdate } from '../updates/status-update.ts'
import { isShown, readAudience } from './audience.ts'
import { updateViews } from './update-views.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { IncidentView } from './views.ts'

/** Incidents with everything that a page says about them, in the order given: a few queries, however many they are. */
export async function readIncidentViews(
  reader: Reader,
  incidents: Incident[],
  viewpoint: Viewpoint,
): Promise<IncidentView[]> {
  const ids = incidents.map((incident) => incident.id)
  const updates = await listUpdates(reader, { incidentIds: ids })
  const edited = [...updates.values()].flat().filter((update) => update.editedAt !== null)
  const edits = await listEdits(
    reader,
    edited.map((update) => update.id),
  )
  const impacts = await listImpactsOf(reader, ids)
  const linked = await listLinkedDefects(reader, ids)
  const audience = await readAudience(reader, viewpoint)
  const shown = [...linked.values()].flat().filter((defect) => isShown(audience, defect))
  const defects = new Map(shown.map((defect) => [defect.id, defect]))
  const promises = await readPromises(reader, [...defects.values()], viewpoint.now)
  return incidents.map((incident): IncidentView => {
    const own = updates.get(incident.id) ?? []
    const spans = impacts.get(incident.id) ?? []
    const current = new Map<string, ComponentStatus>()
    for (const span of spans) if (span.until === null) current.set(span.componentId, span.level)
    return {
      incident,
      impact: incidentImpact(incident.impactOverride, own),
      components: touchedComponents(own).map((component) => ({
        ...component,
        status: current.get(component.id) ?? 'operational',
      })),
      updates: updateViews(own, edits),
      defects: (linked.get(incident.id) ?? []).flatMap((defect: Defect) => promises.get(defect.id) ?? []),
    }
  })
}

/** The components that the updates name, each once, by its latest name, in the order in which they came up. */
function touchedComponents(updates: StatusUpdate[]): { id: string; name: string }[] {
  const names = new Map<string, string>()
  for (const update of updates)
    for (const { componentId, name } of update.components) names.set(componentId, name)
  return [...names].map(([id, name]) => ({ id, name }))
}
