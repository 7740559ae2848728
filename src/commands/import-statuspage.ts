import { importStatuspage } from '../import/statuspage/import-statuspage.ts'
import { type ImportReport, RECORD_KINDS, type RecordKind } from '../import/report.ts'
import { readStatuspage } from '../import/statuspage/source.ts'
import { openProgress } from './progress.ts'
import { withContext } from './with-context.ts'

/**
 * `avow import statuspage`: the summary is the result.
 * @throws Error when a record was refused, after all others are in and the summary is written
 */
export async function importStatuspageCommand(
  pathOrUrl: string,
  write: (line: string) => void,
): Promise<void> {
  const documents = await readStatuspage(pathOrUrl)
  const progress = openProgress('Importing')
  const report = await withContext((ctx) => importStatuspage(ctx, documents, progress.report)).finally(
    progress.end,
  )
  for (const line of summaryOf(report)) write(line)
  const { length: refused } = report.refused
  if (refused > 0)
    throw new Error(
      `${refused} ${refused === 1 ? 'record was' : 'records were'} refused; the rest is imported.`,
    )
}

const WORDS: Record<RecordKind, string> = {
  group: 'Groups',
  component: 'Components',
  incident: 'Incidents',
  maintenance: 'Maintenances',
}

/** The counts, what happened to the page, and every refused record with the reason. */
export function summaryOf(report: ImportReport): string[] {
  const lines = [...report.page]
  for (const kind of RECORD_KINDS) {
    const counts = report.counts[kind]
    const refused = report.refused.filter((one) => one.kind === kind).length
    lines.push(
      `${WORDS[kind]}: ${counts.new} new, ${counts['brought-up-to-date']} brought up to date, ` +
        `${counts.unchanged} unchanged, ${refused} refused.`,
    )
  }
  if (report.goneComponents.length > 0) {
    lines.push(
      `Kept off the page, because only past incidents name them: ${report.goneComponents.join(', ')}.`,
    )
  }
  return [...lines, ...report.refused.map(({ kind, id, sentence }) => `Refused ${kind} ${id}: ${sentence}`)]
}
