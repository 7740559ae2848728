import { getPage } from '../page.ts'
import { openGoalsOf } from '../sla/record/open-goals.ts'
import { recordOf } from '../sla/record/record.ts'
import type { Reader } from '../tx.ts'
import { readDocumentPage } from './document-page.ts'
import type { CommitmentsDocument, RecordDocument } from './document-views.ts'
import { readMeasured } from './read-measured.ts'
import { readPromised } from './read-promised.ts'
import type { Viewpoint } from './viewpoint.ts'

/** The record as documents tell it; undefined where no commitments are shown. */
export async function readRecordDocument(
  reader: Reader,
  viewpoint: Viewpoint,
): Promise<RecordDocument | undefined> {
  const promised = await readPromised(reader, viewpoint)
  if (promised === undefined) return undefined
  return {
    page: await readDocumentPage(reader, viewpoint),
    note: (await getPage(reader)).commitmentsNote,
    record: recordOf(promised.promises, promised.runningMonth),
    measured: await readMeasured(reader, promised, viewpoint),
  }
}

/** What is still to be done, the soonest deadline first; undefined where no commitments are shown. */
export async function readCommitmentsDocument(
  reader: Reader,
  viewpoint: Viewpoint,
): Promise<CommitmentsDocument | undefined> {
  const promised = await readPromised(reader, viewpoint)
  if (promised === undefined) return undefined
  const { open, overdue } = openGoalsOf(promised.promises)
  const ids = new Set([...overdue, ...open].map(({ defect }) => defect.id))
  const byId = new Map(promised.promises.map((promises) => [promises.defect.id, promises]))
  return {
    page: await readDocumentPage(reader, viewpoint),
    note: (await getPage(reader)).commitmentsNote,
    defects: [...ids].flatMap((id) => byId.get(id) ?? []),
  }
}
