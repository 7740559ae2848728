import { type ComponentStatus, worstStatus } from '../components/component-status.ts'
import { isOpen } from '../sla/engine/goal-state.ts'
import { promiseSentence } from '../sla/promise-sentence.ts'
import type { DefectPromises } from '../sla/promises.ts'
import type { ComponentState } from './component-states.ts'
import { rollUp } from './roll-up.ts'
import { impactStatus } from './update-words.ts'
import type { Headline, IncidentView, MaintenanceView, PromiseLine } from './views.ts'

const IMPACT_ORDER = ['none', 'minor', 'major', 'critical'] as const

/**
 * The one sentence at the top. An open incident is the headline even when every component works; of several the worst,
 * then the latest to start.
 */
export function headlineOf(
  states: readonly ComponentState[],
  openIncidents: IncidentView[],
  running: MaintenanceView[],
): Headline {
  const { status } = rollUp(states.map((state) => state.status))
  const [incident] = [...openIncidents].sort(
    (a, b) =>
      IMPACT_ORDER.indexOf(b.impact) - IMPACT_ORDER.indexOf(a.impact) ||
      b.incident.startedAt - a.incident.startedAt,
  )
  if (incident) {
    return {
      status: worstStatus([status, impactStatus(incident.impact)]),
      sentence: asSentence(incident.incident.name),
      authored: incident.incident.name,
      incident,
      nearestPromise: nearestPromise(incident.defects),
    }
  }
  if (states.length === 0 && running.length === 0) {
    return {
      status: 'no_data',
      sentence: 'Nothing is monitored yet.',
      authored: '',
      incident: null,
      nearestPromise: null,
    }
  }
  return {
    status: running.length > 0 ? worstStatus([status, 'under_maintenance']) : status,
    ...sentenceWithoutIncident(states, status, running),
    incident: null,
    nearestPromise: null,
  }
}

/** Whether there is nothing to tell: no incident is open, nothing is worked on, and no component is worse than working. */
export function isCalm({ status, incident }: Headline): boolean {
  return incident === null && (status === 'operational' || status === 'no_data')
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
  states: readonly ComponentState[],
  status: ComponentStatus,
  running: MaintenanceView[],
): Pick<Headline, 'sentence' | 'authored'> {
  const [maintenance] = running
  if (maintenance) {
    const authored = withoutStop(maintenance.maintenance.name)
    return { sentence: `${authored}: maintenance is under way.`, authored }
  }
  const affected = states.filter((state) => state.status === status)
  if (status === 'operational') return { sentence: 'All systems are working.', authored: '' }
  const [only, ...others] = affected
  if (only === undefined || others.length > 0)
    return { sentence: 'Some systems are not working as they should.', authored: '' }
  const { name: authored } = only.component
  return { sentence: `${authored} is not working as it should.`, authored }
}

function asSentence(name: string): string {
  return /[.!?…]$/.test(name) ? name : `${name}.`
}

function withoutStop(name: string): string {
  return name.replace(/\.$/, '')
}
