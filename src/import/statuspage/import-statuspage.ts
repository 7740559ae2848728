import type { AppContext } from '../../context.ts'
import { importPage } from '../import-page.ts'
import type { ImportOptions } from '../import-run.ts'
import type { ImportReport } from '../report.ts'
import { readPage } from './read-page.ts'
import type { StatuspageDocuments } from './source.ts'

/** Imports a page of the v2 dialect from its documents. */
export function importStatuspage(
  ctx: Pick<AppContext, 'write' | 'read'>,
  documents: StatuspageDocuments,
  options?: ImportOptions,
): Promise<ImportReport> {
  return importPage(ctx, readPage(documents), options)
}
