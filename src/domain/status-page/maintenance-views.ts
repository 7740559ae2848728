import { listComponents } from '../components/components.ts'
import { listMaintenanceComponents } from '../maintenance/list-maintenances.ts'
import type { Maintenance } from '../maintenance/maintenance.ts'
import type { Reader } from '../tx.ts'
import { listEdits, listUpdates } from '../updates/list-updates.ts'
import { updateViews } from './update-views.ts'
import type { MaintenanceView } from './views.ts'

/** Maintenances with everything that a page says about them, in the order given. */
export async function readMaintenanceViews(
  reader: Reader,
  maintenances: Maintenance[],
): Promise<MaintenanceView[]> {
  if (maintenances.length === 0) return []
  const ids = maintenances.map((maintenance) => maintenance.id)
  const updates = await listUpdates(reader, { maintenanceIds: ids })
  const edited = [...updates.values()].flat().filter((update) => update.editedAt !== null)
  const edits = await listEdits(
    reader,
    edited.map((update) => update.id),
  )
  const levels = await listMaintenanceComponents(reader, ids)
  const componentIds = new Set([...levels.values()].flatMap((of) => Object.keys(of)))
  const components = await listComponents(reader, { ids: [...componentIds], archived: true })
  const names = new Map(components.map((component) => [component.id as string, component.name]))
  return maintenances.map((maintenance) => ({
    maintenance,
    components: Object.keys(levels.get(maintenance.id) ?? {}).map((id) => ({
      id,
      name: names.get(id) ?? id,
    })),
    updates: updateViews(updates.get(maintenance.id) ?? [], edits),
  }))
}
