import { z } from '@hono/zod-openapi'
import { VERDICTS } from '../../domain/sla/engine/goal-state.ts'
import { GOALS } from '../../domain/sla/engine/goal-terms.ts'
import type { DefectPromises, GoalPromise } from '../../domain/sla/promises.ts'
import { toIso } from '../../lib/instant.ts'
import { slaJson } from '../../render/sla/defect-sla-json.ts'
import { InstantOut, isoOrNull } from '../input.ts'
import { DefectChangeJson, defectChangeJson } from './defect-change-json.ts'

const GoalJson = z
  .object({
    goal: z.enum(GOALS),
    promise: z.string().openapi({ example: 'within 4 hours' }),
    window: z
      .record(z.string(), z.union([z.number(), z.string()]))
      .nullable()
      .openapi({ example: { hours: 4 } }),
    calendar_version: z.int().openapi({
      description: 'The version of the calendar that counts this goal: a later one after a re-plan.',
    }),
    clock_starts_at: InstantOut.nullable(),
    deadline_at: InstantOut.nullable(),
    at_risk_at: InstantOut.nullable(),
    planned_at: InstantOut.nullable(),
    verdict: z.enum(VERDICTS),
    completed_at: InstantOut.nullable(),
    evidence: z.object({ incident_id: z.string(), update_id: z.string(), url: z.string() }).nullable(),
    used_business_seconds: z.int(),
    late_business_seconds: z.int(),
    excluded: z.array(z.object({ from: InstantOut, to: InstantOut, why: z.string() })),
  })
  .openapi('Goal')

/** What the public documents tell of the terms and the goals. */
export const publishedSla = {
  policy: z.object({ id: z.string(), version: z.int(), name: z.string() }).nullable(),
  calendar: z
    .object({ id: z.string(), version: z.int(), time_zone: z.string(), weekdays: z.array(z.int()) })
    .nullable(),
  goals: z.array(GoalJson),
}

const PausableGoalJson = GoalJson.extend({
  paused_since: InstantOut.nullable().openapi({
    description: 'Paused with no end yet, so without a deadline.',
  }),
  pauses: z
    .array(z.object({ from: InstantOut, to: InstantOut }))
    .openapi({ description: 'Pauses before the deadline that have ended.' }),
}).openapi('PausableGoal')

// Contracts are nobody else's, and only contracts allow pauses: neither stands in a public document.
export const StaffSlaJson = z
  .object({
    contract: z
      .object({ id: z.string(), version: z.int(), name: z.string() })
      .nullable()
      .openapi({ description: 'Null: the standard terms.' }),
    ...publishedSla,
    goals: z.array(PausableGoalJson),
    changes: z
      .array(DefectChangeJson)
      .openapi({ description: 'What moved a clock or a deadline, each with its reason, oldest first.' }),
  })
  .openapi('Sla', { description: 'Deadlines and verdicts are computed; no request can write them.' })

/** What the public documents tell, and what only staff read. */
export function staffSlaJson(promises: DefectPromises, url: string): z.input<typeof StaffSlaJson> {
  const contract = promises.terms?.contract ?? null
  const { goals, ...terms } = slaJson(promises, url)
  return {
    contract: contract && { id: contract.id, version: contract.version, name: contract.name },
    ...terms,
    goals: goals.map((goal, index) => ({ ...goal, ...pausesJson(promises.goals[index]?.state) })),
    changes: promises.changes.map(defectChangeJson),
  }
}

function pausesJson(state: GoalPromise['state'] | undefined) {
  const pauses = state?.pauses ?? []
  return {
    paused_since: isoOrNull(state?.pausedSince ?? null),
    pauses: pauses.map(({ from, to }) => ({ from: toIso(from), to: toIso(to) })),
  }
}
