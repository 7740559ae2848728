import type { ImportedUpdate } from '../../domain/updates/import-updates.ts'
import type { UpdateComponent } from '../../domain/updates/status-update.ts'
import type { Instant } from '../../lib/instant.ts'
import { leaveOut } from '../left-out.ts'
import { plainUpdate } from '../plain-update.ts'
import { UnusableRecord } from '../report.ts'
import type { IncidentRecord, MaintenanceRecord, UpdateRecord } from './documents.ts'

/** How a kind of record ends, and what is said when its source says that it is over but no update does. */
interface Ending {
  status: 'resolved' | 'completed'
  body: string
}

/**
 * The updates of a record as they are stored.
 * @throws UnusableRecord with a sentence when there is none, or none with a time
 */
export function updatesOf(record: IncidentRecord | MaintenanceRecord, ending: Ending): ImportedUpdate[] {
  // Documents list the newest first; turned round, equal times keep the order in which they were posted.
  const distinct = new Map(record.incident_updates.toReversed().map((update) => [update.id, update]))
  if (distinct.size < record.incident_updates.length) leaveOut('incident_updates')
  const updates = [...distinct.values()]
    .filter((update) => update.status !== 'postmortem')
    .map((update) => storedUpdate(update, record))
  if (updates.length === 0) throw new UnusableRecord('It has no updates.')
  const newest = updates.toSorted((a, b) => a.displayAt - b.displayAt || a.createdAt - b.createdAt).at(-1)
  if (newest !== undefined && isOver(record) && newest.status !== ending.status) {
    updates.push(closingUpdate(record, ending, newest))
  }
  return updates
}

function storedUpdate(update: UpdateRecord, record: IncidentRecord | MaintenanceRecord): ImportedUpdate {
  const createdAt = update.created_at ?? update.display_at ?? record.created_at ?? record.started_at
  if (createdAt === null) throw new UnusableRecord(`Its update ${update.id} has no time.`)
  const components = new Map<string, UpdateComponent>()
  for (const { code, name, old_status, new_status } of update.affected_components) {
    components.set(code, {
      componentId: code,
      name,
      oldStatus: old_status ?? 'operational',
      newStatus: new_status,
    })
  }
  if (components.size < update.affected_components.length) leaveOut('affected_components')
  return {
    id: update.id,
    status: update.status,
    body: update.body,
    createdAt,
    displayAt: update.display_at ?? createdAt,
    updatedAt: update.updated_at ?? createdAt,
    deliverNotifications: update.deliver_notifications ?? false,
    components: [...components.values()],
  }
}

/** The components that the record names and none of its updates does. */
export function unmentioned(
  record: IncidentRecord | MaintenanceRecord,
  updates: ImportedUpdate[],
): { id: string; name: string }[] {
  const mentioned = new Set(updates.flatMap((update) => update.components.map((one) => one.componentId)))
  const others = record.components.filter(({ id, group }) => !group && !mentioned.has(id))
  return [...new Map(others.map(({ id, name }) => [id, { id, name }])).values()]
}

function isOver(record: IncidentRecord | MaintenanceRecord): boolean {
  return record.status === 'resolved' || record.status === 'postmortem' || record.status === 'completed'
}

/** The closing update that an import makes up has an id that follows from the record's: another import finds it again. */
export function standInIdOf(record: { id: string }, ending: Pick<Ending, 'status'>): string {
  return `${record.id}${ending.status}`.slice(0, 32)
}

function closingUpdate(
  record: IncidentRecord | MaintenanceRecord,
  ending: Ending,
  newest: ImportedUpdate,
): ImportedUpdate {
  const at: Instant = Math.max(
    record.resolved_at ?? record.updated_at ?? 0,
    newest.displayAt,
    newest.createdAt,
  )
  return plainUpdate({ id: standInIdOf(record, ending), ...ending, at })
}
