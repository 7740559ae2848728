import { type ImportReport, RECORD_KINDS, type RecordKind } from '../import/report.ts'
import { type Instant, toIso } from '../lib/instant.ts'

const WORDS: Record<RecordKind, string> = {
  group: 'Groups',
  component: 'Components',
  incident: 'Incidents',
  maintenance: 'Maintenances',
}

/** The counts with dates in UTC, what happened to the page, what could not be taken, and every refused record. */
export function summaryOf(report: ImportReport): string[] {
  const lines = [...report.page]
  for (const kind of RECORD_KINDS) {
    const counts = report.counts[kind]
    const refused = report.refused.filter((one) => one.kind === kind).length
    const span = report.spans[kind]
    lines.push(
      `${WORDS[kind]}: ${counts.new} new, ${counts['brought-up-to-date']} brought up to date, ` +
        `${counts.unchanged} unchanged, ${refused} refused` +
        `${span ? `; from ${dateOf(span.from)} to ${dateOf(span.until)}` : ''}.`,
    )
  }
  if (report.goneComponents.size > 0) {
    const names = [...new Set(report.goneComponents.values())]
    lines.push(`Kept off the page, because only past incidents name them: ${names.join(', ')}.`)
  }
  return [
    ...lines,
    ...report.notes,
    ...report.refused.map(({ kind, id, sentence }) => `Refused ${kind} ${id}: ${sentence}`),
  ]
}

function dateOf(at: Instant): string {
  return toIso(at).slice(0, 10)
}
