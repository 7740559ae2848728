import type { Reader } from '../tx.ts'
import { readBegunViews } from './begun.ts'
import { readDocumentPage } from './document-page.ts'
import type { HistoryDocument } from './document-views.ts'
import { readHistoryPage } from './read-history.ts'
import { LISTED } from './read-maintenance-documents.ts'
import type { Viewpoint } from './viewpoint.ts'

/** Three months of the past for programs, page 1 being the newest: all that began in them, however much it is. */
export async function readHistoryDocument(
  reader: Reader,
  number: number,
  viewpoint: Viewpoint,
): Promise<HistoryDocument> {
  const page = await readDocumentPage(reader, viewpoint)
  const moment = { zone: page.timeZone, now: viewpoint.now }
  const { months, isLast } = await readHistoryPage(reader, { number }, moment)
  const known = months.map(({ maintenances, ...month }) => ({
    ...month,
    maintenances: maintenances.filter(({ status }) => LISTED.includes(status)),
  }))
  return { page, number, isLast, months: await readBegunViews(reader, known, viewpoint) }
}
