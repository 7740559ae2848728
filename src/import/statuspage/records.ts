import { type ComponentStatus, worstStatus } from '../../domain/components/component-status.ts'
import type { ImportedIncident } from '../../domain/incidents/import-incident.ts'
import type { ImportedMaintenance } from '../../domain/maintenance/import-maintenance.ts'
import type { ImportedUpdate } from '../../domain/updates/import-updates.ts'
import type { Instant } from '../../lib/instant.ts'
import type { ImportedComponent, ImportedGroup } from '../imported-page.ts'
import { leaveOut } from '../left-out.ts'
import { COMPLETED_BODY, RESOLVED_BODY } from '../made-up-updates.ts'
import { UnusableRecord } from '../report.ts'
import type { ComponentRecord, IncidentRecord, MaintenanceRecord } from './documents.ts'
import { standInIdOf, unmentioned, updatesOf } from './updates.ts'

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
  const ending = { status: 'resolved', body: RESOLVED_BODY } as const
  const updates = updatesOf(record, ending)
  attachUnmentioned(record, updates)
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

/** A component that only the record itself names stands in its first update, unharmed: no update says how it was. */
function attachUnmentioned(record: IncidentRecord, updates: ImportedUpdate[]): void {
  for (const { id, name } of unmentioned(record, updates)) {
    const unharmed = { oldStatus: 'operational', newStatus: 'operational' } as const
    updates[0]?.components.push({ componentId: id, name, ...unharmed })
  }
}

function postmortemOf(record: IncidentRecord): ImportedIncident['postmortem'] {
  const [update, ...older] = record.incident_updates.filter(({ status }) => status === 'postmortem')
  if (older.some(({ body }) => body !== '' && body !== update?.body)) leaveOut('incident_updates')
  const body = update?.body || record.postmortem_body
  const publishedAt =
    update?.display_at ?? update?.created_at ?? record.postmortem_published_at ?? record.updated_at
  if (body && publishedAt === null) leaveOut('postmortem_body')
  return body && publishedAt !== null ? { body, publishedAt } : null
}

/**
 * A maintenance as it is stored. Documents that lost the planned window fall back to the real one.
 * @throws UnusableRecord with a sentence about what makes it unusable
 */
export function toMaintenance(record: MaintenanceRecord): ImportedMaintenance {
  const ending = { status: 'completed', body: COMPLETED_BODY } as const
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
    components: plannedLevels(record, updates),
    updates,
    standInId: standInIdOf(record, ending),
  }
}

/** The worst that an update says about each component; one that is never worse than working is still worked on. */
function plannedLevels(
  record: MaintenanceRecord,
  updates: ImportedUpdate[],
): ImportedMaintenance['components'] {
  const said = new Map<string, { name: string; statuses: ComponentStatus[] }>()
  for (const { componentId, name, newStatus } of updates.flatMap((update) => update.components)) {
    const known = said.get(componentId)
    if (known === undefined) said.set(componentId, { name, statuses: [newStatus] })
    else known.statuses.push(newStatus)
  }
  for (const { id, name } of unmentioned(record, updates)) said.set(id, { name, statuses: [] })
  return [...said].map(([componentId, { name, statuses }]) => {
    const worst = worstStatus(statuses)
    return { componentId, name, level: worst === 'operational' ? 'under_maintenance' : worst }
  })
}

function timesOf(record: IncidentRecord | MaintenanceRecord, updates: ImportedUpdate[]) {
  const createdAt = record.created_at ?? earliest(updates)
  const newest = updates.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), createdAt)
  return { createdAt, updatedAt: record.updated_at ?? newest }
}

function earliest(updates: ImportedUpdate[]): Instant {
  return updates.reduce((first, { createdAt }) => Math.min(first, createdAt), Number.POSITIVE_INFINITY)
}
