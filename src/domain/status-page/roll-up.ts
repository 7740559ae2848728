import { type ComponentStatus, worstStatus } from '../components/component-status.ts'

/** How bad it is for the whole page, in the five words that programs know; there is never a sixth. */
export const INDICATORS = ['none', 'minor', 'major', 'critical', 'maintenance'] as const
export type Indicator = (typeof INDICATORS)[number]

/** The whole page in one state: what its components come to. */
export interface RollUp {
  /** The worst that a component has; `operational` without any. */
  status: ComponentStatus
  indicator: Indicator
  /** One of seven sentences, which programs compare with; there is never an eighth. */
  description: string
}

/**
 * The state of the page from those of its components, groups left out. Incidents that touch no component leave it as it
 * is: what they mean is for people to say. Source: the public JSON of status pages.
 */
export function rollUp(components: Iterable<ComponentStatus>): RollUp {
  const statuses = [...components]
  const status = worstStatus(statuses)
  const isEverywhere = statuses.every((one) => one === status)
  return { status, ...inWords(status, isEverywhere, statuses.length) }
}

function inWords(worst: ComponentStatus, isEverywhere: boolean, components: number): Omit<RollUp, 'status'> {
  switch (worst) {
    case 'operational':
      return { indicator: 'none', description: 'All Systems Operational' }
    case 'under_maintenance':
      return { indicator: 'maintenance', description: 'Service Under Maintenance' }
    case 'degraded_performance':
      return {
        indicator: 'minor',
        description:
          isEverywhere && components > 1 ? 'Degraded System Service' : 'Partially Degraded Service',
      }
    case 'partial_outage':
      return isEverywhere
        ? { indicator: 'major', description: 'Partial System Outage' }
        : { indicator: 'minor', description: 'Minor Service Outage' }
    case 'major_outage':
      return isEverywhere
        ? { indicator: 'critical', description: 'Major System Outage' }
        : { indicator: 'major', description: 'Partial System Outage' }
  }
}
