import { z } from 'zod'
import { SEVERITIES } from '../../domain/defects/defect.ts'
import { VERDICTS } from '../../domain/sla/engine/goal-state.ts'
import { GOALS } from '../../domain/sla/engine/goal-terms.ts'

/** What the documents about commitments have in common; each key is described once, here. */

export const At = z.iso.datetime().describe('An instant, ISO 8601 with milliseconds and Z.')

export const PageSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.url(),
    time_zone: z.string().describe('IANA name.'),
    updated_at: At,
  })
  .describe('The status page.')

export const Note = z.string().nullable().describe('A sentence that stands beside the commitments.')

export const SeveritySchema = z.enum(SEVERITIES)

const Evidence = z
  .object({ incident_id: z.string(), update_id: z.string(), url: z.url() })
  .nullable()
  .describe('The public update that satisfied the goal; null without one.')

const Window = z
  .union([
    z.object({ hours: z.number().positive() }),
    z.object({ bdays: z.number().positive() }).describe('Business days.'),
    z.object({ weeks: z.number().positive() }),
    z.object({ seconds: z.number().positive() }),
    z.object({ release: z.literal('next') }),
  ])
  .nullable()
  .describe('What is promised; null is "as seen fit", which promises nothing.')

const Seconds = z.number().int().min(0).nullable()

export const GoalSchema = z.object({
  goal: z.enum(GOALS),
  promise: z.string().describe('In words: "within 4 hours".'),
  window: Window,
  calendar_version: z
    .number()
    .int()
    .min(1)
    .describe('The version of the calendar that counts this goal: a later one after a re-plan.'),
  clock_starts_at: At.nullable(),
  deadline_at: At.nullable().describe('The last instant that is in time; null where none is known.'),
  at_risk_at: At.nullable().describe('When three quarters of the window are used.'),
  planned_at: At.nullable().describe('When the next release is planned: no deadline.'),
  verdict: z.enum(VERDICTS),
  completed_at: At.nullable(),
  evidence: Evidence,
  used_business_seconds: Seconds.describe('Working time used; null while it runs.'),
  late_business_seconds: Seconds.describe('Working time beyond the deadline; null while it runs.'),
  excluded: z
    .array(z.object({ from: At, to: At, why: z.enum(['weekend', 'holiday', 'outside hours']) }))
    .describe('What the calendar leaves out between the start and the deadline.'),
})
