import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { IncidentTable } from '../../db/schema.ts'
import type { Id } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { type ComponentStatus, worstStatus } from '../components/component-status.ts'
import type { StatusUpdate } from '../updates/status-update.ts'

export type IncidentId = Id<'incident'>

export const INCIDENT_STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number]

export const INCIDENT_IMPACTS = ['none', 'minor', 'major', 'critical'] as const
export type IncidentImpact = (typeof INCIDENT_IMPACTS)[number]

export interface Incident {
  id: IncidentId
  name: string
  status: IncidentStatus
  impactOverride: IncidentImpact | null
  startedAt: Instant
  resolvedAt: Instant | null
  backfilled: boolean
  metadata: Record<string, unknown>
  postmortem: { body: string; publishedAt: Instant } | null
  createdAt: Instant
  updatedAt: Instant
}

export const IncidentName = z.string().trim().min(1, 'An incident needs a name.').max(200)
export const UpdateBody = z.string().trim().min(1, 'An update needs a text.').max(20_000)
export const Metadata = z.record(z.string().max(100), z.unknown())

/** An incident's impact: what a person set, or else what the worst status that its updates gave a component amounts to. */
export function incidentImpact(override: IncidentImpact | null, updates: StatusUpdate[]): IncidentImpact {
  if (override) return override
  return impactOn(updates.flatMap((update) => update.components.map((component) => component.newStatus)))
}

/** What it amounts to that components were given these statuses. */
export function impactOn(touched: Iterable<ComponentStatus>): IncidentImpact {
  switch (worstStatus(touched)) {
    case 'major_outage':
      return 'critical'
    case 'partial_outage':
      return 'major'
    case 'degraded_performance':
      return 'minor'
    default:
      return 'none'
  }
}

export function toIncident(row: Selectable<IncidentTable>): Incident {
  return {
    id: row.id,
    name: row.name,
    status: row.status as IncidentStatus,
    impactOverride: row.impact_override as IncidentImpact | null,
    startedAt: row.started_at,
    resolvedAt: row.resolved_at,
    backfilled: row.backfilled === 1,
    metadata: JSON.parse(row.metadata),
    postmortem:
      row.postmortem_body === null || row.postmortem_published_at === null
        ? null
        : { body: row.postmortem_body, publishedAt: row.postmortem_published_at },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
