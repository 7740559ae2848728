import type { DayCount, IncidentView, MaintenanceView } from '../domain/status-page/views.ts'
import type { Instant } from '../lib/instant.ts'

/** An incident or a maintenance in one list of both. */
export type Happening =
  | { kind: 'incident'; at: Instant; view: IncidentView }
  | { kind: 'maintenance'; at: Instant; view: MaintenanceView }

/** Both in one list, newest beginning first. */
export function happenings(
  incidents: readonly IncidentView[],
  maintenances: readonly MaintenanceView[],
): Happening[] {
  const all: Happening[] = [
    ...incidents.map((view) => ({ kind: 'incident' as const, at: view.incident.startedAt, view })),
    ...maintenances.map((view) => ({
      kind: 'maintenance' as const,
      at: view.maintenance.scheduledFor,
      view,
    })),
  ]
  return all.sort((a, b) => b.at - a.at)
}

/** "27 incidents and 1 maintenance" */
export function happeningCounts({
  incidents,
  maintenances,
}: Pick<DayCount, 'incidents' | 'maintenances'>): string {
  const parts = []
  if (incidents > 0) parts.push(`${incidents} ${incidents === 1 ? 'incident' : 'incidents'}`)
  if (maintenances > 0) parts.push(`${maintenances} ${maintenances === 1 ? 'maintenance' : 'maintenances'}`)
  return parts.join(' and ')
}
