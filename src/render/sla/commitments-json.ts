import { z } from 'zod'
import type { CommitmentsDocument } from '../../domain/status-page/document-views.ts'
import { incidentSlaJson } from '../v2/incident-sla-json.ts'
import { pageJson } from '../v2/page-json.ts'
import { At, GoalSchema, Note, PageSchema, SeveritySchema } from './json-parts.ts'

const DefectSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  severity: SeveritySchema.describe('The present one.'),
  status: z.enum(['reported', 'confirmed', 'worked_around', 'fixed', 'deferred']),
  confirmed_at: At.nullable(),
  reported_at: At,
  policy: z
    .object({ id: z.string(), version: z.number().int().min(1), name: z.string() })
    .nullable()
    .describe('The version that was in force when the clock was started.'),
  calendar: z
    .object({
      id: z.string(),
      version: z.number().int().min(1),
      time_zone: z.string(),
      weekdays: z.array(z.number().int().min(1).max(7)).describe('ISO weekdays that count: 1 is Monday.'),
    })
    .nullable()
    .describe('The version that was in force when the clock was started.'),
  goals: z.array(GoalSchema).describe('All of the defect, also those that are done.'),
  url: z.url(),
})

/** What is still to be done: `/api/v2/sla/commitments.json`. */
export const CommitmentsJson = z.object({
  page: PageSchema,
  note: Note,
  defects: z
    .array(DefectSchema)
    .describe('Those with a goal that is open, at risk, or missed and not done; the soonest deadline first.'),
})
export type CommitmentsJson = z.infer<typeof CommitmentsJson>

export function commitmentsJson({ page, note, defects }: CommitmentsDocument): CommitmentsJson {
  return {
    page: pageJson(page),
    note,
    defects: incidentSlaJson(defects, page.url).defects.map((defect) => ({
      ...defect,
      url: `${page.url}/defects/${defect.id}`,
    })),
  }
}
