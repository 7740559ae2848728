import type { ImportedMaintenance } from '../../domain/maintenance/import-maintenance.ts'
import type { MaintenanceStatus } from '../../domain/maintenance/maintenance.ts'
import type { Instant } from '../../lib/instant.ts'
import { leaveOut } from '../left-out.ts'
import { begunUpdate, completedUpdate } from '../made-up-updates.ts'
import { plainUpdate } from '../plain-update.ts'
import { UnusableRecord } from '../report.ts'
import { type ComponentsNow, componentStatus } from './components.ts'
import type { ScheduleRecord } from './documents.ts'
import { componentId, scheduleId, updateId } from './ids.ts'

const [UPCOMING, IN_PROGRESS, COMPLETE] = [0, 1, 2]

/**
 * A schedule as a maintenance, with its message as the announcement. Cachet does not say when it was begun and completed
 * but by its window, so these two updates are made up from that.
 * @throws UnusableRecord with a sentence about what makes it unusable
 */
export function toMaintenance(record: ScheduleRecord, now: ComponentsNow): ImportedMaintenance {
  const { id, scheduled_at: begins, completed_at: ends } = record
  if (ends === null) throw new UnusableRecord('It has no “completed_at”, and a maintenance needs an end.')
  if (ends <= begins) throw new UnusableRecord('It does not end after it begins.')
  if (record.created_at === null) throw new UnusableRecord('It has no “created_at”.')
  const announced = Math.min(record.created_at, begins)
  const planned = plannedLevels(record, now)
  if (![UPCOMING, IN_PROGRESS, COMPLETE].includes(record.status ?? UPCOMING)) leaveOut('status')
  const hasBegun = record.status === IN_PROGRESS || record.status === COMPLETE
  const update = (name: string, status: MaintenanceStatus, body: string, at: Instant) =>
    plainUpdate({ id: updateId('schedule', id, name), status, body, at })
  const updates = [
    update('first', 'scheduled', record.message, announced),
    ...record.updates.map((told) => {
      const at = told.created_at ?? announced
      return update(told.id, stateAt(at, record), told.message, at)
    }),
  ]
  if (hasBegun) updates.push(begunUpdate(updateId('schedule', id, 'begun'), begins, planned))
  if (record.status === COMPLETE)
    updates.push(completedUpdate(updateId('schedule', id, 'over'), ends, planned))
  return {
    id: scheduleId(id),
    name: record.name,
    scheduledFor: begins,
    scheduledUntil: ends,
    createdAt: announced,
    updatedAt: record.updated_at ?? announced,
    components: planned,
    updates,
    standInId: updateId('schedule', id, 'over'),
  }
}

/** The state that a schedule is brought to where it says one that is worse than working, and otherwise maintenance. */
function plannedLevels(record: ScheduleRecord, now: ComponentsNow): ImportedMaintenance['components'] {
  const planned = new Map<string, ImportedMaintenance['components'][number]>()
  for (const { id, component_id, component_status } of record.components) {
    const key = component_id ?? id ?? ''
    const component = now.get(key)
    if (component === undefined) {
      leaveOut('components')
      continue
    }
    const status = componentStatus(component_status, 'components[].component_status')
    const level = status === 'operational' ? 'under_maintenance' : status
    planned.set(key, { componentId: componentId(key), name: component.name, level })
  }
  return [...planned.values()]
}

/** A message of a schedule has no state of its own. */
function stateAt(at: Instant, { scheduled_at, status }: ScheduleRecord): MaintenanceStatus {
  return at < scheduled_at || (status !== IN_PROGRESS && status !== COMPLETE) ? 'scheduled' : 'in_progress'
}
