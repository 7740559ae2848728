import { addDays, isLocalDate, localDateOf, monthOf, startOfDate } from '../../lib/dates.ts'
import type { Reader } from '../tx.ts'
import { readBegun, readBegunViews } from './begun.ts'
import { readPageView } from './page-view.ts'
import { BEGUN, pageOfMonth, readBeginning } from './read-history.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { HistoryDayView } from './views.ts'

/**
 * What began on one day of the past; undefined for what is no date, for one that is still to come, and for one before
 * anything began.
 */
export async function readHistoryDay(
  reader: Reader,
  date: string,
  viewpoint: Viewpoint,
): Promise<HistoryDayView | undefined> {
  if (!isLocalDate(date)) return undefined
  const page = await readPageView(reader, viewpoint)
  const { timeZone: zone } = page
  const first = localDateOf(await readBeginning(reader, viewpoint.now), zone)
  const last = localDateOf(viewpoint.now, zone)
  if (date < first || date > last) return undefined
  const begun = await readBegun(reader, {
    from: startOfDate(date, zone),
    until: startOfDate(addDays(date, 1), zone),
    statuses: BEGUN,
  })
  const [views] = await readBegunViews(reader, [begun], viewpoint)
  if (views === undefined) throw new Error(`What began on ${date} was not read.`)
  return {
    page,
    date,
    number: pageOfMonth(monthOf(date), monthOf(last)),
    ...views,
  }
}
