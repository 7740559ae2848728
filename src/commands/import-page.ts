import { importPage } from '../import/import-page.ts'
import type { ImportedPage } from '../import/imported-page.ts'
import { summaryOf } from './import-summary.ts'
import { openProgress, type Progress } from './progress.ts'
import { withContext } from './with-context.ts'

/**
 * `avow import …`: the summary is the result.
 * @param read gets the page from its source, which may take long
 * @throws Error when a record was refused, after all others are in and the summary is written
 */
export async function importCommand(
  read: (onProgress: Progress['report']) => Promise<ImportedPage>,
  { dryRun = false }: { dryRun?: boolean },
  write: (line: string) => void,
): Promise<void> {
  const reading = openProgress('Reading')
  const page = await read(reading.report).finally(reading.end)
  const progress = openProgress(dryRun ? 'Trying' : 'Importing')
  const options = { isRehearsal: dryRun, onProgress: progress.report }
  const report = await withContext((ctx) => importPage(ctx, page, options)).finally(progress.end)
  if (dryRun) write('A dry run: nothing was written. An import would come to this.')
  for (const line of summaryOf(report)) write(line)
  const { length: refused } = report.refused
  if (refused === 0) return
  const records = refused === 1 ? '1 record' : `${refused} records`
  const [was, is] = dryRun ? ['would be', 'would be'] : [refused === 1 ? 'was' : 'were', 'is']
  throw new Error(`${records} ${was} refused; the rest ${is} imported.`)
}
