import { type ComponentStatus, worstStatus } from '../../domain/components/component-status.ts'
import type { ImportedIncident } from '../../domain/incidents/import-incident.ts'
import type { ImportedMaintenance } from '../../domain/maintenance/import-maintenance.ts'
import type { ImportedUpdate } from '../../domain/updates/import-updates.ts'
import type { ImportedComponent, ImportedGroup } from '../imported-page.ts'
import { UnusableRecord } from '../report.ts'
import type { ComponentRecord, IncidentRecord, MaintenanceRecord } from './documents.ts'
import { standInIdOf, updatesOf } from './updates.ts'

/** A row of `components.json` that is a group. */
export function toGroup(record: ComponentRecord): ImportedGroup {
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    ...(record.position !== undefined && { position: record.position }),
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  }
}

/** A row of `components.json`, which names its group, or is named by it among all `rows`. */
export function toComponent(record: ComponentRecord, rows: ComponentRecord[]): ImportedComponent {
  const groupId = record.group_id ?? rows.find((row) => row.group && row.components?.includes(record.id))?.id
  return {
    ...toGroup(record),
    groupId: groupId ?? null,
    startOn: record.start_date,
    showcase: record.showcase,
    onlyShowIfDegraded: record.only_show_if_degraded,
  }
}

/**
 * An incident as it is stored. A `postmortem` update becomes the postmortem; the impact `maintenance` is not kept,
 * for it follows from components under maintenance.
 * @throws UnusableRecord with a sentence about what makes it unusable
 */
export function toIncident(record: IncidentRecord): ImportedIncident {
  const ending = { status: 'resolved', body: 'This incident has been resolved.' } as const
  const updates = updatesOf(record, ending)
  return {
    id: record.id,
    name: record.name,
    impact: record.impact === 'maintenance' ? null : (record.impact ?? null),
    backfilled: record.backfilled ?? false,
    ...timesOf(record, updates),
    updates,
    standInId: standInIdOf(record, ending),
    postmortem: postmortemOf(record),
  }
}

function postmortemOf(record: IncidentRecord): ImportedIncident['postmortem'] {
  const [update] = record.incident_updates.filter(({ status }) => status === 'postmortem')
  const body = update?.body || record.postmortem_body
  const publishedAt =
    update?.display_at ?? update?.created_at ?? record.postmortem_published_at ?? record.updated_at
  return body && publishedAt !== null ? { body, publishedAt } : null
}

/**
 * A maintenance as it is stored. Documents that lost the planned window fall back to the real one.
 * @throws UnusableRecord with a sentence about what makes it unusable
 */
export function toMaintenance(record: MaintenanceRecord): ImportedMaintenance {
  const ending = { status: 'completed', body: 'The scheduled maintenance has been completed.' } as const
  const updates = updatesOf(record, ending)
  const scheduledFor = record.scheduled_for ?? record.started_at
  const scheduledUntil = record.scheduled_until ?? record.resolved_at
  if (scheduledFor === null) throw new UnusableRecord('It has neither “scheduled_for” nor “started_at”.')
  if (scheduledUntil === null) throw new UnusableRecord('It has neither “scheduled_until” nor “resolved_at”.')
  if (scheduledUntil <= scheduledFor) throw new UnusableRecord('It does not end after it begins.')
  return {
    id: record.id,
    name: record.name,
    scheduledFor,
    scheduledUntil,
    ...timesOf(record, updates),
    components: plannedLevels(updates),
    updates,
    standInId: standInIdOf(record, ending),
  }
}

/** The worst that an update says about each component; one that is never worse than working is still worked on. */
function plannedLevels(updates: ImportedUpdate[]): ImportedMaintenance['components'] {
  const said = new Map<string, ComponentStatus[]>()
  for (const { componentId, newStatus } of updates.flatMap((update) => update.components)) {
    said.set(componentId, [...(said.get(componentId) ?? []), newStatus])
  }
  return [...said].map(([componentId, statuses]) => {
    const worst = worstStatus(statuses)
    return { componentId, level: worst === 'operational' ? 'under_maintenance' : worst }
  })
}

function timesOf(record: IncidentRecord | MaintenanceRecord, updates: ImportedUpdate[]) {
  const createdAt = record.created_at ?? Math.min(...updates.map((update) => update.createdAt))
  const newest = Math.max(createdAt, ...updates.map((update) => update.updatedAt))
  return { createdAt, updatedAt: record.updated_at ?? newest }
}
