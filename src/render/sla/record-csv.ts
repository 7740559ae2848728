import { countsOf, type SlaRecord } from '../../domain/sla/record/record.ts'
import { csv } from '../../lib/csv.ts'

const HEADER = [
  'month',
  'severity',
  'met',
  'missed',
  'due',
  'attainment_percent',
  'deferred',
  'no_promise',
] as const

/** The record as a table, the newest month first: a line for each severity, also where nothing fell due. */
export function recordCsv({ months }: SlaRecord): string {
  const lines = months.flatMap(({ month, rows }) =>
    rows.map((row) => {
      const { met, missed, due, attainmentPercent, deferred, no_promise } = countsOf([row])
      return [month, row.severity, met, missed, due, attainmentPercent, deferred, no_promise]
    }),
  )
  return csv([HEADER, ...lines])
}
