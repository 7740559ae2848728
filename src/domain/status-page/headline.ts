import { type ComponentStatus, worstStatus } from '../components/component-status.ts'
import { isOpen } from '../sla/engine/goal-state.ts'
import { promiseSentence } from '../sla/promise-sentence.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { impactStatus } from './update-words.ts'
import type {
  ComponentBrief,
  ComponentSection,
  Headline,
  IncidentView,
  MaintenanceView,
  PromiseLine,
} from './views.ts'

const IMPACT_ORDER = ['none', 'minor', 'major', 'critical'] as const

/**
 * The one sentence at the top. An open incident is the headline even when every component works; of several the worst,
 * then the latest to start.
 */
export function headlineOf(
  sections: ComponentSection<ComponentBrief>[],
  openIncidents: IncidentView[],
  running: MaintenanceView[],
  hasComponents: boolean,
): Headline {
  const status = worstStatus(sections.map((section) => section.status))
  const [incident] = [...openIncidents].sort(
    (a, b) =>
      IMPACT_ORDER.indexOf(b.impact) - IMPACT_ORDER.indexOf(a.impact) ||
      b.incident.startedAt - a.incident.startedAt,
  )
  if (incident) {
    return {
      status: worstStatus([status, impactStatus(incident.impact)]),
      sentence: asSentence(incident.incident.name),
      incident,
      nearestPromise: nearestPromise(incident.defects),
    }
  }
  if (!hasComponents && running.length === 0) {
    return { status: 'no_data', sentence: 'Nothing is monitored yet.', incident: null, nearestPromise: null }
  }
  return {
    status: running.length > 0 ? worstStatus([status, 'under_maintenance']) : status,
    sentence: sentenceWithoutIncident(sections, status, running),
    incident: null,
    nearestPromise: null,
  }
}

/** The open deadline that comes first. */
export function nearestPromise(defects: DefectPromises[]): PromiseLine | null {
  const open = defects.flatMap(({ defect, goals }) =>
    goals.flatMap((promise) => {
      const { deadlineAt, verdict } = promise.state
      return deadlineAt !== null && isOpen(verdict) ? [{ defect, promise, deadlineAt }] : []
    }),
  )
  const [nearest] = open.sort((a, b) => a.deadlineAt - b.deadlineAt)
  if (!nearest) return null
  return {
    defectKey: nearest.defect.key,
    goal: nearest.promise.goal,
    verdict: nearest.promise.state.verdict,
    sentence: promiseSentence(nearest.promise),
    deadlineAt: nearest.deadlineAt,
  }
}

function sentenceWithoutIncident(
  sections: ComponentSection<ComponentBrief>[],
  status: ComponentStatus,
  running: MaintenanceView[],
): string {
  const [maintenance] = running
  if (maintenance) return `${withoutStop(maintenance.maintenance.name)}: maintenance is under way.`
  const affected = sections.flatMap(({ components }) => components.filter((it) => it.status === status))
  if (status === 'operational') return 'All systems are working.'
  return affected.length === 1
    ? `${affected[0]?.name} is not working as it should.`
    : 'Some systems are not working as they should.'
}

function asSentence(name: string): string {
  return /[.!?…]$/.test(name) ? name : `${name}.`
}

function withoutStop(name: string): string {
  return name.replace(/\.$/, '')
}
