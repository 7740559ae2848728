import type { DefectPromises } from '../../domain/sla/promises.ts'
import { type DefectSlaJson, defectSlaJson, type GoalJson } from '../sla/defect-sla-json.ts'

/** What we add to the dialect: the promises behind an incident. */
export interface IncidentSlaJson {
  defects: StillDefectJson[]
}

type StillDefectJson = Omit<DefectSlaJson, 'goals'> & { goals: StillGoalJson[] }

/** Null while they run: a document that is kept must not tell how long ago something was. */
type StillGoalJson = Omit<GoalJson, 'used_business_seconds' | 'late_business_seconds'> & {
  used_business_seconds: number | null
  late_business_seconds: number | null
}

/** The defects linked to an incident; `url` is the public origin, for links to the evidence. */
export function incidentSlaJson(defects: DefectPromises[], url: string): IncidentSlaJson {
  return {
    defects: defects.map((defect) => {
      const json = defectSlaJson(defect, url)
      return { ...json, goals: json.goals.map(withoutRunningTimes) }
    }),
  }
}

/** The deadline and the verdict stand still; the time used so far, and by how much it is late by now, do not. */
function withoutRunningTimes(goal: GoalJson): StillGoalJson {
  const isRunning = goal.completed_at === null && ['open', 'at_risk', 'missed'].includes(goal.verdict)
  return isRunning ? { ...goal, used_business_seconds: null, late_business_seconds: null } : goal
}
