import { z } from '@hono/zod-openapi'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import { listComponents } from '../../domain/components/components.ts'
import { readComponentStatuses } from '../../domain/components/impacts.ts'
import { readVersions } from '../../domain/events/newest-event.ts'
import { listMaintenanceComponents } from '../../domain/maintenance/list-maintenances.ts'
import { MAINTENANCE_STATUSES, type Maintenance } from '../../domain/maintenance/maintenance.ts'
import type { Reader } from '../../domain/tx.ts'
import { listUpdates } from '../../domain/updates/list-updates.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut, isoOrNull } from '../input.ts'
import { UpdateJson, updateJsons, Version } from './update-json.ts'
import type { View } from './view.ts'

export const MaintenanceJson = z
  .object({
    id: z.string(),
    version: Version,
    name: z.string(),
    status: z.enum(MAINTENANCE_STATUSES),
    scheduled_for: InstantOut,
    scheduled_until: InstantOut,
    scheduled_auto_in_progress: z.boolean(),
    scheduled_auto_completed: z.boolean(),
    started_at: InstantOut.nullable(),
    completed_at: InstantOut.nullable(),
    cancelled_at: InstantOut.nullable(),
    created_at: InstantOut,
    updated_at: InstantOut,
    metadata: z.record(z.string(), z.unknown()),
    components: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        status: z.enum(COMPONENT_STATUSES).openapi({ description: 'As it is now.' }),
        planned_status: z
          .enum(COMPONENT_STATUSES)
          .openapi({ description: 'As it is while the maintenance runs.' }),
      }),
    ),
    incident_updates: z.array(UpdateJson).openapi({ description: 'Newest first.' }),
    url: z.string(),
  })
  .openapi('Maintenance')

/** Maintenances with their components and updates, in the order given. */
export async function readMaintenanceJsons(
  reader: Reader,
  maintenances: Maintenance[],
  { now, url }: View,
): Promise<z.input<typeof MaintenanceJson>[]> {
  const ids = maintenances.map(({ id }) => id)
  const updates = await listUpdates(reader, { maintenanceIds: ids })
  const planned = await listMaintenanceComponents(reader, ids)
  const componentIds = new Set([...planned.values()].flatMap((levels) => Object.keys(levels)))
  const components = await listComponents(reader, { ids: [...componentIds], archived: true })
  const names = new Map(components.map(({ id, name }) => [id as string, name]))
  const statuses = await readComponentStatuses(reader, now)
  const versions = await readVersions(reader, ids)
  return maintenances.map((maintenance) => ({
    ...maintenanceJson(maintenance, url),
    version: versions.get(maintenance.id) ?? 0,
    components: Object.entries(planned.get(maintenance.id) ?? {}).map(([id, level]) => ({
      id,
      name: names.get(id) ?? '',
      status: statuses.get(id) ?? 'operational',
      planned_status: level,
    })),
    incident_updates: updateJsons(updates.get(maintenance.id) ?? []),
  }))
}

function maintenanceJson(maintenance: Maintenance, url: string) {
  return {
    id: maintenance.id,
    name: maintenance.name,
    status: maintenance.status,
    scheduled_for: toIso(maintenance.scheduledFor),
    scheduled_until: toIso(maintenance.scheduledUntil),
    scheduled_auto_in_progress: maintenance.autoInProgress,
    scheduled_auto_completed: maintenance.autoCompleted,
    started_at: isoOrNull(maintenance.startedAt),
    completed_at: isoOrNull(maintenance.completedAt),
    cancelled_at: isoOrNull(maintenance.cancelledAt),
    created_at: toIso(maintenance.createdAt),
    updated_at: toIso(maintenance.updatedAt),
    metadata: maintenance.metadata,
    url: `${url}/maintenance/${maintenance.id}`,
  }
}
