/** How a component is doing, from best to worst. */
export const COMPONENT_STATUSES = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const
export type ComponentStatus = (typeof COMPONENT_STATUSES)[number]

/** What an impact can do to a component: any status but `operational`. */
export type ImpactLevel = Exclude<ComponentStatus, 'operational'>

/** The worst of several statuses; `operational` for none. */
export function worstStatus(statuses: Iterable<ComponentStatus>): ComponentStatus {
  let worst = 0
  for (const status of statuses) worst = Math.max(worst, COMPONENT_STATUSES.indexOf(status))
  return COMPONENT_STATUSES[worst] ?? 'operational'
}
