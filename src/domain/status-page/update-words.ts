import type { ComponentStatus } from '../components/component-status.ts'
import type { IncidentImpact } from '../incidents/incident.ts'
import type { UpdateView } from './views.ts'

/** The state of an incident or a maintenance as a word: "Identified", "In progress". */
export function updateStatusWord(status: UpdateView['status']): string {
  return WORDS[status]
}

const WORDS = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  verifying: 'Verifying',
  completed: 'Completed',
  cancelled: 'Cancelled',
} as const satisfies Record<UpdateView['status'], string>

/** What stands in the margin of a timeline: the state, or "Update" where it only says the state again. */
export function updateWord(update: Pick<UpdateView, 'status' | 'repeatsStatus'>): string {
  return update.repeatsStatus ? 'Update' : updateStatusWord(update.status)
}

/** The component state whose colour and shape an incident's impact takes. */
export function impactStatus(impact: IncidentImpact): ComponentStatus {
  return IMPACTS[impact].status
}

/** How bad an incident was, as words: "major impact". */
export function impactWords(impact: IncidentImpact): string {
  return IMPACTS[impact].words
}

const IMPACTS = {
  none: { status: 'operational', words: 'no impact' },
  minor: { status: 'degraded_performance', words: 'minor impact' },
  major: { status: 'partial_outage', words: 'major impact' },
  critical: { status: 'major_outage', words: 'critical impact' },
} as const satisfies Record<IncidentImpact, { status: ComponentStatus; words: string }>

/** With a capital, for the beginning of a title. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
