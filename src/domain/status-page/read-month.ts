import { addMonths } from '../../lib/dates.ts'
import { recordMonth, recordOf } from '../sla/record/record.ts'
import type { Reader } from '../tx.ts'
import { readPageView } from './page-view.ts'
import { readPromised } from './read-promised.ts'
import type { RecordMonthView } from './sla-views.ts'
import type { Viewpoint } from './viewpoint.ts'

/**
 * One month of the record with the goals behind its numbers; a month before the record began is one in which nothing
 * fell due. Undefined for what is no month, for one that is still to come and empty, and where no commitments are shown.
 */
export async function readMonth(
  reader: Reader,
  month: string,
  viewpoint: Viewpoint,
): Promise<RecordMonthView | undefined> {
  if (!MONTH.test(month)) return undefined
  const promised = await readPromised(reader, viewpoint)
  if (promised === undefined) return undefined
  const { promises, runningMonth } = promised
  const { months } = recordOf(promises, runningMonth)
  const newest = months.at(0)?.month ?? runningMonth
  if (month > newest) return undefined
  const begins = months.at(-1)?.month ?? runningMonth
  return {
    page: await readPageView(reader, viewpoint),
    month: months.find((one) => one.month === month) ?? recordMonth(month),
    older: month > begins ? addMonths(month, -1) : null,
    newer: month >= begins && month < newest ? addMonths(month, 1) : null,
    begins,
    isRunning: month >= runningMonth,
  }
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/
