import { exportStatuspage } from '../export/export-statuspage.ts'
import { openProgress } from './progress.ts'
import { withContext } from './with-context.ts'

/**
 * `avow export statuspage`: how much has been written, and what has no place in the documents.
 * @throws Error with a sentence when the folder has other things in it
 */
export async function exportStatuspageCommand(target: string, write: (line: string) => void): Promise<void> {
  const progress = openProgress('Writing')
  const count = await withContext((ctx) => exportStatuspage(ctx, target, progress.report)).finally(
    progress.end,
  )
  write(
    `In ${target}: components and groups (${count.components}), incidents (${count.incidents}), ` +
      `maintenances (${count.maintenances}).`,
  )
  if (count.cancelled > 0)
    write(`Cancelled maintenances (${count.cancelled}) are not told by such documents.`)
}
