import type { ComponentStatus } from './component-status.ts'

/** A component's state as a person says it: the word beside every colour, in pages, feeds and images alike. */
export function statusWord(status: ComponentStatus | 'no_data'): string {
  return WORDS[status]
}

const WORDS = {
  operational: 'working',
  under_maintenance: 'under maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'partial outage',
  major_outage: 'major outage',
  no_data: 'no data',
} as const satisfies Record<ComponentStatus | 'no_data', string>

/** What an update did to a component: "Checkout: major outage → working". */
export function changeSentence(change: {
  name: string
  oldStatus: ComponentStatus
  newStatus: ComponentStatus
}): string {
  return `${change.name}: ${statusWord(change.oldStatus)} → ${statusWord(change.newStatus)}`
}
