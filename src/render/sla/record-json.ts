import { z } from 'zod'
import type { Measured } from '../../domain/sla/record/measured.ts'
import {
  COUNTED_VERDICTS,
  countsOf,
  type RecordEntry,
  type RecordMonth,
  type RecordRow,
} from '../../domain/sla/record/record.ts'
import type { RecordDocument } from '../../domain/status-page/document-views.ts'
import { SECOND_MS, toIso } from '../../lib/instant.ts'
import { pageJson } from '../v2/page-json.ts'
import { goalJson } from './defect-sla-json.ts'
import { At, GoalSchema, Note, PageSchema, SeveritySchema } from './json-parts.ts'

const Count = z.number().int().min(0)

const RowSchema = z.object({
  severity: SeveritySchema,
  met: Count,
  missed: Count,
  due: Count.describe('Met and missed.'),
  attainment_percent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .describe('Met of due, rounded down to 0.1; null where nothing fell due.'),
  deferred: Count,
  no_promise: Count,
})

const EntrySchema = GoalSchema.pick({
  goal: true,
  promise: true,
  window: true,
  clock_starts_at: true,
  deadline_at: true,
  completed_at: true,
  evidence: true,
}).extend({
  verdict: z.enum(COUNTED_VERDICTS),
  severity: SeveritySchema.describe('The one under which the verdict fell.'),
  counted_at: At.describe('When the verdict fell; without a promise, when the clock was started.'),
  defect: z.object({ id: z.string(), key: z.string(), title: z.string(), url: z.url() }),
})

const MonthSchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .describe('In the zone of the calendar that each goal is counted by.'),
  url: z.url().describe('The page with the goals behind each number.'),
  severities: z.array(RowSchema).describe('The gravest first.'),
  goals: z.array(EntrySchema).describe('The goals behind the numbers.'),
})

const MeasuredSchema = (unit: string) =>
  z
    .object({
      median_seconds: z.number().int().min(0),
      percentile_90_seconds: z.number().int().min(0),
      count: z.number().int().min(1),
    })
    .nullable()
    .describe(`${unit}, by nearest rank, over the last twelve months; null without any.`)

/** The record: `/api/v2/sla/record.json`. */
export const RecordJson = z.object({
  page: PageSchema,
  note: Note,
  months: z.array(MonthSchema).describe('Newest first, without gaps.'),
  open: Count.describe('Goals that are open, in no month and no percentage.'),
  measured: z.object({
    first_response: MeasuredSchema('Working time from the start of the clock to the first response'),
    first_word: MeasuredSchema('Time from detection to the first public word about an incident'),
  }),
})
export type RecordJson = z.infer<typeof RecordJson>

export function recordJson({ page, note, record, measured }: RecordDocument): RecordJson {
  return {
    page: pageJson(page),
    note,
    months: record.months.map((month) => monthJson(month, page.url)),
    open: record.open.length,
    measured: {
      first_response: measuredJson(measured.response),
      first_word: measuredJson(measured.firstWord),
    },
  }
}

function monthJson({ month, rows }: RecordMonth, url: string): RecordJson['months'][number] {
  return {
    month,
    url: `${url}/sla/${month}`,
    severities: rows.map(rowJson),
    goals: rows.flatMap((row) =>
      COUNTED_VERDICTS.flatMap((verdict) => row[verdict].map((entry) => entryJson(entry, verdict, url))),
    ),
  }
}

function rowJson(row: RecordRow): z.infer<typeof RowSchema> {
  const { met, missed, due, attainmentPercent, deferred, no_promise } = countsOf([row])
  return {
    severity: row.severity,
    met,
    missed,
    due,
    attainment_percent: attainmentPercent,
    deferred,
    no_promise,
  }
}

function entryJson(
  { defect, goal, severity, countedAt }: RecordEntry,
  verdict: (typeof COUNTED_VERDICTS)[number],
  url: string,
): z.infer<typeof EntrySchema> {
  if (countedAt === null) throw new Error(`A goal of defect ${defect.id} is counted and has no time.`)
  const { promise, window, clock_starts_at, deadline_at, completed_at, evidence } = goalJson(goal, url)
  return {
    defect: { id: defect.id, key: defect.key, title: defect.title, url: `${url}/defects/${defect.id}` },
    severity,
    goal: goal.goal,
    promise,
    window,
    verdict,
    counted_at: toIso(countedAt),
    clock_starts_at,
    deadline_at,
    completed_at,
    evidence,
  }
}

/** Rounded up: what is said to hold a time must hold it. */
function measuredJson(measured: Measured | null): RecordJson['measured']['first_response'] {
  if (measured === null) return null
  const seconds = (ms: number) => Math.ceil(ms / SECOND_MS)
  const { median, percentile90, count } = measured
  return { median_seconds: seconds(median), percentile_90_seconds: seconds(percentile90), count }
}
