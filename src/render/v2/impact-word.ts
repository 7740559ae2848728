import type { ComponentStatus } from '../../domain/components/component-status.ts'
import { type IncidentImpact, impactOn } from '../../domain/incidents/incident.ts'

/** An impact in the words of the dialect. */
export type ImpactWord = IncidentImpact | 'maintenance'

/**
 * What a person set, or else what the statuses amount to that an incident's updates gave components. Where none was worse
 * than under maintenance, the dialect calls that the impact; pages show none.
 */
export function incidentImpactWord(override: IncidentImpact | null, given: ComponentStatus[]): ImpactWord {
  if (override !== null) return override
  const impact = impactOn(given)
  return impact === 'none' && given.includes('under_maintenance') ? 'maintenance' : impact
}

/** Worse than planned where an update of the maintenance gave a component a status that is. */
export function maintenanceImpactWord(given: ComponentStatus[]): ImpactWord {
  const impact = impactOn(given)
  return impact === 'none' ? 'maintenance' : impact
}
